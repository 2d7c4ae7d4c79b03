import type { Tx } from '../../../platform/database/database.js';
import { AppError } from '../../../platform/errors.js';
import { Role, type Viewer } from '../../access/index.js';

interface Limit {
  most: number;
  hours: number;
}

/**
 * A customer is nobody we chose, and each ticket takes the time of somebody of us. Nobody has ten things to tell within an hour;
 * thirty a day leave room for a business that orders all day.
 */
const TICKETS: readonly Limit[] = [
  { most: 10, hours: 1 },
  { most: 30, hours: 24 },
];
/** One a minute: as fast as somebody talks who waits for answers. */
const MESSAGES: readonly Limit[] = [{ most: 60, hours: 1 }];

// Moments, by `tickets_customer_idx`; $1 organisation, $2 customer, $3 hours.
const OPENED = `
  select t.opened_at as at from tickets t where t.organization_id = $1 and t.customer_id = $2 and t.channel = 'PORTAL'`;
const SAID = `
  select m.occurred_at as at from tickets t
    join ticket_messages m on m.organization_id = t.organization_id and m.ticket_id = t.id
   where t.organization_id = $1 and t.customer_id = $2 and t.last_message_at > now() - make_interval(hours => $3)
     and m.kind = 'CUSTOMER' and m.channel = 'PORTAL'`;

/** Throws RATE_LIMITED once a customer has opened as many tickets through the portal as one may. */
export const requireRoomForTicket = (tx: Tx, viewer: Viewer) => requireRoom(tx, viewer, OPENED, TICKETS);

/** Throws RATE_LIMITED once a customer has said as much in its tickets as one may. Before any ticket is held. */
export const requireRoomForMessage = (tx: Tx, viewer: Viewer) => requireRoom(tx, viewer, SAID, MESSAGES);

/** As with tickets, of anything else by which a customer gives us work: `moments` says when it did, as `at`. */
export const requireRoomFor = (tx: Tx, viewer: Viewer, moments: string) => requireRoom(tx, viewer, moments, TICKETS);

/** What a customer does at once, in however many sessions, is done one by one. */
export async function lockCustomersWork(tx: Tx, customerId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.scope.organizationId}:portal:${customerId}`,
  ]);
}

async function requireRoom(tx: Tx, viewer: Viewer, moments: string, limits: readonly Limit[]): Promise<void> {
  if (viewer.role !== Role.CUSTOMER || !viewer.customerId) return;
  await lockCustomersWork(tx, viewer.customerId);
  let wait = 0;
  for (const { most, hours } of limits) {
    // While the last but so many lies within the time, there is no room.
    const [full] = await tx.query<{ left: number }>(
      `select greatest(1, ceil(extract(epoch from m.at + make_interval(hours => $3) - now())))::integer as left
         from (${moments}) m where m.at > now() - make_interval(hours => $3) order by m.at desc offset $4 limit 1`,
      [tx.scope.organizationId, viewer.customerId, hours, most - 1],
    );
    wait = Math.max(wait, full?.left ?? 0);
  }
  if (wait === 0) return;
  throw new AppError('RATE_LIMITED', `That is more than can be done in a short time. Try again in ${wait} s.`, {
    retryAfter: wait,
    resetAt: new Date(Date.now() + wait * 1000).toISOString(),
  });
}
