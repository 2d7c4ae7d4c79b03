import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../../../platform/database/database.js';
import { InputError } from '../../../platform/errors.js';
import { enqueue } from '../../../platform/jobs.js';
import { type Language, Role, Viewer } from '../../access/index.js';
import { type Outbox, ReplyVisibility } from '../../social/index.js';
import { replyInTicket } from '../desk/reply.service.js';
import { isDone, type TicketStatus } from '../tickets/ticket.states.rules.js';
import { SEND_SURVEY } from './invitation.service.js';
import { InvitationState, SCALES, type SurveyKind, type SurveyTexts } from './survey.rules.js';
import { questionOf, SURVEY_WORDS } from './survey.words.js';

export interface SurveyPost {
  outbox: Outbox;
  /** Address of the server, under which the pages of surveys lie. */
  publicUrl: string;
}

interface Waiting {
  ticketId: string;
  number: string;
  status: TicketStatus;
  trigger: string;
  kind: SurveyKind;
  texts: Record<string, SurveyTexts>;
  language: string | null;
  customerId: string | null;
  isActive: boolean;
  isMerged: boolean;
  isOver: boolean;
  isByHand: boolean;
  isResting: boolean;
  /** Something we say in the ticket is still on its way. */
  isAnswering: boolean;
}

const LOOK_AGAIN_MS = 10_000;

/**
 * Asks one customer, on the channel they came by and in their language, unless there is a reason not to any more. The invitation
 * is held meanwhile and the message is kept with it in one transaction: running it again asks nobody twice.
 */
export async function sendInvitation(tx: Tx, { outbox, publicUrl }: SurveyPost, invitationId: string): Promise<void> {
  await holdAsked(tx, invitationId);
  const waiting = await holdInvitation(tx, invitationId);
  if (!waiting) return;
  const reason = reasonNotTo(waiting);
  if (reason) return settle(tx, invitationId, { state: InvitationState.SKIPPED, skipped_because: reason });
  if (waiting.isAnswering) {
    // Whoever waits for our last word is not asked before they have it.
    const key = { key: `survey:${invitationId}`, runAt: new Date(Date.now() + LOOK_AGAIN_MS) };
    return enqueue(tx, SEND_SURVEY, { invitationId }, key);
  }
  const token = randomBytes(32).toString('base64url');
  const language = surveyLanguage(waiting.language);
  const { least, most } = SCALES[waiting.kind];
  const text = SURVEY_WORDS[language].invitation({
    question: questionOf(waiting.kind, waiting.texts, language),
    number: waiting.number,
    link: `${publicUrl}/survey/${token}`,
    least,
    most,
  });
  const { organizationId } = tx.scope;
  const viewer = new Viewer({ actor: tx.scope.actor, organizationId, role: Role.OWNER });
  await tx.query('savepoint asking');
  try {
    const { messageId } = await replyInTicket(
      tx,
      outbox,
      { viewer, language },
      {
        ticketId: waiting.ticketId,
        text,
        language,
        isAutomatic: true,
        // The link is theirs alone, also of who spoke in the open.
        visibility: ReplyVisibility.PRIVATE,
      },
    );
    await settle(tx, invitationId, {
      state: InvitationState.SENT,
      sent_at: new Date(),
      token_digest: surveyDigest(token),
      message_id: messageId,
      skipped_because: null,
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // No way leads to this customer: that is known now, and no reason to try again.
    await tx.query('rollback to savepoint asking');
    await settle(tx, invitationId, {
      state: InvitationState.FAILED,
      skipped_because: error.problems[0]?.code ?? 'INVALID',
    });
  }
}

export const surveyDigest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The language of the product that comes nearest to a language tag. */
export const surveyLanguage = (tag: string | null): Language =>
  (['es', 'pt', 'en'] as const).find(language => tag?.toLowerCase().startsWith(language)) ?? 'en';

/** Whoever is asked about two tickets is asked about one at a time: the second then sees that they rest. */
const holdAsked = (tx: Tx, invitationId: string): Promise<unknown> =>
  tx.query(
    `select pg_advisory_xact_lock(hashtextextended('survey ' || t.organization_id || coalesce(t.customer_id, t.identity_id, t.id), 0))
       from survey_invitations i join tickets t on t.organization_id = i.organization_id and t.id = i.ticket_id
      where i.organization_id = $1 and i.id = $2`,
    [tx.scope.organizationId, invitationId],
  );

async function holdInvitation(tx: Tx, invitationId: string): Promise<Waiting | undefined> {
  const [row] = await tx.query<Waiting>(
    `select t.id as "ticketId", t.number, t.status, t.customer_id as "customerId", t.merged_into_id is not null as "isMerged",
            s.trigger, s.kind, s.texts, s.is_active as "isActive", i.language, i.expires_at < now() as "isOver",
            i.skipped_because is not distinct from 'BY_HAND' as "isByHand",
            exists (select 1 from ticket_messages m
                     where m.organization_id = t.organization_id and m.ticket_id = t.id and m.state in ('SCHEDULED', 'QUEUED', 'SENDING')
                       and not m.is_automatic) as "isAnswering",
            exists (select 1 from survey_invitations o
                     where o.organization_id = i.organization_id and o.id <> i.id and o.sent_at > now() - make_interval(days => s.rest_days)
                       and case when t.customer_id is not null then o.customer_id = t.customer_id
                                else o.ticket_id in (select u.id from tickets u
                                                      where u.organization_id = t.organization_id and u.identity_id = t.identity_id) end)
              as "isResting"
       from survey_invitations i
       join surveys s on s.organization_id = i.organization_id and s.id = i.survey_id
       join tickets t on t.organization_id = i.organization_id and t.id = i.ticket_id
      where i.organization_id = $1 and i.id = $2 and i.state = 'WAITING' for update of i`,
    [tx.scope.organizationId, invitationId],
  );
  return row;
}

function reasonNotTo(waiting: Waiting): string | null {
  if (waiting.isMerged) return 'MERGED';
  if (!waiting.isActive) return 'INACTIVE';
  if (waiting.isOver) return 'OVER';
  if (waiting.isByHand) return null;
  if (!isDone(waiting.status)) return 'REOPENED';
  return waiting.isResting ? 'RESTING' : null;
}

async function settle(tx: Tx, invitationId: string, columns: Record<string, unknown>): Promise<void> {
  const names = Object.keys(columns);
  await tx.query(
    `update survey_invitations set ${names.map((name, at) => `${name} = $${at + 3}`).join(', ')} where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, invitationId, ...Object.values(columns)],
  );
}
