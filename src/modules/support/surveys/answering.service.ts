import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { cleanText } from '../../../platform/text.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { type KeptPost, keepCustomerWord } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { fitsScale, readScore, SCALES, type SurveyKind } from './survey.rules.js';

const MOST_COMMENT = 5000;

export interface SentInvitation {
  id: string;
  surveyId: string;
  kind: SurveyKind;
  ticketId: string;
  customerId: string | null;
}

const SENT = `i.id, i.survey_id as "surveyId", s.kind, i.ticket_id as "ticketId", t.customer_id as "customerId"`;
const FROM = `survey_invitations i join surveys s on s.organization_id = i.organization_id and s.id = i.survey_id
       join tickets t on t.organization_id = i.organization_id and t.id = i.ticket_id`;

/** What somebody gives by the page of a survey or in the portal; everything wrong with it is said at once. */
export function readAnswer(
  kind: SurveyKind,
  given: { score: number; comment?: string | null },
): { score: number; comment: string | null } {
  const problems: Problems = [];
  const { least, most } = SCALES[kind];
  if (!fitsScale(kind, given.score)) report(problems, 'score', `It is a whole number from ${least} to ${most}.`);
  const comment = cleanText(given.comment ?? '') || null;
  if ((comment?.length ?? 0) > MOST_COMMENT)
    report(problems, 'comment', `It has at most ${MOST_COMMENT} characters.`, 'TOO_LONG');
  throwAny(problems);
  return { score: given.score, comment };
}

/** The invitation behind the digest of a link's secret, held; undefined for one that is over or was never given out. */
export async function holdLinked(tx: Tx, digest: string): Promise<SentInvitation | undefined> {
  const [row] = await tx.query<SentInvitation>(
    `select ${SENT} from ${FROM} where i.organization_id = $1 and i.token_digest = $2 and i.state = 'SENT' and i.expires_at > now()
        for update of i`,
    [tx.scope.organizationId, digest],
  );
  return row;
}

/** Answers the survey that the customer was asked last about a ticket of its own. */
export async function answerSurvey(
  tx: Tx,
  viewer: Viewer,
  input: { ticketId: string; score: number; comment?: string | null },
): Promise<{ responseId: string }> {
  const ticketId = await visibleId(tx, viewer, Ticket, input.ticketId, 'ticketId');
  const [invitation] = await tx.query<SentInvitation>(
    `select ${SENT} from ${FROM} where i.organization_id = $1 and i.ticket_id = $2 and i.state = 'SENT' and i.expires_at > now()
      order by i.sent_at desc limit 1 for update of i`,
    [tx.scope.organizationId, ticketId],
  );
  if (!invitation) throw invalid('ticketId', 'Nobody asks about this ticket any more.', 'NOT_ALLOWED');
  return { responseId: await keepAnswer(tx, invitation, readAnswer(invitation.kind, input)) };
}

/**
 * Keeps an answer; given again while the survey can be answered, it stands in the place of the first. A comment becomes a post of
 * the customer, with its sentiment; `postId` is the post that the answer itself was, where it was said on a channel.
 */
export async function keepAnswer(
  tx: Tx,
  invitation: SentInvitation,
  { score, comment, postId }: { score: number; comment: string | null; postId?: string },
): Promise<string> {
  const { organizationId } = tx.scope;
  const commentId =
    comment === null
      ? null
      : (postId ??
        (await keepCustomerWord(tx, {
          customerId: invitation.customerId,
          about: `survey ${invitation.id} ${newId()}`,
          text: comment,
          occurredAt: new Date(),
        })));
  const [kept] = await tx.query<{ id: string }>(
    `insert into survey_responses as r
            (organization_id, id, invitation_id, survey_id, kind, ticket_id, customer_id, member_id, team_id, channel, score, post_id)
     select $1, $2, i.id, i.survey_id, $4, i.ticket_id, $5, i.member_id, i.team_id, i.channel, $6, $7
       from survey_invitations i where i.organization_id = $1 and i.id = $3
     on conflict (organization_id, invitation_id) do update
        set score = excluded.score, post_id = coalesce(excluded.post_id, r.post_id), updated_at = now()
     returning id`,
    [organizationId, newId(), invitation.id, invitation.kind, invitation.customerId, score, commentId],
  );
  await recordEvents(tx, [{ type: 'survey.answered', subjectId: kept!.id }]);
  await recordTicketEvents(tx, [{ ticketId: invitation.ticketId, change: TicketChange.RATED }]);
  return kept!.id;
}

const LONGEST_ANSWER = 600;

/**
 * Takes those posts as answers that give a score to a survey its author was asked in the same thread. Answers the ticket of each by
 * the id of its post: such a word is a rating, and no reason to open the ticket again.
 */
export async function takeSurveyAnswers(tx: Tx, posts: readonly KeptPost[]): Promise<Map<string, string>> {
  const likely = posts.filter(
    ({ own, auto, text }) => !own && !auto && text.length <= LONGEST_ANSWER && /^\s*[\d★⭐🌟]/u.test(text),
  );
  const taken = new Map<string, string>();
  if (likely.length === 0) return taken;
  const asked = await tx.query<SentInvitation & { postId: string }>(
    `select distinct on (p.id) p.id as "postId", ${SENT}
       from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as p(id, conversation_id, author_id)
       join ticket_conversations c on c.organization_id = $1 and c.conversation_id = p.conversation_id
       join ${FROM.replace('survey_invitations i join', 'survey_invitations i on i.organization_id = $1 and i.ticket_id = c.ticket_id join')}
      where i.state = 'SENT' and i.expires_at > now()
        and (t.identity_id = p.author_id or t.customer_id = (select a.customer_id from social_identities a
                                                              where a.organization_id = $1 and a.id = p.author_id))
      order by p.id, i.sent_at desc`,
    [
      tx.scope.organizationId,
      likely.map(({ id }) => id),
      likely.map(({ conversationId }) => conversationId),
      likely.map(({ authorId }) => authorId),
    ],
  );
  const byPost = new Map(asked.map(row => [row.postId, row]));
  for (const { id, text } of likely) {
    const invitation = byPost.get(id);
    const answer = invitation && readScore(invitation.kind, text);
    if (!answer) continue;
    await keepAnswer(tx, invitation, { ...answer, postId: id });
    taken.set(id, invitation.ticketId);
  }
  return taken;
}
