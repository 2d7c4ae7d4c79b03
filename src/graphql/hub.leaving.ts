import type { FeedEvent, Leaving, StreamSpec } from '../events/index.js';

/** Rows aliased `t` that conditions are asked of. Its values come after those of the statement it is for. */
export interface Rows {
  with: string;
  from: string;
  values: unknown[];
}

/** The rows as they are now. */
export const present = (from: string): Rows => ({ with: '', from, values: [] });

/** The rows as they were before `moves`; `placeholder` is where these stand among the statement's values. */
export function former({ rows }: Leaving, moves: readonly FeedEvent[], placeholder: string): Rows {
  const values = [JSON.stringify(moves.map(({ subjectId, data }) => ({ id: subjectId, was: data?.['was'] ?? {} })))];
  return { ...rows(`${placeholder}::jsonb`), values };
}

/** Of `events`, those after which a record that is not shown now may have left. */
export function movesOf({ leaving }: StreamSpec, events: readonly FeedEvent[], shown: Set<string>): FeedEvent[] {
  return leaving ? events.filter(({ type, subjectId }) => type === leaving.type && !shown.has(subjectId)) : [];
}

/** What is told of `events`: those of records that are shown, and of each record that left the last time it moved. */
export function toldOf(
  { leaving }: StreamSpec,
  events: readonly FeedEvent[],
  { shown, left }: { shown: Set<string>; left: Set<string> },
): FeedEvent[] {
  const last = new Map(events.filter(({ type }) => type === leaving?.type).map(event => [event.subjectId, event]));
  return events.filter(event =>
    event.type === leaving?.type
      ? left.has(event.subjectId) && last.get(event.subjectId) === event
      : shown.has(event.subjectId),
  );
}
