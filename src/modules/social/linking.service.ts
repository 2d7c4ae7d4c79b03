import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { onContactPoints } from '../customers/index.js';
import { type Evidence, EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
import { reassessPriorities } from './priority.service.js';

export interface NewLink {
  identityId: string;
  customerId: string;
  method: LinkMethod;
  confidence: number;
  evidence: Evidence[];
}

/** Links an identity to a customer. The same link again changes nothing; another customer's identity is a CONFLICT. */
export async function linkIdentity(tx: Tx, link: NewLink): Promise<void> {
  const organizationId = tx.scope.organizationId;
  // The row lock makes two people who link the same identity go one after the other.
  const [identity] = await tx.query<{ customer_id: string | null }>(
    'select customer_id from social_identities where organization_id = $1 and id = $2 for update',
    [organizationId, link.identityId],
  );
  if (!identity) throw invalid('identityId', 'There is no such identity.', 'NOT_FOUND');
  if (identity.customer_id === link.customerId) return;
  if (identity.customer_id !== null) {
    throw invalid('identityId', 'It is linked to another customer. Unlink it first.', 'CONFLICT');
  }
  await storeLinks(tx, [link]);
}

/** Ends the link of an identity, keeping its history. Answers the customer it was linked to; null when there was none. */
export async function unlinkIdentity(tx: Tx, identityId: string, reason: string | null): Promise<string | null> {
  const organizationId = tx.scope.organizationId;
  const [identity] = await tx.query<{ customer_id: string | null }>(
    'select customer_id from social_identities where organization_id = $1 and id = $2 for update',
    [organizationId, identityId],
  );
  if (!identity) throw invalid('identityId', 'There is no such identity.', 'NOT_FOUND');
  if (identity.customer_id === null) return null;
  await tx.query(
    `update identity_links set unlinked_at = now(), unlinked_by = $3, unlink_reason = $4
      where organization_id = $1 and identity_id = $2 and unlinked_at is null`,
    [organizationId, identityId, tx.scope.actor, reason],
  );
  await tx.query(
    'update social_identities set customer_id = null, updated_at = now() where organization_id = $1 and id = $2',
    [organizationId, identityId],
  );
  await reassessPriorities(tx, [identityId]);
  await recordEvents(tx, [
    { type: 'identity.unlinked', subjectId: identityId, data: { customerId: identity.customer_id } },
    { type: 'customer.updated', subjectId: identity.customer_id },
  ]);
  return identity.customer_id;
}

/** Which of an identity's own words proves a contact point of each kind. */
const PROVEN_BY = { EMAIL: 'verified_email', PHONE: 'verified_phone', WEBSITE: 'url' };

// A contact point that has just been verified may prove who an identity is.
onContactPoints(async (tx, customerId) => {
  await linkByProof(tx, { customerId });
});

/**
 * Links identities nobody has linked yet, on exact proof only: an e-mail or phone the network vouches for that is the verified
 * contact point of exactly one customer, or a profile that names exactly one customer's own site. What a person unlinked from a
 * customer is not linked to it again. Give identity ids, or null and a customer whose contact points have just changed.
 */
export async function linkByProof(tx: Tx, scope: { identityIds: string[] } | { customerId: string }): Promise<number> {
  const [which, value] =
    'identityIds' in scope
      ? ['i.id = any ($2::uuid[])', scope.identityIds]
      : ['c.customer_id = $2::uuid', scope.customerId];
  // One condition with `or` would read all identities; each of these has its own index.
  const proven = Object.entries(PROVEN_BY).map(
    ([kind, column]) =>
      `select i.id as identity_id, c.customer_id, c.kind, c.value
         from social_identities i
         join contact_points c on c.organization_id = $1 and c.kind = '${kind}' and c.value = i.${column} and c.verified_at is not null
        where i.organization_id = $1 and i.customer_id is null and ${which}`,
  );
  if (Array.isArray(value) && value.length === 0) return 0;
  const proofs = await tx.query<{ identity_id: string; customer_id: string; kind: EvidenceKind }>(
    `with c as (${proven.join(' union all ')})
     select i.id as identity_id, c.customer_id,
            case c.kind when 'EMAIL' then 'VERIFIED_EMAIL' when 'PHONE' then 'VERIFIED_PHONE' else 'PROFILE_LINK' end as kind
       from c
       join social_identities i on i.organization_id = $1 and i.id = c.identity_id and i.customer_id is null
       join customers k on k.organization_id = $1 and k.id = c.customer_id and k.deleted_at is null
      where not exists (
          select 1 from contact_points other
            join customers o on o.organization_id = other.organization_id and o.id = other.customer_id and o.deleted_at is null
           where other.organization_id = $1 and other.kind = c.kind and other.value = c.value and other.customer_id <> c.customer_id)
        and not exists (
          select 1 from identity_links past
           where past.organization_id = $1 and past.identity_id = c.identity_id and past.customer_id = c.customer_id)
      for update of i`,
    [tx.scope.organizationId, value],
  );
  const byIdentity = Map.groupBy(proofs, proof => proof.identity_id);
  const links: NewLink[] = [];
  for (const [identityId, found] of byIdentity) {
    // Proof of two different customers proves neither.
    if (new Set(found.map(proof => proof.customer_id)).size > 1) continue;
    links.push({
      identityId,
      customerId: found[0]!.customer_id,
      method: LinkMethod.AUTOMATIC,
      confidence: 1,
      evidence: found.map(({ kind }) => ({ kind, detail: PROOF_TEXT[kind] ?? kind, weight: PROOF_BITS })),
    });
  }
  await storeLinks(tx, links);
  return links.length;
}

const PROOF_TEXT: Partial<Record<EvidenceKind, string>> = {
  [EvidenceKind.VERIFIED_EMAIL]: "The network vouches for an e-mail address that is the customer's, verified.",
  [EvidenceKind.VERIFIED_PHONE]: "The network vouches for a phone number that is the customer's, verified.",
  [EvidenceKind.PROFILE_LINK]: "The profile names the customer's own site.",
};

async function storeLinks(tx: Tx, links: NewLink[]): Promise<void> {
  if (links.length === 0) return;
  const organizationId = tx.scope.organizationId;
  const rows = links.map(link => ({
    organization_id: organizationId,
    id: newId(),
    identity_id: link.identityId,
    customer_id: link.customerId,
    status: 'CONFIRMED',
    method: link.method,
    confidence: link.confidence,
    evidence: link.evidence,
    linked_by: tx.scope.actor,
  }));
  await tx.query(
    `insert into identity_links (organization_id, id, identity_id, customer_id, status, method, confidence, evidence, linked_by)
     select organization_id, id, identity_id, customer_id, status, method, confidence, evidence, linked_by
       from json_populate_recordset(null::identity_links, $1)`,
    [JSON.stringify(rows)],
  );
  await tx.query(
    `update social_identities i set customer_id = l.customer_id, updated_at = now()
       from unnest($2::uuid[], $3::uuid[]) as l(identity_id, customer_id)
      where i.organization_id = $1 and i.id = l.identity_id`,
    [organizationId, links.map(link => link.identityId), links.map(link => link.customerId)],
  );
  await reassessPriorities(
    tx,
    links.map(link => link.identityId),
  );
  await recordEvents(tx, [
    ...links.map(link => ({
      type: 'identity.linked' as const,
      subjectId: link.identityId,
      data: { customerId: link.customerId },
    })),
    ...links.map(link => ({ type: 'customer.updated' as const, subjectId: link.customerId })),
  ]);
}
