import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';

/** The ticket with each number that the viewer may see. */
export const ticketByNumber: LoaderDefinition<RequestContext, string, Ticket | null> = {
  name: 'ticket.byNumber',
  async batch(context, numbers) {
    const parameters = new Parameters();
    const conditions = [
      `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
      `t.number = any (${parameters.add(numbers, 'text[]')})`,
      visibleCondition(context.viewer, 'TICKET', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<Ticket>(
      `select ${columnsOf(Ticket)} from tickets t where ${conditions.join(' and ')}`,
      parameters.values,
    );
    const byNumber = new Map(rows.map(row => [row.number, row]));
    return numbers.map(number => byNumber.get(number) ?? null);
  },
};
