import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { newPortalToken, portalDigest, type Viewer, visibleId } from '../../access/index.js';
import { Customer } from '../../customers/index.js';

/** The session behind the request. Keys and members that act for a customer have none. */
function sessionOf(viewer: Viewer): string {
  if (!viewer.portalSessionId) throw invalid(null, 'You are not signed in by a code.', 'NOT_ALLOWED');
  return viewer.portalSessionId;
}

/** Gives a session another token and a later end, within the longest it may last; the token it had opens nothing any more. */
export async function renewSession(
  tx: Tx,
  viewer: Viewer,
): Promise<{ sessionId: string; token: string; expiresAt: string }> {
  const token = newPortalToken();
  const [renewed] = await tx.query<{ id: string; expiresAt: string }>(
    `update portal_sessions p set token_digest = $3, renewed_at = now(),
            expires_at = least(p.ends_at, now() + make_interval(hours => s.session_hours))
       from portal_settings s
      where p.organization_id = $1 and p.id = $2 and p.ended_at is null and p.expires_at > now() and s.organization_id = p.organization_id
     returning p.id, p.expires_at as "expiresAt"`,
    [tx.scope.organizationId, sessionOf(viewer), portalDigest(token)],
  );
  if (!renewed) throw invalid(null, 'The session is over. Sign in again.', 'NOT_ALLOWED');
  return { sessionId: renewed.id, token, expiresAt: new Date(renewed.expiresAt).toISOString() };
}

/** Ends the session behind the request. Answers the stored ids of what ended. */
export const endSession = (tx: Tx, viewer: Viewer): Promise<string[]> => end(tx, 'id = $2', sessionOf(viewer));

/** Ends every session of the customer who asks. */
export const endOwnSessions = (tx: Tx, viewer: Viewer): Promise<string[]> =>
  viewer.customerId ? endSessionsOf(tx, viewer.customerId) : Promise.resolve([]);

/** Ends every session of a customer (stored id). */
export const endSessionsOf = (tx: Tx, customerId: string): Promise<string[]> => end(tx, 'customer_id = $2', customerId);

/** Signs a customer out everywhere, for staff who see it. */
export async function endSessionsFor(
  tx: Tx,
  viewer: Viewer,
  customerId: string,
): Promise<{ customerId: string; ended: string[] }> {
  const stored = await visibleId(tx, viewer, Customer, customerId, 'customerId');
  return { customerId: publicId('customer', stored), ended: await endSessionsOf(tx, stored) };
}

async function end(tx: Tx, condition: string, value: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update portal_sessions set ended_at = now() where organization_id = $1 and ${condition} and ended_at is null returning id`,
    [tx.scope.organizationId, value],
  );
  return rows.map(({ id }) => id);
}
