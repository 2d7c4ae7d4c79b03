import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { publicId, storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { createLeadFromPost } from '../leads/post-lead.service.js';
import { LeadSuggestionState } from './suggestion.entity.js';
import type { AcceptLeadSuggestionInput, DismissLeadSuggestionItem } from './suggestion.inputs.js';

const MOST_REASON = 500;

/** Makes a lead of a suggestion that is open, with its post as where it came from. Decided already is a CONFLICT. */
export async function acceptLeadSuggestion(
  tx: Tx,
  viewer: Viewer,
  { id, name, interest, ownerId, teamId }: AcceptLeadSuggestionInput,
): Promise<{ suggestionId: string; leadId: string }> {
  const known = await lockOpen(tx, viewer, id);
  const lead = { postId: publicId('post', known.postId), name, interest, ownerId, teamId };
  const { leadId } = await createLeadFromPost(tx, viewer, lead);
  await decide(tx, known.id, LeadSuggestionState.ACCEPTED, { leadId });
  return { suggestionId: known.id, leadId };
}

/** Says that a suggestion that is open is none: its post is not suggested again. Decided already is a CONFLICT. */
export async function dismissLeadSuggestion(
  tx: Tx,
  viewer: Viewer,
  item: DismissLeadSuggestionItem,
): Promise<{ suggestionId: string }> {
  const known = await lockOpen(tx, viewer, item.id);
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', item.reason, MOST_REASON);
  throwAny(problems);
  await decide(tx, known.id, LeadSuggestionState.DISMISSED, { reason });
  return { suggestionId: known.id };
}

async function decide(
  tx: Tx,
  id: string,
  state: LeadSuggestionState,
  { leadId = null, reason = null }: { leadId?: string | null; reason?: string | null },
): Promise<void> {
  await tx.query(
    `update lead_suggestions set state = $3, lead_id = $4, reason = $5, decided_by = $6, decided_at = now(), updated_at = now()
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id, state, leadId, reason, tx.scope.actor],
  );
}

async function lockOpen(tx: Tx, viewer: Viewer, id: string): Promise<{ id: string; postId: string }> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('lead_suggestion', id), 'uuid')}`,
    visibleCondition(viewer, 'LEAD_SUGGESTION', 't', parameters),
  ].filter(Boolean);
  const [known] = await tx.query<{ id: string; postId: string; state: LeadSuggestionState }>(
    `select t.id, t.post_id as "postId", t.state from lead_suggestions t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!known) throw invalid('id', 'There is no such suggestion, or you may not see it.', 'NOT_FOUND');
  if (known.state !== LeadSuggestionState.OPEN)
    throw invalid(
      'id',
      known.state === LeadSuggestionState.ACCEPTED ? 'It became a lead already.' : 'It was dismissed already.',
      'CONFLICT',
    );
  return known;
}
