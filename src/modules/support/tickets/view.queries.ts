import { AppError } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { type PageArguments, Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext, Viewer } from '../../access/index.js';
import { TicketView } from './ticket-view.entity.js';

export interface ViewScope {
  ownerId: string | null;
  teamId: string | null;
}

/** Of the views `t` those that the viewer sees: one's own, those of one's teams and everybody's; who manages support, every team's. */
export function viewCondition(viewer: Viewer, parameters: Parameters): string {
  // A filter of staff may be by what others are not to see.
  if (!viewer.may('support:read')) return 'false';
  const rules = [
    viewer.memberId && `t.owner_id = ${parameters.add(viewer.memberId, 'uuid')}`,
    viewer.may('support:manage')
      ? 't.owner_id is null'
      : `(t.owner_id is null and (t.team_id is null or t.team_id = any (${parameters.add(viewer.teamIds, 'uuid[]')})))`,
  ].filter(Boolean);
  return `(${rules.join(' or ')})`;
}

/** The views the viewer sees, in their order. */
export function ticketViews(context: RequestContext): Promise<TicketView[]> {
  const parameters = new Parameters();
  const visible = viewCondition(context.viewer, parameters);
  return context.read<TicketView>(
    `select ${columnsOf(TicketView)} from ticket_views t where ${visible} order by t.position, t.id limit 500`,
    parameters.values,
  );
}

/** Views by their stored ids, where the viewer sees them. */
export const viewById: LoaderDefinition<RequestContext, string, TicketView | null> = {
  name: 'ticketView.byId',
  async batch(context, ids) {
    const parameters = new Parameters();
    const conditions = [`t.id = any (${parameters.add(ids, 'uuid[]')})`, viewCondition(context.viewer, parameters)];
    const rows = await context.read<TicketView>(
      `select ${columnsOf(TicketView)} from ticket_views t where ${conditions.join(' and ')}`,
      parameters.values,
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? null);
  },
};

/** What is asked for, and what a saved view (public id) says, together. Throws BAD_USER_INPUT for one that the viewer does not see. */
export async function throughView(
  context: RequestContext,
  viewId: string,
  args: PageArguments,
): Promise<PageArguments> {
  const stored = storedId('ticket_view', viewId);
  const view = stored && (await context.load(viewById, stored));
  if (!view) throw new AppError('BAD_USER_INPUT', 'There is no such view, or you may not see it.');
  return {
    ...args,
    filter: { and: [view.filter, args.filter ?? {}] },
    orderBy: args.orderBy?.length ? args.orderBy : view.orderBy,
  };
}
