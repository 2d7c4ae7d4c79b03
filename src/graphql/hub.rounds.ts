import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent } from '../events/index.js';
import { askerOf, type RequestContext, visibleCondition } from '../modules/access/index.js';
import { filterCondition, Parameters } from '../platform/paging/index.js';
import type { RecordSpec } from '../platform/schema/index.js';
import type { Batch, Group, GroupFacts } from './hub.groups.js';
import { former, movesOf, present, type Rows } from './hub.leaving.js';
import { askedOf, type Condition } from './hub.shapes.js';

/** What one batch needs to be rendered: which of its events are shown, through whose eyes. */
export interface Sight {
  shown: Set<string>;
  /** Records that were shown before they moved, and are not now. */
  left: Set<string>;
  context: RequestContext;
}

interface Asked {
  record: RecordSpec;
  includesUnlisted: boolean;
  batches: Batch[];
}

/**
 * What the groups of one organisation see of what happened: first which records each filter keeps, then which of these each viewer
 * may see, then the records themselves, each once for all. So many statements as there are shapes of filters and of rules.
 */
export async function sightsOf(batches: readonly Batch[]): Promise<Map<Batch, Sight>> {
  const byRecord = new Map<string, Asked>();
  for (const batch of batches) {
    const { record, includesUnlisted = false } = batch.group.stream;
    const key = `${record.name} ${includesUnlisted}`;
    const asked = byRecord.get(key) ?? { record, includesUnlisted, batches: [] };
    byRecord.set(key, asked);
    asked.batches.push(batch);
  }
  // One context a viewer and language: what one subscription of theirs has read the others need not read again.
  const eyes = new Map<string, RequestContext>();
  for (const { group } of batches) {
    if (!eyes.has(group.viewerKey)) eyes.set(group.viewerKey, group.createContext());
  }
  const sights = new Map<Batch, Sight>();
  await Promise.all([...byRecord.values()].map(asked => look(asked, eyes, sights)));
  return sights;
}

async function look(
  { record, includesUnlisted, batches }: Asked,
  eyes: Map<string, RequestContext>,
  sights: Map<Batch, Sight>,
): Promise<void> {
  const listed = includesUnlisted ? '' : (record.where ?? '');
  const asking = { record, listed, eyes, filters: new Map<Group, Condition | undefined>() };
  const { shown, seen } = await ask(asking, batches, () => present(record.from));
  for (const batch of batches) {
    sights.set(batch, { shown: shown.get(batch)!, left: new Set(), context: eyes.get(batch.group.viewerKey)! });
  }
  await Promise.all([lookBack(asking, batches, sights), remember(record, seen, eyes)]);
}

/** Which records left, of those that moved and are not shown: asked of the rows as they were. */
async function lookBack(asking: Asking, batches: readonly Batch[], sights: Map<Batch, Sight>): Promise<void> {
  const moved = new Map<Batch, Batch>();
  const moves = new Set<FeedEvent>();
  for (const batch of batches) {
    const events = movesOf(batch.group.stream, batch.events, sights.get(batch)!.shown);
    if (events.length > 0) moved.set({ ...batch, events }, batch);
    for (const event of events) moves.add(event);
  }
  const leaving = moved.keys().next().value?.group.stream.leaving;
  if (!leaving) return;
  const { shown } = await ask(asking, [...moved.keys()], placeholder => former(leaving, [...moves], placeholder));
  for (const [then, batch] of moved) sights.get(batch)!.left = shown.get(then)!;
}

interface Asking {
  record: RecordSpec;
  listed: string;
  eyes: Map<string, RequestContext>;
  /** What each group's filter asks for, once it is known. */
  filters: Map<Group, Condition | undefined>;
}

type Source = (placeholder: string) => Rows;

async function ask(
  asking: Asking,
  batches: readonly Batch[],
  source: Source,
): Promise<{ shown: Map<Batch, Set<string>>; seen: Map<string, Set<string>> }> {
  const kept = await keptBy(asking, batches, source);
  const seen = await seenBy(asking, batches, kept, source);
  const shown = new Map<Batch, Set<string>>();
  for (const batch of batches) {
    const mine = seen.get(batch.group.viewerKey);
    const ids = batch.events.map(({ subjectId }) => subjectId);
    shown.set(batch, new Set(ids.filter(id => mine?.has(id) && kept.get(batch)!.has(id))));
  }
  return { shown, seen };
}

const anyOf = (eyes: Map<string, RequestContext>): RequestContext => eyes.values().next().value!;

/** The records each batch's filter keeps of those its events are about. */
async function keptBy(
  { record, listed, eyes, filters: known }: Asking,
  batches: readonly Batch[],
  source: Source,
): Promise<Map<Batch, Set<string>>> {
  const subjects = (batch: Batch) => new Set(batch.events.map(({ subjectId }) => subjectId));
  const kept = new Map<Batch, Set<string>>();
  const filters = new Map<string, { condition: Condition; batches: Batch[] }>();
  const ids = new Set<string>();
  for (const batch of batches) {
    const { group } = batch;
    if (!known.has(group)) known.set(group, filterOf(group, record, eyes.get(group.viewerKey)!));
    const condition = known.get(group);
    if (!condition) {
      kept.set(batch, subjects(batch));
      continue;
    }
    kept.set(batch, new Set());
    for (const id of subjects(batch)) ids.add(id);
    const key = JSON.stringify([condition.text, condition.values]);
    const alike = filters.get(key) ?? { condition, batches: [] };
    filters.set(key, alike);
    alike.batches.push(batch);
  }
  const all = [...filters.values()];
  const { with: before, from, values } = source('$3');
  await Promise.all(
    askedOf(all.map(({ condition }) => condition)).map(async ({ text, rows }) => {
      const where = [listed, text].filter(Boolean).join(' and ');
      const found = await anyOf(eyes).read<{ id: string; at: number }>(
        `${before} select t.id, v.at from ${from} cross join jsonb_to_recordset($2::jsonb) as v(at integer, p text[])
          where t.id = any ($1::uuid[]) and ${where}`,
        [[...ids], JSON.stringify(rows), ...values],
      );
      for (const { id, at } of found) for (const batch of all[at]!.batches) kept.get(batch)!.add(id);
    }),
  );
  return kept;
}

function filterOf(group: GroupFacts, record: RecordSpec, context: RequestContext): Condition | undefined {
  const parameters = new Parameters();
  const isHidden = (field: string) => (record.visibility ? context.isHidden(record.visibility, field) : false);
  const filter = group.filter as Record<string, unknown> | null;
  const text = filterCondition(record.filters, filter, parameters, isHidden, askerOf(context.viewer));
  return text === undefined ? undefined : { text, values: parameters.values };
}

/** Of the records that the filters keep, those each viewer may see: nothing else is looked at. */
async function seenBy(
  { record, listed, eyes }: Asking,
  batches: readonly Batch[],
  kept: Map<Batch, Set<string>>,
  source: Source,
): Promise<Map<string, Set<string>>> {
  const wanted = new Map<string, Set<string>>();
  for (const batch of batches) {
    const ids = wanted.get(batch.group.viewerKey) ?? new Set<string>();
    wanted.set(batch.group.viewerKey, ids);
    const mine = kept.get(batch)!;
    for (const { subjectId } of batch.events) if (mine.has(subjectId)) ids.add(subjectId);
  }
  const viewers = [...wanted].filter(([, ids]) => ids.size > 0);
  const conditions = viewers.map(([key]) => {
    const parameters = new Parameters();
    const { visibility } = record;
    const text = visibility && visibleCondition(eyes.get(key)!.viewer, visibility, 't', parameters);
    return { text: text || 'true', values: parameters.values };
  });
  const { with: before, from, values } = source('$4');
  const seen = new Map<string, Set<string>>(viewers.map(([key]) => [key, new Set()]));
  await Promise.all(
    askedOf(conditions).map(async ({ text, rows }) => {
      const pairs = rows.flatMap(({ at }) => [...viewers[at]![1]].map(id => ({ id, at })));
      const where = [listed, text].filter(Boolean).join(' and ');
      const found = await anyOf(eyes).read<{ id: string; at: number }>(
        `${before} select t.id, v.at from unnest($1::uuid[], $3::integer[]) as q(id, at) join jsonb_to_recordset($2::jsonb) as v(at integer, p text[]) on v.at = q.at
           join ${from} on t.id = q.id where ${where}`,
        [pairs.map(({ id }) => id), JSON.stringify(rows), pairs.map(({ at }) => at), ...values],
      );
      for (const { id, at } of found) seen.get(viewers[at]![0])!.add(id);
    }),
  );
  return seen;
}

/** The rows themselves are read once for all who see them. */
async function remember(
  record: RecordSpec,
  seen: Map<string, Set<string>>,
  eyes: Map<string, RequestContext>,
): Promise<void> {
  const ids = new Set([...seen.values()].flatMap(found => [...found]));
  if (ids.size === 0) return;
  const listed = record.where ? ` and ${record.where}` : '';
  const rows = await anyOf(eyes).read<{ id: string }>(
    `select ${record.columns} from ${record.from} where t.id = any ($1::uuid[])${listed}`,
    [[...ids]],
  );
  const byId = new Map(rows.map(row => [row.id, row]));
  for (const [key, mine] of seen) {
    for (const id of mine) {
      const row = byId.get(id);
      if (row) eyes.get(key)!.remember(record.type, row);
    }
  }
}

/** Runs `work` again and again while it is asked for; what is asked for meanwhile waits for the next time, together. */
export class Rounds {
  private isRunning = false;
  private isAsked = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly longestPauseMs: number,
  ) {}

  ask(): void {
    this.isAsked = true;
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.isAsked) {
        this.isAsked = false;
        const began = performance.now();
        await this.work();
        // A round costs much the same for one event as for fifty: the busier we are, the more go into one.
        if (this.isAsked) await sleep(Math.min(performance.now() - began, this.longestPauseMs));
      }
    } finally {
      this.isRunning = false;
    }
  }
}
