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
import { givesScore, readScore } from './score.rules.js';
import { asksForMore, fitsScale, SCALES, type SurveyKind } from './survey.rules.js';

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

interface Answer {
  invitation: SentInvitation;
  score: number;
  /** The post that says it, or what is said beside it. */
  postId: string | null;
}

/** Keeps one that was given on a page: its comment becomes a post of the customer, with its sentiment. */
export async function keepAnswer(
  tx: Tx,
  invitation: SentInvitation,
  { score, comment }: { score: number; comment: string | null },
): Promise<string> {
  const { id, customerId } = invitation;
  const about = `survey ${id} ${newId()}`;
  const postId =
    comment === null ? null : await keepCustomerWord(tx, { customerId, about, text: comment, occurredAt: new Date() });
  const [responseId] = await keepAnswers(tx, [{ invitation, score, postId }]);
  return responseId!;
}

/**
 * Keeps answers, one for each invitation, in as many statements for one as for many; given again while the survey can be answered,
 * an answer stands in the place of the first.
 */
async function keepAnswers(tx: Tx, answers: readonly Answer[]): Promise<string[]> {
  if (answers.length === 0) return [];
  const kept = await tx.query<{ id: string; ticketId: string }>(
    `insert into survey_responses as r
            (organization_id, id, invitation_id, survey_id, kind, ticket_id, customer_id, member_id, team_id, channel, score, post_id)
     select $1, a.id, i.id, i.survey_id, s.kind, i.ticket_id, t.customer_id, i.member_id, i.team_id, i.channel, a.score, a.post_id
       from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::uuid[]) as a(id, invitation_id, score, post_id)
       join ${FROM} on i.organization_id = $1 and i.id = a.invitation_id
     on conflict (organization_id, invitation_id) do update
        set score = excluded.score, post_id = coalesce(excluded.post_id, r.post_id), updated_at = now()
     returning id, ticket_id as "ticketId"`,
    [
      tx.scope.organizationId,
      answers.map(() => newId()),
      answers.map(({ invitation }) => invitation.id),
      answers.map(({ score }) => score),
      answers.map(({ postId }) => postId),
    ],
  );
  await recordEvents(
    tx,
    kept.map(({ id }) => ({ type: 'survey.answered' as const, subjectId: id })),
  );
  await recordTicketEvents(
    tx,
    kept.map(({ ticketId }) => ({ ticketId, change: TicketChange.RATED })),
  );
  return kept.map(({ id }) => id);
}

const LONGEST_ANSWER = 600;

/** What was taken as an answer: in which ticket it was said, and whether it waits for a word of ours all the same. */
export interface TakenAnswer {
  ticketId: string;
  asksForMore: boolean;
}

/**
 * Takes those posts as answers that give a score to a survey its author was asked in the same thread, and was asked nothing else
 * since by any of us: then a number is not about the survey. Answers what was taken by the id of its post.
 */
export async function takeSurveyAnswers(tx: Tx, posts: readonly KeptPost[]): Promise<Map<string, TakenAnswer>> {
  const likely = posts
    .filter(({ own, auto, text }) => !own && !auto && text.length <= LONGEST_ANSWER && givesScore(text))
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const taken = new Map<string, TakenAnswer>();
  if (likely.length === 0) return taken;
  const byPost = new Map((await invitationsOf(tx, likely)).map(row => [row.postId, row]));
  const answers = new Map<string, Answer>();
  for (const { id, text, sentimentScore } of likely) {
    const invitation = byPost.get(id);
    const read = invitation && readScore(invitation.kind, text);
    if (!read) continue;
    const postId = read.comment === null ? (answers.get(invitation.id)?.postId ?? null) : id;
    answers.set(invitation.id, { invitation, score: read.score, postId });
    taken.set(id, { ticketId: invitation.ticketId, asksForMore: asksForMore(invitation.kind, read, sentimentScore) });
  }
  await keepAnswers(tx, [...answers.values()]);
  return taken;
}

/** What the author of each post was asked last in its thread, also about a ticket that became a part of the one spoken about now. */
const invitationsOf = (tx: Tx, posts: readonly KeptPost[]): Promise<(SentInvitation & { postId: string })[]> =>
  tx.query<SentInvitation & { postId: string }>(
    `select distinct on (p.id) p.id as "postId", ${SENT}
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) as p(id, conversation_id, author_id, occurred_at)
       join ticket_conversations c on c.organization_id = $1 and c.conversation_id = p.conversation_id
       join tickets t on t.organization_id = $1 and (t.id = c.ticket_id or t.merged_into_id = c.ticket_id)
       join survey_invitations i on i.organization_id = $1 and i.ticket_id = t.id
       join surveys s on s.organization_id = $1 and s.id = i.survey_id
      where i.state = 'SENT' and i.expires_at > now()
        and (t.identity_id = p.author_id or t.customer_id = (select a.customer_id from social_identities a
                                                              where a.organization_id = $1 and a.id = p.author_id))
        and not exists (select 1 from ticket_messages m
                         where m.organization_id = $1 and m.ticket_id = c.ticket_id and m.kind = 'AGENT' and not m.is_automatic
                           and not m.is_held and m.state <> 'CANCELLED' and m.occurred_at > i.sent_at and m.occurred_at < p.occurred_at)
      order by p.id, i.sent_at desc`,
    [
      tx.scope.organizationId,
      posts.map(({ id }) => id),
      posts.map(({ conversationId }) => conversationId),
      posts.map(({ authorId }) => authorId),
      posts.map(({ occurredAt }) => occurredAt),
    ],
  );
