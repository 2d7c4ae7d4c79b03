import { LRUCache } from 'lru-cache';
import type { Database, Scope } from '../../platform/database/database.js';
import { AppError } from '../../platform/errors.js';
import { parsePublicId } from '../../platform/ids.js';
import { type LoaderDefinition, Loaders } from '../../platform/loaders.js';
import type { Logger } from '../../platform/logger.js';
import {
  type CursorSeal,
  type ListSpec,
  loadPages,
  type Page,
  type PageArguments,
  Parameters,
  type Run,
} from '../../platform/paging/index.js';
import {
  type RecordClass,
  type RecordSpec,
  recordByPrefix,
  recordOf,
  type ShapeContext,
} from '../../platform/schema/index.js';
import { askerOf } from './asker.js';
import type { Viewer } from './viewer.js';
import { visibleCondition } from './visibility.rules.js';

export type Language = 'en' | 'es' | 'pt';

export interface ContextOptions {
  database: Database;
  seal: CursorSeal;
  log: Logger;
  requestId: string;
  language: Language;
  viewer: Viewer | null;
  /** Where the request came from, for counting what must not be tried too often. */
  clientIp?: string;
}

/** A list under a parent that the viewer sees. */
export interface ListOfParent {
  /** Sealed into its cursors. */
  name: string;
  /** Ties `t` to `k.parent`. */
  condition: string;
  /** Stands in for the record's own `from`. */
  from?: string;
  /** The column of `t` that holds the parent itself. */
  seen?: string;
  /** Stand in for the record's own. */
  orders?: ListSpec['orders'];
  defaultOrder?: ListSpec['defaultOrder'];
}

/** One operation: who asks, in which organisation, and the loaders through which everything is read. */
export class RequestContext implements ShapeContext {
  readonly loaders: Loaders<RequestContext>;
  readonly run: Run;

  constructor(readonly options: ContextOptions) {
    this.loaders = new Loaders(this);
    this.run = (sql, values) => this.read(sql, values);
  }

  /** Throws UNAUTHENTICATED when nobody is asking. */
  get viewer(): Viewer {
    if (!this.options.viewer) throw new AppError('UNAUTHENTICATED');
    return this.options.viewer;
  }

  get isAnonymous(): boolean {
    return this.options.viewer === null;
  }

  get scope(): Scope {
    const { organizationId, actor } = this.viewer;
    return { organizationId, actor, requestId: this.options.requestId };
  }

  get language(): Language {
    return this.options.language;
  }

  get log(): Logger {
    return this.options.log;
  }

  /** The same caller with nothing read yet. */
  renew(): RequestContext {
    return new RequestContext(this.options);
  }

  isHidden(visibility: string, field: string): boolean {
    return this.viewer.isHidden(visibility, field);
  }

  /** Rows of the viewer's organisation. `name` prepares the statement; give it to fixed texts only. */
  read<Row>(sql: string, values: unknown[] = [], name?: string): Promise<Row[]> {
    return this.options.database.read<Row>(this.scope, sql, values, name);
  }

  /** The same for a statement that takes long: nothing that is read meanwhile waits behind it. */
  readApart<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.options.database.readApart<Row>(this.scope, sql, values);
  }

  load<Key, Value>(definition: LoaderDefinition<RequestContext, Key, Value>, key: Key): Promise<Value> {
    return this.loaders.get(definition).load(key);
  }

  recordById<Row>(type: RecordClass<Row>, id: string): Promise<Row | null> {
    return this.load(byIdLoader(recordOf(type)), id);
  }

  /** Remembers a record that the viewer is known to see, so that asking for it asks nobody. */
  remember(type: RecordClass, row: { id: string }): void {
    this.loaders.get(byIdLoader(recordOf(type))).prime(row.id, row);
  }

  /** The record behind a public id, or null: malformed, of another type, unknown and forbidden all look the same. */
  async recordByPublicId<Row>(type: RecordClass<Row>, id: string): Promise<Row | null> {
    const parsed = parsePublicId(id);
    return parsed?.prefix === recordOf(type).prefix ? this.recordById(type, parsed.uuid) : null;
  }

  /** Any record by its public id, tagged with its GraphQL type; for `node(id)`. */
  async node(id: string): Promise<object | null> {
    const parsed = parsePublicId(id);
    const spec = parsed && recordByPrefix(parsed.prefix);
    if (!parsed || !spec) return null;
    // What has no rule of its own is seen through the record it belongs to, or by staff.
    if (!spec.visibility && !this.viewer.may('staff:read')) return null;
    const row = (await this.recordById(spec.type, parsed.uuid)) as object | null;
    return row && { ...row, __type: spec.type.name };
  }

  /** A page of everything of one kind that the viewer may see. */
  async page<Row>(
    type: RecordClass<Row>,
    args: PageArguments,
    where?: (parameters: Parameters) => string,
  ): Promise<Page<Row>> {
    const spec = recordOf(type);
    const request = { ...this.pageRequest(spec, args), ...(where ? { visible: this.both(spec, where) } : {}) };
    const pages = await loadPages<Row>(request, this.options.seal, this.run);
    const page = pages.get('')!;
    if (where) return page;
    const { organizationId, actor, visibilityKey } = this.viewer;
    const key = JSON.stringify([organizationId, actor, visibilityKey, spec.name, args.filter ?? null]);
    return Object.create(page, { totalCount: { value: () => countOnce(key, () => page.totalCount()) } });
  }

  /** A page for one of many parents, read together with its siblings' in one statement. */
  pageOf<Row>(
    type: RecordClass<Row>,
    { condition, seen, ...own }: ListOfParent,
    parentId: string,
    args: PageArguments,
  ): Promise<Page<Row>> {
    const { first, last, after, before, filter, orderBy } = args;
    const variant = JSON.stringify([first, last, after, before, filter, orderBy]);
    return this.loaders
      .get<string, Page<Row>>(
        {
          name: own.name,
          batch: async (context, keys) => {
            const spec = { ...recordOf(type), ...own };
            const request = { ...context.pageRequest(spec, args, seen), parents: { keys: [...keys], condition } };
            const pages = await loadPages<Row>(request, context.options.seal, context.run);
            return keys.map(key => pages.get(key)!);
          },
        },
        variant,
      )
      .load(parentId);
  }

  private pageRequest(spec: RecordSpec, args: PageArguments, seen?: string) {
    const { visibility } = spec;
    return {
      spec,
      args,
      asker: askerOf(this.viewer),
      ...(visibility
        ? {
            visible: (parameters: Parameters) => visibleCondition(this.viewer, visibility, 't', parameters, seen),
            isHidden: (field: string) => this.isHidden(visibility, field),
          }
        : {}),
    };
  }

  private both(spec: RecordSpec, where: (parameters: Parameters) => string) {
    return (parameters: Parameters) => {
      const rule = spec.visibility ? visibleCondition(this.viewer, spec.visibility, 't', parameters) : undefined;
      return rule ? `${rule} and ${where(parameters)}` : where(parameters);
    };
  }
}

/** Counting many rows takes long and nobody misses a few of them: such a count is remembered for some seconds, for who asked. */
const MANY_ROWS = 10_000;
const counts = new LRUCache<string, number>({ max: 1000, ttl: 5_000 });

async function countOnce(key: string, count: () => Promise<number>): Promise<number> {
  const known = counts.get(key);
  if (known !== undefined) return known;
  const counted = await count();
  if (counted >= MANY_ROWS) counts.set(key, counted);
  return counted;
}

const definitions = new WeakMap<RecordSpec, LoaderDefinition<RequestContext, string, unknown>>();

function byIdLoader<Row>(spec: RecordSpec<Row>): LoaderDefinition<RequestContext, string, Row | null> {
  let definition = definitions.get(spec as RecordSpec);
  if (!definition) {
    definition = {
      name: `${spec.prefix}.byId`,
      async batch(context, ids) {
        const parameters = new Parameters();
        const named = `t.id = any (${parameters.add(ids, 'uuid[]')})`;
        const visible = spec.visibility && visibleCondition(context.viewer, spec.visibility, 't', parameters);
        const conditions = [named, spec.where, visible].filter(Boolean);
        const sql = `select ${spec.columns} from ${spec.from} where ${conditions.join(' and ')}`;
        // Who may see everything always sends the same text, so it is worth preparing.
        const rows = await context.read<{ id: string }>(
          sql,
          parameters.values,
          visible ? undefined : `${spec.prefix}.byId`,
        );
        const byId = new Map(rows.map(row => [row.id, row]));
        return ids.map(id => byId.get(id) ?? null);
      },
    };
    definitions.set(spec as RecordSpec, definition);
  }
  return definition as LoaderDefinition<RequestContext, string, Row | null>;
}
