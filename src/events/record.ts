import type { Tx } from '../platform/database/database.js';
import type { EventType } from './catalogue.js';

export interface NewEvent {
  type: EventType;
  subjectId: string;
  data?: Record<string, unknown>;
}

let wake: () => void = () => {};

/** Called once by the process that runs a feed: it need not wait for its next look when the writer is at home. */
export function onEventsCommitted(listener: () => void): void {
  wake = listener;
}

/**
 * Writes events in the caller's transaction: they exist exactly when the change does. Their order in the feed is that of
 * transactions, and within one the order given here.
 */
export async function recordEvents(tx: Tx, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `insert into events (organization_id, type, subject_id, data)
     select $1, e.type, e.subject_id, e.data
       from unnest($2::text[], $3::uuid[], $4::jsonb[]) with ordinality as e(type, subject_id, data, place)
      order by e.place`,
    [
      tx.scope.organizationId,
      events.map(event => event.type),
      events.map(event => event.subjectId),
      events.map(event => (event.data ? JSON.stringify(event.data) : null)),
    ],
  );
  tx.afterCommit(() => wake());
}
