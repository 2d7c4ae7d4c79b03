import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

exportSection('surveyResponses', async (context, customerId) => {
  if (!context.viewer.may('tickets:read')) return [];
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(context.viewer, 'OF_TICKET', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string; ticketId: string }>(
    `select t.id, t.kind, t.score, t.channel, t.ticket_id as "ticketId", t.answered_at as "answeredAt"
       from survey_responses t where ${conditions.join(' and ')} order by t.answered_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({
    ...row,
    id: publicId('survey_response', row.id),
    ticketId: publicId('ticket', row.ticketId),
  }));
});
