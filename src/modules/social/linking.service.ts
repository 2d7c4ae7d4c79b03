import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { onContactPoints } from '../customers/index.js';
import { wordsOf } from './evidence.rules.js';
import { type Evidence, EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
import { reassessPriorities } from './priority.service.js';
import { runOwnersHooks } from './social.hooks.js';

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
  const [held] = await ofLiveCustomers(tx, [link]);
  if (!held) throw invalid('customerId', 'There is no such customer, or you may not see it.', 'NOT_FOUND');
  await storeLinks(tx, [held]);
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
  await runOwnersHooks(tx, [{ identityId, customerId: null, formerId: identity.customer_id }]);
  await recordEvents(tx, [
    { type: 'identity.unlinked', subjectId: identityId, data: { customerId: identity.customer_id } },
    { type: 'customer.updated', subjectId: identity.customer_id },
  ]);
  return identity.customer_id;
}

// A contact point that has just been verified may prove who an identity is.
onContactPoints(async (tx, customerIds) => {
  await linkByProof(tx, { customerIds });
});

/**
 * Links identities nobody has linked yet, on exact proof only: an e-mail or phone the network vouches for that is the verified
 * contact point of exactly one customer, or a profile that names exactly one customer's own site. What a person unlinked from a
 * customer is not linked to it again. Give identities, or customers whose contact points have just changed.
 *
 * Step by step, by values that are at hand: as one statement it was planned badly on tables that had just been filled, and took
 * seconds a batch.
 */
export async function linkByProof(
  tx: Tx,
  scope: { identityIds: string[] } | { customerIds: readonly string[] },
): Promise<number> {
  const claims =
    'identityIds' in scope ? await claimsOf(tx, scope.identityIds) : await claimsMeeting(tx, scope.customerIds);
  if (claims.length === 0) return 0;
  const owners = await ownersOf(tx, claims);
  const proofs = claims.flatMap(({ identityId, kind, value }) => {
    const found = owners.get(`${kind}:${value}`) ?? [];
    // Shared with somebody, even unverified, it is no proof of either.
    return found.length === 1 && found[0]!.isVerified ? [{ identityId, kind, customerId: found[0]!.customerId }] : [];
  });
  const links: NewLink[] = [];
  for (const [identityId, found] of Map.groupBy(proofs, proof => proof.identityId)) {
    // Proof of two different customers proves neither.
    if (new Set(found.map(proof => proof.customerId)).size > 1) continue;
    const evidence = found.map(({ kind }) => proof(PROOFS[kind]));
    links.push({ identityId, customerId: found[0]!.customerId, method: LinkMethod.AUTOMATIC, confidence: 1, evidence });
  }
  return (await linkWhereOpen(tx, links)).length;
}

type Pair = Pick<NewLink, 'identityId' | 'customerId'>;
type AutomaticLinkFilter = (tx: Tx, pairs: readonly Pair[]) => Promise<readonly Pair[]>;
const automaticLinkFilters: AutomaticLinkFilter[] = [];

/** Asks a module which of the pairs about to be linked without a person may be. Their identities are locked while it is asked. */
export function onAutomaticLink(filter: AutomaticLinkFilter): void {
  automaticLinkFilters.push(filter);
}

/** Stores those of the links that nobody has made meanwhile and that no person has decided against, and answers them. */
export async function linkWhereOpen(tx: Tx, links: NewLink[]): Promise<NewLink[]> {
  const still = await ofLiveCustomers(tx, await stillOpen(tx, links));
  await storeLinks(tx, still);
  return still;
}

const proof = (kind: EvidenceKind): Evidence => ({ kind, code: kind, detail: wordsOf(kind), weight: PROOF_BITS });

type ProofKind = 'EMAIL' | 'PHONE' | 'WEBSITE';

/** Something an identity's profile says that could be a customer's own contact point. */
interface ProfileClaim {
  identityId: string;
  kind: ProofKind;
  value: string;
}

const COLUMNS: Record<ProofKind, string> = { EMAIL: 'verified_email', PHONE: 'verified_phone', WEBSITE: 'url' };
const KINDS = Object.keys(COLUMNS) as ProofKind[];

async function claimsOf(tx: Tx, identityIds: string[]): Promise<ProfileClaim[]> {
  if (identityIds.length === 0) return [];
  const rows = await tx.query<{ id: string } & Record<string, string | null>>(
    `select id, verified_email, verified_phone, url from social_identities
      where organization_id = $1 and id = any ($2) and customer_id is null
        and (verified_email is not null or verified_phone is not null or url is not null)`,
    [tx.scope.organizationId, identityIds],
  );
  return rows.flatMap(row =>
    KINDS.flatMap(kind => {
      const value = row[COLUMNS[kind]];
      return value ? [{ identityId: row.id, kind, value }] : [];
    }),
  );
}

/** The same, of the identities whose profiles say what has just become this customer's. */
async function claimsMeeting(tx: Tx, customerIds: readonly string[]): Promise<ProfileClaim[]> {
  const { organizationId } = tx.scope;
  const points = await tx.query<{ kind: ProofKind; value: string }>(
    'select kind, value from contact_points where organization_id = $1 and customer_id = any ($2::uuid[]) and verified_at is not null and kind = any ($3)',
    [organizationId, customerIds, KINDS],
  );
  const claims: ProfileClaim[] = [];
  for (const [kind, ofKind] of Map.groupBy(points, point => point.kind)) {
    const rows = await tx.query<{ id: string; value: string }>(
      `select id, ${COLUMNS[kind]} as value from social_identities
        where organization_id = $1 and ${COLUMNS[kind]} = any ($2) and customer_id is null`,
      [organizationId, ofKind.map(point => point.value)],
    );
    claims.push(...rows.map(row => ({ identityId: row.id, kind, value: row.value })));
  }
  return claims;
}

/** Which customers have each claimed address, by `kind:value`. */
async function ownersOf(
  tx: Tx,
  claims: ProfileClaim[],
): Promise<Map<string, { customerId: string; isVerified: boolean }[]>> {
  const owners = new Map<string, { customerId: string; isVerified: boolean }[]>();
  for (const [kind, ofKind] of Map.groupBy(claims, claim => claim.kind)) {
    const rows = await tx.query<{ value: string; customerId: string; isVerified: boolean }>(
      `select c.value, c.customer_id as "customerId", c.verified_at is not null as "isVerified"
         from contact_points c
         join customers k on k.organization_id = c.organization_id and k.id = c.customer_id and k.deleted_at is null
        where c.organization_id = $1 and c.kind = $2 and c.value = any ($3)`,
      [tx.scope.organizationId, kind, [...new Set(ofKind.map(claim => claim.value))]],
    );
    for (const [value, found] of Map.groupBy(rows, row => row.value)) owners.set(`${kind}:${value}`, found);
  }
  return owners;
}

/** Those of the links that nobody else has made meanwhile, and that no person has decided against. Holds their identities. */
async function stillOpen(tx: Tx, links: NewLink[]): Promise<NewLink[]> {
  if (links.length === 0) return [];
  const parameters = [tx.scope.organizationId, links.map(link => link.identityId)];
  const free = await tx.query<{ id: string }>(
    'select id from social_identities where organization_id = $1 and id = any ($2) and customer_id is null order by id for update',
    parameters,
  );
  const past = await tx.query<{ identity_id: string; customer_id: string }>(
    'select identity_id, customer_id from identity_links where organization_id = $1 and identity_id = any ($2)',
    parameters,
  );
  const isFree = new Set(free.map(row => row.id));
  const wasLinked = new Set(past.map(row => `${row.identity_id}:${row.customer_id}`));
  let open: readonly Pair[] = links.filter(
    link => isFree.has(link.identityId) && !wasLinked.has(`${link.identityId}:${link.customerId}`),
  );
  for (const filter of automaticLinkFilters) {
    if (open.length > 0) open = await filter(tx, open);
  }
  const left = new Set(open.map(pair => `${pair.identityId}:${pair.customerId}`));
  return links.filter(link => left.has(`${link.identityId}:${link.customerId}`));
}

/** Those of the links whose customer is there still: one that is being merged or deleted is waited for. */
async function ofLiveCustomers(tx: Tx, links: NewLink[]): Promise<NewLink[]> {
  if (links.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    'select id from customers where organization_id = $1 and id = any ($2) and deleted_at is null order by id for key share',
    [tx.scope.organizationId, [...new Set(links.map(link => link.customerId))]],
  );
  const live = new Set(rows.map(row => row.id));
  return links.filter(link => live.has(link.customerId));
}

/** What each kind of proof is called. */
const PROOFS: Record<ProofKind, EvidenceKind> = {
  EMAIL: EvidenceKind.VERIFIED_EMAIL,
  PHONE: EvidenceKind.VERIFIED_PHONE,
  WEBSITE: EvidenceKind.PROFILE_LINK,
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
  await runOwnersHooks(
    tx,
    links.map(({ identityId, customerId }) => ({ identityId, customerId, formerId: null })),
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
