import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { onErase } from '../customers/index.js';
import { forgetDeliveries } from './delivery.service.js';
import { removeFilesOf } from './media.service.js';

onErase(eraseSocial);

/**
 * Makes the identities of a customer nobody's and nameless, and empties what they said. The rows stay, so that threads and counts
 * hold, and so that the same posts read again from the network do not bring back what was erased.
 */
async function eraseSocial(tx: Tx, customerId: string): Promise<string[]> {
  const organizationId = tx.scope.organizationId;
  const ever = await tx.query<{ id: string }>(
    `select id from social_identities where organization_id = $1 and customer_id = $2 for update`,
    [organizationId, customerId],
  );
  const identityIds = ever.map(row => row.id);
  const posts = await tx.query<{ id: string; externalId: string }>(
    `with emptied as (
       update posts set text = '', title = null, html = null, url = null, media = '[]', links = '{}', hashtags = '{}',
              sentiment_words = '[]', priority_reasons = '[]', deleted_at = coalesce(deleted_at, now())
        where organization_id = $1 and author_id = any ($2) returning id, external_id)
     select id, external_id as "externalId" from emptied`,
    [organizationId, identityIds],
  );
  const postIds = posts.map(row => row.id);
  await tx.query('delete from post_revisions where organization_id = $1 and post_id = any ($2)', [
    organizationId,
    postIds,
  ]);
  await removeFilesOf(tx, postIds);
  await forgetDeliveries(
    tx,
    posts.map(post => post.externalId),
  );
  await tx.query('delete from sentiment_corrections where organization_id = $1 and post_id = any ($2)', [
    organizationId,
    postIds,
  ]);
  // What we wrote to them is about them; one that has not gone out goes nowhere any more.
  const replies = await tx.query<{ id: string }>(
    `with emptied as (
       update replies set text = '', media = '[]', rendered = null, url = null, agent = null, approval_note = null, rejection_reason = null,
              failure = null, external_id = null, updated_at = now(),
              state = case when state in ('AWAITING_APPROVAL', 'SCHEDULED', 'QUEUED', 'UNKNOWN', 'SENDING') then 'CANCELLED' else state end
        where organization_id = $1 and recipient_identity_id = any ($2) returning id, sent_post_id),
          said as (
       update posts p set text = '', title = null, html = null, url = null, media = '[]', links = '{}', hashtags = '{}',
              sentiment_words = '[]', priority_reasons = '[]', deleted_at = coalesce(p.deleted_at, now())
         from emptied e where p.organization_id = $1 and p.id = e.sent_post_id)
     select id from emptied`,
    [organizationId, identityIds],
  );
  const links = await tx.query<{ id: string }>(
    `with gone as (delete from identity_links where organization_id = $1 and (customer_id = $2 or identity_id = any ($3)) returning id)
     select id from gone`,
    [organizationId, customerId, identityIds],
  );
  await tx.query(
    'delete from identity_claims where organization_id = $1 and (customer_id = $2 or identity_id = any ($3))',
    [organizationId, customerId, identityIds],
  );
  await tx.query(
    `update social_identities
        set customer_id = null, external_id = null, handle = 'erased', handle_key = null, display_name = null, bio = null, url = null,
            avatar_url = null, followers_count = null, verified_email = null, verified_phone = null, updated_at = now()
      where organization_id = $1 and id = any ($2)`,
    [organizationId, identityIds],
  );
  await recordEvents(tx, [
    ...postIds.map(subjectId => ({ type: 'post.deleted' as const, subjectId })),
    ...identityIds.map(subjectId => ({ type: 'identity.unlinked' as const, subjectId })),
    ...replies.map(({ id: subjectId }) => ({ type: 'reply.changed' as const, subjectId })),
  ]);
  return [...identityIds, ...postIds, ...replies.map(row => row.id), ...links.map(row => row.id)];
}
