import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

exportSection('complaints', async (context, customerId) => {
  if (!context.viewer.may('tickets:read')) return [];
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(context.viewer, 'OF_TICKET', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string; ticketId: string }>(
    `select t.id, t.ticket_id as "ticketId", t.stage, t.severity, t.wanted, t.received_at as "receivedAt", t.acknowledged_at as "acknowledgedAt",
            t.answered_at as "answeredAt", t.outcome, t.answer, t.remedy, t.appealed_at as "appealedAt", t.appeal_reason as "appealReason",
            t.appeal_answered_at as "appealAnsweredAt", t.appeal_outcome as "appealOutcome", t.appeal_answer as "appealAnswer"
       from complaints t where ${conditions.join(' and ')} order by t.received_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({ ...row, id: publicId('complaint', row.id), ticketId: publicId('ticket', row.ticketId) }));
});
