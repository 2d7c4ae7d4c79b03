import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, requiredText, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { cleanText } from '../../../platform/text.js';
import { Role, type Viewer, visibleId } from '../../access/index.js';
import { requireRoomFor } from '../tickets/customer-limits.service.js';
import { lockTicket, tellTickets } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { Complaint } from './complaint.entity.js';
import type {
  AnswerComplaintInput,
  AppealComplaintInput,
  ComplaintInput,
  RegisterComplaintInput,
  SetComplaintProcedureInput,
  UpdateComplaintInput,
} from './complaint.inputs.js';
import { type ComplaintMove, ComplaintSeverity, ComplaintStepKind, stageAfter, stepsFrom } from './complaint.rules.js';
import { ComplaintProcedure } from './complaint-procedure.entity.js';

type Outcome = { complaintId: string };

const MOST = { wanted: 2000, answer: 10_000, remedy: 2000, reason: 5000 };

// By `complaints_customer_idx`; $1 organisation, $2 customer.
const REGISTERED = 'select t.received_at as at from complaints t where t.organization_id = $1 and t.customer_id = $2';

/**
 * Registers a ticket as a complaint, once, or the customer does so with its own; its deadlines run from when it reached us. Throws
 * `InputError`, and RATE_LIMITED for a customer that registered too many.
 */
export async function registerComplaint(tx: Tx, viewer: Viewer, input: RegisterComplaintInput): Promise<Outcome> {
  const isOwn = viewer.role === Role.CUSTOMER;
  await requireRoomFor(tx, viewer, REGISTERED);
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
  if (ticket.mergedIntoId) throw invalid('ticketId', 'It became a part of another ticket.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const wanted = optionalText(problems, 'wanted', input.wanted, MOST.wanted);
  if (isOwn) refuseInner(problems, input);
  // What a customer complains of may be long ago; that it complains, we hear now.
  const receivedAt = new Date(input.receivedAt ?? (isOwn ? Date.now() : ticket.openedAt));
  if (receivedAt > new Date()) report(problems, 'receivedAt', 'It lies in the future.');
  throwAny(problems);
  const { acknowledgeDays, answerDays } = await procedureOf(tx);
  const complaintId = newId();
  const registered = await tx.query(
    `insert into complaints (organization_id, id, ticket_id, customer_id, severity, wanted, received_at, acknowledge_by, answer_by)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + make_interval(days => $8), $7::timestamptz + make_interval(days => $9))
     on conflict (organization_id, ticket_id) do nothing returning id`,
    [
      tx.scope.organizationId,
      complaintId,
      ticket.id,
      ticket.customerId,
      input.severity ?? ComplaintSeverity.MEDIUM,
      wanted,
      receivedAt,
      acknowledgeDays,
      answerDays,
    ],
  );
  if (registered.length === 0) throw invalid('ticketId', 'It is registered as a complaint already.', 'TAKEN');
  await tx.query(
    `update tickets set type = 'COMPLAINT', version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and id = $2 and type is distinct from 'COMPLAINT'`,
    [tx.scope.organizationId, ticket.id],
  );
  await recordStep(tx, { complaintId, ticketId: ticket.id }, ComplaintStepKind.REGISTERED);
  return { complaintId };
}

/** What is weighed among us. */
function refuseInner(problems: Problems, input: RegisterComplaintInput): void {
  for (const field of ['severity', 'receivedAt'] as const)
    if (input[field] != null) report(problems, field, 'That is not for its customer to say.', 'NOT_ALLOWED');
}

export async function updateComplaint(tx: Tx, viewer: Viewer, input: UpdateComplaintInput): Promise<Outcome> {
  const known = await lockComplaint(tx, viewer, input);
  const problems: Problems = [];
  const wanted = input.wanted === undefined ? undefined : optionalText(problems, 'wanted', input.wanted, MOST.wanted);
  throwAny(problems);
  return change(tx, known, ComplaintStepKind.CHANGED, {
    ...(wanted !== undefined && { wanted }),
    ...(input.severity && { severity: input.severity }),
  });
}

export async function acknowledgeComplaint(tx: Tx, viewer: Viewer, input: ComplaintInput): Promise<Outcome> {
  const known = await lockComplaint(tx, viewer, input);
  return step(tx, known, 'ACKNOWLEDGED', { acknowledged_at: new Date() });
}

/** Decides a complaint; the customer may then appeal for as long as the procedure says. */
export async function answerComplaint(tx: Tx, viewer: Viewer, input: AnswerComplaintInput): Promise<Outcome> {
  const known = await lockComplaint(tx, viewer, input);
  const problems: Problems = [];
  const answer = requiredText(problems, 'answer', input.answer, MOST.answer);
  const remedy = optionalText(problems, 'remedy', input.remedy, MOST.remedy);
  throwAny(problems);
  const { appealDays } = await procedureOf(tx);
  const now = new Date();
  return step(tx, known, 'ANSWERED', {
    answered_at: now,
    // An answer acknowledges, too.
    acknowledged_at: known.acknowledgedAt ?? now,
    outcome: input.outcome,
    answer,
    remedy,
    appeal_until: inDays(now, appealDays),
  });
}

/** The customer itself, or staff for it, does not accept the answer. */
export async function appealComplaint(tx: Tx, viewer: Viewer, input: AppealComplaintInput): Promise<Outcome> {
  const known = await lockComplaint(tx, viewer, input);
  const problems: Problems = [];
  const reason = requiredText(problems, 'reason', input.reason, MOST.reason);
  throwAny(problems);
  const now = new Date();
  if (known.appealUntil && new Date(known.appealUntil) < now && viewer.role === Role.CUSTOMER)
    throw invalid('id', `It could be appealed until ${known.appealUntil}.`, 'NOT_ALLOWED');
  const { appealAnswerDays } = await procedureOf(tx);
  return step(tx, known, 'APPEALED', {
    appealed_at: now,
    appeal_reason: reason,
    appeal_answer_by: inDays(now, appealAnswerDays),
  });
}

/** Decides an appeal, by somebody else than who decided the complaint. */
export async function answerAppeal(tx: Tx, viewer: Viewer, input: AnswerComplaintInput): Promise<Outcome> {
  const known = await lockComplaint(tx, viewer, input);
  const problems: Problems = [];
  const answer = requiredText(problems, 'answer', input.answer, MOST.answer);
  const remedy = optionalText(problems, 'remedy', input.remedy, MOST.remedy);
  throwAny(problems);
  const [before] = await tx.query<{ by: string }>(
    `select made_by as by from complaint_steps where organization_id = $1 and complaint_id = $2 and kind = 'ANSWERED' order by made_at desc limit 1`,
    [tx.scope.organizationId, known.id],
  );
  if (before?.by === tx.scope.actor)
    throw invalid('id', 'An appeal is decided by somebody else than the complaint was.', 'NOT_ALLOWED');
  return step(tx, known, 'APPEAL_ANSWERED', {
    appeal_answered_at: new Date(),
    appeal_outcome: input.outcome,
    appeal_answer: answer,
    ...(remedy && { remedy }),
  });
}

export async function closeComplaint(tx: Tx, viewer: Viewer, input: ComplaintInput): Promise<Outcome> {
  return step(tx, await lockComplaint(tx, viewer, input), 'CLOSED', {});
}

export async function withdrawComplaint(tx: Tx, viewer: Viewer, input: ComplaintInput): Promise<Outcome> {
  return step(tx, await lockComplaint(tx, viewer, input), 'WITHDRAWN', {});
}

/** Deadlines of complaints that are registered from now on. */
export async function setComplaintProcedure(
  tx: Tx,
  input: SetComplaintProcedureInput,
): Promise<{ procedure: ComplaintProcedure }> {
  const problems: Problems = [];
  const days = {
    acknowledgeDays: [input.acknowledgeDays, 0],
    answerDays: [input.answerDays, 1],
    appealDays: [input.appealDays, 0],
    appealAnswerDays: [input.appealAnswerDays, 1],
  } as const;
  for (const [field, [value, least]] of Object.entries(days)) {
    if (value != null && (value < least || value > 365)) report(problems, field, `It lies from ${least} to 365.`);
  }
  throwAny(problems);
  const [procedure] = await tx.query<ComplaintProcedure>(
    `insert into complaint_procedures as t (organization_id, acknowledge_days, answer_days, appeal_days, appeal_answer_days)
     values ($1, coalesce($2, 2), coalesce($3, 15), coalesce($4, 30), coalesce($5, 30))
     on conflict (organization_id) do update set acknowledge_days = coalesce($2, t.acknowledge_days), answer_days = coalesce($3, t.answer_days),
            appeal_days = coalesce($4, t.appeal_days), appeal_answer_days = coalesce($5, t.appeal_answer_days), version = t.version + 1
     returning ${columnsOf(ComplaintProcedure)}`,
    [
      tx.scope.organizationId,
      input.acknowledgeDays ?? null,
      input.answerDays ?? null,
      input.appealDays ?? null,
      input.appealAnswerDays ?? null,
    ],
  );
  return { procedure: procedure! };
}

/** What holds until an organisation says otherwise. */
export const USUAL_PROCEDURE = { acknowledgeDays: 2, answerDays: 15, appealDays: 30, appealAnswerDays: 30, version: 0 };

async function procedureOf(tx: Tx): Promise<typeof USUAL_PROCEDURE> {
  const [row] = await tx.query<ComplaintProcedure>(
    `select ${columnsOf(ComplaintProcedure)} from complaint_procedures t where organization_id = $1`,
    [tx.scope.organizationId],
  );
  return row ?? USUAL_PROCEDURE;
}

async function lockComplaint(tx: Tx, viewer: Viewer, { id, version }: ComplaintInput): Promise<Complaint> {
  const stored = await visibleId(tx, viewer, Complaint, id);
  const [complaint] = await tx.query<Complaint>(
    `select ${columnsOf(Complaint)} from complaints t where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, stored],
  );
  if (version != null && version !== complaint!.version) throw staleVersion('complaint', complaint!.version);
  return complaint!;
}

function step(tx: Tx, known: Complaint, kind: ComplaintMove, columns: Record<string, unknown>): Promise<Outcome> {
  const stage = stageAfter(known.stage, kind);
  if (!stage) {
    const possible = stepsFrom(known.stage);
    const next =
      possible.length > 0 ? `from there it becomes ${possible.join(' or ')}.` : 'nothing more is done with it.';
    throw invalid('id', `It is ${known.stage}, and cannot become ${kind}: ${next}`, 'NOT_ALLOWED');
  }
  return change(tx, known, kind as ComplaintStepKind, { ...columns, stage });
}

async function change(
  tx: Tx,
  known: Complaint,
  kind: ComplaintStepKind,
  columns: Record<string, unknown>,
): Promise<Outcome> {
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update complaints set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = ${organization} and id = ${id}`,
    parameters.values,
  );
  await recordStep(tx, { complaintId: known.id, ticketId: known.ticketId }, kind);
  return { complaintId: known.id };
}

async function recordStep(
  tx: Tx,
  { complaintId, ticketId }: { complaintId: string; ticketId: string },
  kind: ComplaintStepKind,
): Promise<void> {
  await tx.query(
    'insert into complaint_steps (organization_id, id, complaint_id, kind, made_by) values ($1, $2, $3, $4, $5)',
    [tx.scope.organizationId, newId(), complaintId, kind, tx.scope.actor],
  );
  await tellTickets(tx, [{ ticketId, change: TicketChange.UPDATED, at: new Date() }]);
}

const inDays = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

function optionalText(problems: Problems, field: string, raw: string | null | undefined, most: number): string | null {
  const text = cleanText(raw ?? '');
  if (text.length > most) report(problems, field, `It has at most ${most} characters.`, 'TOO_LONG');
  return text || null;
}
