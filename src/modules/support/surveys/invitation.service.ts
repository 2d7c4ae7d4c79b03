import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { onTickets } from '../tickets/ticket.hooks.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { Survey } from './survey.entity.js';

/** The job that asks one customer. */
export const SEND_SURVEY = 'survey:send';

// Whoever was helped is asked, as the surveys of the organisation say; what is opened again meanwhile is not asked about.
onTickets('AFTER', async (tx, moments) => {
  const moved = moments.filter(({ change }) => change === TicketChange.STATUS_CHANGED);
  if (moved.length > 0)
    await invite(
      tx,
      moved.map(({ ticketId }) => ticketId),
    );
});

interface Invited {
  id: string;
  dueAt: string;
}

/** What an invitation keeps of its ticket `t` and its survey `s`. */
const INVITATION = `s.id, t.id, t.customer_id, coalesce(t.language, c.language), t.channel, t.assignee_id, t.team_id`;
const OF_TICKETS = 'tickets t left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id';

/** Has those of the tickets asked about that were just solved or closed, where a survey says so. */
async function invite(tx: Tx, ticketIds: string[]): Promise<void> {
  const invited = await tx.query<Invited>(
    `insert into survey_invitations as i
            (organization_id, id, survey_id, ticket_id, customer_id, language, channel, member_id, team_id, due_at, expires_at)
     select $1, gen_random_uuid(), ${INVITATION}, now() + make_interval(mins => s.delay_minutes),
            now() + make_interval(mins => s.delay_minutes, days => s.valid_days)
       from surveys s, ${OF_TICKETS}
      where s.organization_id = $1 and s.is_active and t.organization_id = $1 and t.id = any ($2::uuid[])
        and s.trigger = t.status and t.merged_into_id is null
        and (s.channels = '{}' or t.channel = any (s.channels)) and (s.types = '{}' or t.type = any (s.types))
     on conflict (organization_id, ticket_id, survey_id) do update
        set state = 'WAITING', skipped_because = null, due_at = excluded.due_at, expires_at = excluded.expires_at,
            member_id = excluded.member_id, team_id = excluded.team_id, language = excluded.language
      where i.state in ('WAITING', 'SKIPPED')
     returning id, due_at as "dueAt"`,
    [tx.scope.organizationId, ticketIds],
  );
  await queueInvitations(tx, invited);
}

async function queueInvitations(tx: Tx, invited: readonly Invited[]): Promise<void> {
  for (const { id, dueAt } of invited)
    await enqueue(tx, SEND_SURVEY, { invitationId: id }, { key: `survey:${id}`, runAt: new Date(dueAt) });
}

/** Asks the customer of one ticket now, whenever it was asked last. Throws `InputError` where that was done already. */
export async function sendSurvey(
  tx: Tx,
  viewer: Viewer,
  input: { surveyId: string; ticketId: string },
): Promise<{ ticketId: string }> {
  const surveyId = await visibleId(tx, viewer, Survey, input.surveyId, 'surveyId');
  const ticketId = await visibleId(tx, viewer, Ticket, input.ticketId, 'ticketId');
  const invited = await tx.query<Invited>(
    `insert into survey_invitations as i
            (organization_id, id, survey_id, ticket_id, customer_id, language, channel, member_id, team_id, due_at, expires_at, skipped_because)
     select $1, $4, ${INVITATION}, now(), now() + make_interval(days => s.valid_days), 'BY_HAND'
       from surveys s, ${OF_TICKETS}
      where s.organization_id = $1 and s.id = $2 and s.is_active and t.organization_id = $1 and t.id = $3 and t.merged_into_id is null
     on conflict (organization_id, ticket_id, survey_id) do update
        set state = 'WAITING', skipped_because = 'BY_HAND', due_at = excluded.due_at, expires_at = excluded.expires_at
      where i.state <> 'SENT'
     returning id, due_at as "dueAt"`,
    [tx.scope.organizationId, surveyId, ticketId, newId()],
  );
  if (invited.length === 0)
    throw invalid('ticketId', 'They were asked about it already, or the survey is not in use.', 'NOT_ALLOWED');
  await queueInvitations(tx, invited);
  return { ticketId };
}
