import { setTimeout as sleep } from 'node:timers/promises';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { filterCondition, Parameters } from '../platform/paging/index.js';
import type { RecordSpec } from '../platform/schema/index.js';
import type { Batch, GroupFacts } from './hub.groups.js';
import { askedOf, type Condition } from './hub.shapes.js';

/** What one batch needs to be rendered: which of its events are shown, through whose eyes. */
export interface Sight {
  shown: Set<string>;
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
  const anybody = eyes.values().next().value!;
  const kept = await keptBy(anybody, record, listed, batches, eyes);
  const seen = await seenBy(anybody, record, listed, batches, { kept, eyes });
  for (const batch of batches) {
    const mine = seen.get(batch.group.viewerKey);
    const shown = new Set(
      batch.events.map(({ subjectId }) => subjectId).filter(id => mine?.has(id) && kept.get(batch)!.has(id)),
    );
    sights.set(batch, { shown, context: eyes.get(batch.group.viewerKey)! });
  }
  await remember(anybody, record, seen, eyes);
}

/** The records each batch's filter keeps of those its events are about. */
async function keptBy(
  context: RequestContext,
  record: RecordSpec,
  listed: string,
  batches: readonly Batch[],
  eyes: Map<string, RequestContext>,
): Promise<Map<Batch, Set<string>>> {
  const subjects = (batch: Batch) => new Set(batch.events.map(({ subjectId }) => subjectId));
  const kept = new Map<Batch, Set<string>>();
  const filters = new Map<string, { condition: Condition; batches: Batch[] }>();
  const ids = new Set<string>();
  for (const batch of batches) {
    const { group } = batch;
    const condition = filterOf(group, record, eyes.get(group.viewerKey)!);
    if (!condition) {
      kept.set(batch, subjects(batch));
      continue;
    }
    kept.set(batch, new Set());
    for (const id of subjects(batch)) ids.add(id);
    const key = JSON.stringify([condition.text, condition.values]);
    const known = filters.get(key) ?? { condition, batches: [] };
    filters.set(key, known);
    known.batches.push(batch);
  }
  const all = [...filters.values()];
  const from = `${record.from} cross join jsonb_to_recordset($2::jsonb) as v(at integer, p text[]) where t.id = any ($1::uuid[])`;
  await Promise.all(
    askedOf(all.map(({ condition }) => condition)).map(async ({ text, rows }) => {
      const where = [listed, text].filter(Boolean).join(' and ');
      const found = await context.read<{ id: string; at: number }>(`select t.id, v.at from ${from} and ${where}`, [
        [...ids],
        JSON.stringify(rows),
      ]);
      for (const { id, at } of found) for (const batch of all[at]!.batches) kept.get(batch)!.add(id);
    }),
  );
  return kept;
}

function filterOf(group: GroupFacts, record: RecordSpec, context: RequestContext): Condition | undefined {
  const parameters = new Parameters();
  const isHidden = (field: string) => (record.visibility ? context.isHidden(record.visibility, field) : false);
  const filter = group.filter as Record<string, unknown> | null;
  const text = filterCondition(record.filters, filter, parameters, isHidden, context.viewer.asker);
  return text === undefined ? undefined : { text, values: parameters.values };
}

/** Of the records that the filters keep, those each viewer may see: nothing else is looked at. */
async function seenBy(
  context: RequestContext,
  record: RecordSpec,
  listed: string,
  batches: readonly Batch[],
  { kept, eyes }: { kept: Map<Batch, Set<string>>; eyes: Map<string, RequestContext> },
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
  const seen = new Map<string, Set<string>>(viewers.map(([key]) => [key, new Set()]));
  await Promise.all(
    askedOf(conditions).map(async ({ text, rows }) => {
      const pairs = rows.flatMap(({ at }) => [...viewers[at]![1]].map(id => ({ id, at })));
      const where = [listed, text].filter(Boolean).join(' and ');
      const found = await context.read<{ id: string; at: number }>(
        `select t.id, v.at from unnest($1::uuid[], $3::integer[]) as q(id, at) join jsonb_to_recordset($2::jsonb) as v(at integer, p text[]) on v.at = q.at
           join ${record.from} on t.id = q.id where ${where}`,
        [pairs.map(({ id }) => id), JSON.stringify(rows), pairs.map(({ at }) => at)],
      );
      for (const { id, at } of found) seen.get(viewers[at]![0])!.add(id);
    }),
  );
  return seen;
}

/** The rows themselves are read once for all who see them. */
async function remember(
  context: RequestContext,
  record: RecordSpec,
  seen: Map<string, Set<string>>,
  eyes: Map<string, RequestContext>,
): Promise<void> {
  const ids = new Set([...seen.values()].flatMap(found => [...found]));
  if (ids.size === 0) return;
  const listed = record.where ? ` and ${record.where}` : '';
  const rows = await context.read<{ id: string }>(
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
