import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent } from '../events/index.js';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { filterCondition, Parameters } from '../platform/paging/index.js';
import type { RecordSpec } from '../platform/schema/index.js';
import type { GroupFacts } from './hub.groups.js';

/** Events for one group, whose members at the time are known to the hub. */
export interface Telling<Group extends GroupFacts = GroupFacts> {
  group: Group;
  events: FeedEvent[];
}

/** What one telling needs to be rendered: which of its events are shown, through whose eyes. */
export interface Sight {
  shown: Set<string>;
  context: RequestContext;
}

/** Viewers whose rules go into one statement: more take longer to plan than to ask twice. */
const MOST_VIEWERS = 40;

interface Asked {
  record: RecordSpec;
  includesUnlisted: boolean;
  tellings: Telling[];
}

/** The organisation's rows behind the events, seen and asked for by many groups at once. */
export async function sightsOf(tellings: readonly Telling[]): Promise<Map<Telling, Sight>> {
  const byRecord = new Map<string, Asked>();
  for (const telling of tellings) {
    const { record, includesUnlisted = false } = telling.group.stream;
    const key = `${record.name} ${includesUnlisted}`;
    const asked = byRecord.get(key) ?? { record, includesUnlisted, tellings: [] };
    byRecord.set(key, asked);
    asked.tellings.push(telling);
  }
  const eyes = new Map<string, RequestContext>();
  const sights = new Map<Telling, Sight>();
  await Promise.all([...byRecord.values()].map(asked => look(asked, eyes, sights)));
  return sights;
}

/** One context a viewer and language: what one subscription of theirs has read the others need not read again. */
function eyeOf({ viewerKey, createContext }: GroupFacts, eyes: Map<string, RequestContext>): RequestContext {
  const known = eyes.get(viewerKey);
  if (known) return known;
  const context = createContext();
  eyes.set(viewerKey, context);
  return context;
}

async function look(
  { record, includesUnlisted, tellings }: Asked,
  eyes: Map<string, RequestContext>,
  sights: Map<Telling, Sight>,
): Promise<void> {
  const byViewer = Map.groupBy(tellings, ({ group }) => group.viewerKey);
  const viewers = [...byViewer.values()];
  const parts: Telling[][][] = [];
  for (let at = 0; at < viewers.length; at += MOST_VIEWERS) parts.push(viewers.slice(at, at + MOST_VIEWERS));
  await Promise.all(
    parts.map(async part => {
      const contexts = part.map(([first]) => eyeOf(first!.group, eyes));
      const statement = statementFor(record, includesUnlisted, part, contexts);
      const rows = await contexts[0]!.read<{ id: string; seen: number[]; kept: number[] }>(
        statement.sql,
        statement.values,
      );
      const byId = new Map(rows.map(({ id, seen, kept }) => [id, { seen: new Set(seen), kept: new Set(kept) }]));
      const wanted = new Set<string>();
      for (const [at, ofViewer] of part.entries()) {
        for (const telling of ofViewer) {
          const filter = statement.filterOf(telling.group);
          const shown = new Set<string>();
          for (const { subjectId } of telling.events) {
            const row = byId.get(subjectId);
            if (row?.seen.has(at) && row.kept.has(filter)) shown.add(subjectId);
          }
          for (const id of shown) wanted.add(id);
          sights.set(telling, { shown, context: contexts[at]! });
        }
      }
      if (wanted.size > 0) await remember(record, contexts, [...wanted], id => byId.get(id)!.seen);
    }),
  );
}

/** The rows themselves are read once for all who see them. */
async function remember(
  record: RecordSpec,
  contexts: RequestContext[],
  ids: string[],
  seenBy: (id: string) => Set<number>,
): Promise<void> {
  const listed = record.where ? ` and ${record.where}` : '';
  const rows = await contexts[0]!.read<{ id: string }>(
    `select ${record.columns} from ${record.from} where t.id = any ($1::uuid[])${listed}`,
    [ids],
  );
  for (const row of rows) for (const at of seenBy(row.id)) contexts[at]!.remember(record.type, row);
}

/** For each row the places of the viewers that see it, and of the filters that keep it. */
function statementFor(
  record: RecordSpec,
  includesUnlisted: boolean,
  part: readonly Telling[][],
  contexts: readonly RequestContext[],
) {
  const parameters = new Parameters();
  const ids = new Set(part.flat().flatMap(({ events }) => events.map(({ subjectId }) => subjectId)));
  const named = `t.id = any (${parameters.add([...ids], 'uuid[]')})`;
  const seen = contexts.map(
    ({ viewer }) => (record.visibility && visibleCondition(viewer, record.visibility, 't', parameters)) || 'true',
  );
  const places = new Map<string, number>();
  const kept: string[] = [];
  const keyOf = ({ filter }: GroupFacts) => JSON.stringify(filter);
  for (const [at, ofViewer] of part.entries()) {
    for (const { group } of ofViewer) {
      if (places.has(keyOf(group))) continue;
      places.set(keyOf(group), kept.length);
      const isHidden = (field: string) =>
        record.visibility ? contexts[at]!.isHidden(record.visibility, field) : false;
      kept.push(
        filterCondition(record.filters, group.filter as Record<string, unknown> | null, parameters, isHidden) ?? 'true',
      );
    }
  }
  const list = (conditions: string[]) =>
    `array_remove(array[${conditions.map((condition, at) => `case when ${condition} then ${at} end`).join(', ')}]::integer[], null)`;
  const where = [named, includesUnlisted ? undefined : record.where].filter(Boolean).join(' and ');
  return {
    sql: `select t.id, ${list(seen)} as seen, ${list(kept)} as kept from ${record.from} where ${where}`,
    values: parameters.values,
    filterOf: (group: GroupFacts) => places.get(keyOf(group))!,
  };
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
