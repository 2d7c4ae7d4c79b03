import { recordEvents } from '../../../events/index.js';
import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import { addressPost, keepReply, type Network, type Outbox, PostKind, ReplyVisibility } from '../../social/index.js';
import { channelOfPost } from '../tickets/channel.rules.js';
import { addMessages } from '../tickets/message.service.js';
import { tellTickets, writeTickets } from '../tickets/ticket.queries.js';
import { TicketChange, TicketMessageKind, type TicketMessageVisibility } from '../tickets/ticket.states.rules.js';
import type { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import { machineWriter } from './acknowledging.service.js';
import { careLanguage } from './care.words.js';
import { IncidentStatus } from './incident.entity.js';
import { lockIncident, writeIncident } from './incident.service.js';

/** The job that sends the answers of an incident, each in a transaction of its own. */
export const ANSWER_TASK = 'care.answer';

const SOLVED_AT_ONCE = 100;

/**
 * Has everybody answered who speaks of an incident and has not been: what each said last is what is answered. Once more answers
 * those who came since, nobody twice.
 */
export async function answerIncident(
  tx: Tx,
  input: { id: string; version?: number | null; visibility: ReplyVisibility },
): Promise<{ incidentId: string }> {
  const known = await lockIncident(tx, input);
  if (Object.keys(known.answers).length === 0)
    throw invalid('id', 'It has no answer yet: write one in at least one language first.', 'REQUIRED');
  await tx.query(
    `insert into incident_answers (organization_id, incident_id, identity_id, post_id, visibility, requested_by)
     select $1, $2, l.author_id, l.id, $3, $4
       from (select distinct on (coalesce(a.customer_id, a.id)) p.id, p.author_id, a.customer_id
               from incident_posts i
               join posts p on p.organization_id = i.organization_id and p.id = i.post_id and p.deleted_at is null and not p.own and not p.auto
               join social_identities a on a.organization_id = p.organization_id and a.id = p.author_id
              where i.organization_id = $1 and i.incident_id = $2 and not i.is_out
              order by coalesce(a.customer_id, a.id), p.occurred_at desc, p.id desc) l
      where l.customer_id is null or not exists (
        select 1 from incident_answers d
          join social_identities s on s.organization_id = d.organization_id and s.id = d.identity_id
         where d.organization_id = $1 and d.incident_id = $2 and s.customer_id = l.customer_id)
     on conflict do nothing`,
    [tx.scope.organizationId, known.id, input.visibility, tx.scope.actor],
  );
  await writeIncident(tx, known.id, {
    answered_at: new Date(),
    ...(known.status === IncidentStatus.OPEN && { status: IncidentStatus.ANSWERED }),
  });
  await enqueue(tx, ANSWER_TASK, { incidentId: known.id }, { key: `answer:${known.id}` });
  return { incidentId: known.id };
}

/** Sends what waits, one after the other; stopped anywhere, it goes on where it was. */
export async function sendAnswers(
  database: Database,
  scope: Scope,
  outbox: Outbox,
  incidentId: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const isLeft = await database.write(scope, tx => answerOne(tx, outbox, incidentId));
    if (!isLeft) return;
  }
  // What is left is taken up by whoever runs next.
  await database.write(scope, tx => enqueue(tx, ANSWER_TASK, { incidentId }, { key: `answer:${incidentId}` }));
}

interface Waiting {
  identityId: string;
  postId: string;
  visibility: ReplyVisibility;
  requestedBy: string;
  kind: PostKind;
  network: Network;
  title: string | null;
  language: string;
  answers: Record<string, string>;
  ticketId: string | null;
  defaultLanguage: string;
}

async function answerOne(tx: Tx, outbox: Outbox, incidentId: string): Promise<boolean> {
  const { organizationId } = tx.scope;
  const [waiting] = await tx.query<Waiting>(
    `select a.identity_id as "identityId", a.post_id as "postId", a.visibility, a.requested_by as "requestedBy", p.kind, p.network, p.title,
            p.language, i.answers, m.ticket_id as "ticketId", o.default_language as "defaultLanguage"
       from incident_answers a
       join incidents i on i.organization_id = a.organization_id and i.id = a.incident_id
       join posts p on p.organization_id = a.organization_id and p.id = a.post_id
       join organizations o on o.id = a.organization_id
       left join ticket_messages m on m.organization_id = a.organization_id and m.post_id = a.post_id
      where a.organization_id = $1 and a.incident_id = $2 and a.state = 'WAITING'
      order by a.identity_id limit 1 for update of a skip locked`,
    [organizationId, incidentId],
  );
  if (!waiting) return false;
  await tx.query('savepoint answer');
  let outcome: { state: string; replyId: string | null; refusal: string | null };
  try {
    outcome = { state: 'SENT', replyId: await say(tx, outbox, waiting), refusal: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await tx.query('rollback to savepoint answer');
    outcome = { state: 'REFUSED', replyId: null, refusal: error.problems[0]?.message.slice(0, 500) ?? '' };
  }
  await tx.query(
    `update incident_answers set state = $4, reply_id = $5, refusal = $6, updated_at = now()
      where organization_id = $1 and incident_id = $2 and identity_id = $3`,
    [organizationId, incidentId, waiting.identityId, outcome.state, outcome.replyId, outcome.refusal],
  );
  await recordEvents(tx, [{ type: 'incident.changed', subjectId: incidentId }]);
  return true;
}

async function say(tx: Tx, outbox: Outbox, waiting: Waiting): Promise<string> {
  const { answers, ticketId, network, postId, requestedBy } = waiting;
  const language = careLanguage(waiting.language, waiting.defaultLanguage);
  const text = answers[language] ?? answers[careLanguage(waiting.defaultLanguage)] ?? Object.values(answers)[0] ?? '';
  const writer = machineWriter(tx.scope.organizationId, requestedBy, language);
  const addressed = await addressPost(tx, writer.viewer, { postId: publicId('post', postId) });
  const visibility = waiting.kind === PostKind.DIRECT_MESSAGE ? ReplyVisibility.PRIVATE : waiting.visibility;
  const { replyId } = await keepReply(tx, outbox, writer, addressed, { text, visibility, splitIntoThread: true });
  if (ticketId) {
    const [reply] = await tx.query<{ state: TicketMessageState; visibility: TicketMessageVisibility }>(
      'select state, visibility from replies where organization_id = $1 and id = $2',
      [tx.scope.organizationId, replyId],
    );
    await addMessages(tx, [
      {
        ticketId,
        kind: TicketMessageKind.AGENT,
        channel: channelOfPost(waiting),
        network,
        visibility: reply!.visibility,
        state: reply!.state,
        replyId,
        isHeld: reply!.state === 'AWAITING_APPROVAL',
        author: requestedBy,
        occurredAt: new Date(),
      },
    ]);
  }
  return replyId;
}

/** Solves the tickets of an incident that are not done, some a transaction; stopped anywhere, it goes on where it was. */
export async function solveTickets(
  database: Database,
  scope: Scope,
  incidentId: string,
  signal: AbortSignal,
): Promise<void> {
  const solveSome = async (tx: Tx): Promise<number> => {
    const tickets = await tx.query<{ id: string }>(
      `select id from tickets where organization_id = $1 and incident_id = $2 and status not in ('SOLVED', 'CLOSED')
        order by id limit ${SOLVED_AT_ONCE} for update`,
      [scope.organizationId, incidentId],
    );
    const ids = tickets.map(({ id }) => id);
    const at = new Date();
    await writeTickets(tx, ids, { status: 'SOLVED', solved_at: at, waiting_since: null, snoozed_until: null });
    await tellTickets(
      tx,
      ids.map(ticketId => ({ ticketId, change: TicketChange.STATUS_CHANGED, at })),
    );
    if (ids.length > 0) await recordEvents(tx, [{ type: 'incident.changed', subjectId: incidentId }]);
    return ids.length;
  };
  while ((await database.write(scope, solveSome)) > 0) {
    if (signal.aborted) throw new Error('The tickets left are solved when it is tried again.');
  }
}
