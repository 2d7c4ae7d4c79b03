import type { Pool } from 'pg';
import { COVER } from './cover.queries.js';

/** Sessions that are over are kept for a while, so that a person can be told when and how they signed in. */
const SESSION_DAYS = 30;

/** Forgets requests for codes an hour after they are over, tallies after a day, and sessions after some weeks. */
export async function forgetExpired(system: Pool): Promise<void> {
  // A mailbox may have told of a message in the very moment in which its id was kept.
  await system.query(`${COVER} and r.message_ref is not null`);
  await system.query(
    "delete from portal_requests where expires_at < now() - interval '1 hour' and message_ref is null",
  );
  // A mailbox of sent mail is read again for some time.
  await system.query("delete from portal_requests where expires_at < now() - interval '14 days'");
  await system.query(
    `update portal_requests set contact = '' where expires_at < now() - interval '1 hour' and contact <> ''`,
  );
  await system.query("delete from portal_tallies where since < now() - interval '1 day'");
  await system.query(
    'delete from portal_sessions where least(expires_at, ended_at) < now() - make_interval(days => $1)',
    [SESSION_DAYS],
  );
}
