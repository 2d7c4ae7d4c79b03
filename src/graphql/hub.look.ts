import type { FeedEvent } from '../events/index.js';
import { askerOf, type RequestContext, visibleCondition } from '../modules/access/index.js';
import { filterCondition, Parameters } from '../platform/paging/index.js';
import type { GroupFacts } from './hub.groups.js';
import { former, movesOf, present, type Rows } from './hub.leaving.js';

/** Which subjects of `events` one group is shown, and which of them it was shown before these and is no more. */
export async function look(
  facts: GroupFacts,
  context: RequestContext,
  events: FeedEvent[],
): Promise<{ shown: Set<string>; left: Set<string> }> {
  const shown = await select(facts, context, events);
  const moves = movesOf(facts.stream, events, shown);
  return { shown, left: moves.length > 0 ? await select(facts, context, moves, true) : new Set<string>() };
}

/** Subjects of `events` that the group may see and asked for; or might and did, before these moved them. */
async function select(
  facts: GroupFacts,
  context: RequestContext,
  events: FeedEvent[],
  asTheyWere = false,
): Promise<Set<string>> {
  const { record, includesUnlisted } = facts.stream;
  const parameters = new Parameters();
  const conditions = [
    `t.id = any (${parameters.add([...new Set(events.map(event => event.subjectId))], 'uuid[]')})`,
    includesUnlisted ? undefined : record.where,
    record.visibility && visibleCondition(context.viewer, record.visibility, 't', parameters),
    filterCondition(
      record.filters,
      facts.filter as Record<string, unknown> | null,
      parameters,
      field => (record.visibility ? context.isHidden(record.visibility, field) : false),
      askerOf(context.viewer),
    ),
  ].filter(Boolean);
  const { leaving } = facts.stream;
  const source: Rows =
    leaving && asTheyWere ? former(leaving, events, `$${parameters.values.length + 1}`) : present(record.from);
  const rows = await context.read<{ id: string }>(
    `${source.with} select t.id from ${source.from} where ${conditions.join(' and ')}`,
    [...parameters.values, ...source.values],
  );
  return new Set(rows.map(row => row.id));
}
