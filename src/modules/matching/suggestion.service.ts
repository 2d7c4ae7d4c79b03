import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Viewer, visibleId } from '../access/index.js';
import { EvidenceKind, LinkMethod, linkIdentity, linkWhereOpen, PROOF_BITS, wordsOf } from '../social/index.js';
import { decidedPairs } from './decision.queries.js';
import { isBeyondDoubt } from './evidence.rules.js';
import type { Proposal } from './proposals.js';
import { LinkSuggestion, LinkSuggestionState } from './suggestion.entity.js';

/**
 * Makes the waiting suggestions of the named identities these. What people have decided stays decided: a pair that was rejected,
 * or linked once and unlinked, is not suggested again. Links what is beyond doubt, where that is allowed.
 */
export async function storeProposals(
  tx: Tx,
  identityIds: readonly string[],
  proposals: readonly Proposal[],
  autoLink: number | null,
): Promise<void> {
  const { organizationId } = tx.scope;
  const decided = await decidedPairs(tx, identityIds);
  const open = proposals.filter(({ identityId, customerId }) => !decided.has(`${identityId}:${customerId}`));
  await tx.query(
    `insert into link_suggestions as s (organization_id, id, identity_id, customer_id, confidence, bits, evidence)
     select $1, n.id, n.identity_id, n.customer_id, n.confidence, n.bits, n.evidence
       from json_populate_recordset(null::link_suggestions, $2) n
     on conflict (organization_id, identity_id, customer_id) do update
        set state = 'PENDING', confidence = excluded.confidence, bits = excluded.bits, evidence = excluded.evidence, updated_at = now()
      where s.state in ('PENDING', 'SUPERSEDED')
        and (s.state, s.confidence, s.evidence) is distinct from ('PENDING', excluded.confidence, excluded.evidence)`,
    [
      organizationId,
      JSON.stringify(
        open.map(({ identityId, customerId, ...rest }) => ({
          id: newId(),
          identity_id: identityId,
          customer_id: customerId,
          ...rest,
        })),
      ),
    ],
  );
  await tx.query(
    `update link_suggestions s set state = 'SUPERSEDED', updated_at = now()
      where s.organization_id = $1 and s.identity_id = any ($2::uuid[]) and s.state = 'PENDING'
        and not exists (select 1 from unnest($3::uuid[], $4::uuid[]) as n(identity_id, customer_id)
                         where n.identity_id = s.identity_id and n.customer_id = s.customer_id)`,
    [organizationId, identityIds, open.map(one => one.identityId), open.map(one => one.customerId)],
  );
  if (autoLink === null) return;
  const certain = open.filter(({ confidence, evidence }) => confidence >= autoLink && isBeyondDoubt(evidence));
  const linked = await linkWhereOpen(
    tx,
    certain.map(({ identityId, customerId, confidence, evidence }) => ({
      identityId,
      customerId,
      method: LinkMethod.AUTOMATIC,
      confidence,
      evidence,
    })),
  );
  for (const { identityId, customerId } of linked) {
    await settle(tx, identityId, customerId);
  }
}

/** The suggestion by which the two were linked is accepted, and the identity's others no longer wait. */
async function settle(tx: Tx, identityId: string, customerId: string): Promise<void> {
  await tx.query(
    `update link_suggestions
        set state = case when customer_id = $3 then 'ACCEPTED' else 'SUPERSEDED' end,
            decided_by = case when customer_id = $3 then $4 end, decided_at = case when customer_id = $3 then now() end,
            updated_at = now()
      where organization_id = $1 and identity_id = $2 and (state = 'PENDING' or (customer_id = $3 and state = 'SUPERSEDED'))`,
    [tx.scope.organizationId, identityId, customerId, tx.scope.actor],
  );
}

interface Locked {
  id: string;
  identity_id: string;
  customer_id: string;
  state: LinkSuggestionState;
  evidence: Proposal['evidence'];
}

async function lockSuggestion(tx: Tx, viewer: Viewer, publicId: string): Promise<Locked> {
  const id = await visibleId(tx, viewer, LinkSuggestion, publicId);
  const [row] = await tx.query<Locked>(
    'select id, identity_id, customer_id, state, evidence from link_suggestions where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, id],
  );
  if (!row) throw invalid('id', 'There is no such suggestion, or you may not see it.', 'NOT_FOUND');
  return row;
}

/** Links the two, on a person's word and for the reasons given. The same again changes nothing; another decision is a CONFLICT. */
export async function acceptLinkSuggestion(tx: Tx, viewer: Viewer, id: string): Promise<{ suggestionId: string }> {
  const suggestion = await lockSuggestion(tx, viewer, id);
  if (suggestion.state === LinkSuggestionState.ACCEPTED) return { suggestionId: suggestion.id };
  if (suggestion.state !== LinkSuggestionState.PENDING) {
    throw invalid('id', 'It no longer waits to be decided. Link the two by hand if they are the same.', 'CONFLICT');
  }
  const { identity_id: identityId, customer_id: customerId } = suggestion;
  const decision = { kind: EvidenceKind.MANUAL, code: EvidenceKind.MANUAL, detail: wordsOf(EvidenceKind.MANUAL) };
  await linkIdentity(tx, {
    identityId,
    customerId,
    method: LinkMethod.MANUAL,
    confidence: 1,
    evidence: [{ ...decision, weight: PROOF_BITS }, ...suggestion.evidence],
  });
  await settle(tx, identityId, customerId);
  return { suggestionId: suggestion.id };
}

/** Says no: this pair is never suggested or linked by itself again, and with `neverAskAgain` nobody is for this identity. */
export async function rejectLinkSuggestion(
  tx: Tx,
  viewer: Viewer,
  id: string,
  neverAskAgain: boolean,
): Promise<{ suggestionId: string }> {
  const suggestion = await lockSuggestion(tx, viewer, id);
  // Who links automatically holds the identity while it asks what was decided: it waits for this, or this for it.
  await tx.query('select 1 from social_identities where organization_id = $1 and id = $2 for update', [
    tx.scope.organizationId,
    suggestion.identity_id,
  ]);
  if (suggestion.state === LinkSuggestionState.ACCEPTED) {
    throw invalid('id', 'It was accepted. Unlink the identity instead.', 'CONFLICT');
  }
  await tx.query(
    `update link_suggestions set state = 'REJECTED', never_ask_again = never_ask_again or $3, decided_by = $4, decided_at = now(), updated_at = now()
      where organization_id = $1 and id = $2 and (state <> 'REJECTED' or never_ask_again is distinct from (never_ask_again or $3))`,
    [tx.scope.organizationId, suggestion.id, neverAskAgain, tx.scope.actor],
  );
  if (neverAskAgain) {
    await tx.query(
      `update link_suggestions set state = 'SUPERSEDED', updated_at = now() where organization_id = $1 and identity_id = $2 and state = 'PENDING'`,
      [tx.scope.organizationId, suggestion.identity_id],
    );
  } else {
    // Those it stood in the way of are likelier now.
    await lookAgainAt(tx, suggestion.identity_id);
  }
  return { suggestionId: suggestion.id };
}

/**
 * Takes a rejection back: nobody has decided about the pair any more, nor that nobody is to be asked of the identity because of it.
 * It waits again at once where the identity is nobody's still, until it is compared anew. The same again changes nothing; one that
 * was accepted is a CONFLICT.
 */
export async function reopenLinkSuggestion(tx: Tx, viewer: Viewer, id: string): Promise<{ suggestionId: string }> {
  const suggestion = await lockSuggestion(tx, viewer, id);
  if (suggestion.state === LinkSuggestionState.ACCEPTED) {
    throw invalid('id', 'It was accepted. Unlink the identity instead.', 'CONFLICT');
  }
  if (suggestion.state !== LinkSuggestionState.REJECTED) return { suggestionId: suggestion.id };
  await tx.query(
    `update link_suggestions s
        set state = case when exists (select 1 from social_identities i join customers c on c.organization_id = $1 and c.id = s.customer_id
                                       where i.organization_id = $1 and i.id = s.identity_id and i.customer_id is null and c.deleted_at is null)
                         then 'PENDING' else 'SUPERSEDED' end,
            never_ask_again = false, decided_by = null, decided_at = null, updated_at = now()
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, suggestion.id],
  );
  await lookAgainAt(tx, suggestion.identity_id);
  return { suggestionId: suggestion.id };
}

async function lookAgainAt(tx: Tx, identityId: string): Promise<void> {
  await tx.query('insert into match_queue (organization_id, is_customer, subject_id) values ($1, false, $2)', [
    tx.scope.organizationId,
    identityId,
  ]);
}
