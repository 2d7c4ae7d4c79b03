import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

/** The ticket that each post (stored id) is in, where the viewer may see it. */
export const ticketOfPost: LoaderDefinition<RequestContext, string, Ticket | null> = {
  name: 'post.ticket',
  async batch(context, postIds) {
    if (!context.viewer.may('tickets:read')) return postIds.map(() => null);
    const parameters = new Parameters();
    const named = `m.post_id = any (${parameters.add(postIds, 'uuid[]')})`;
    const visible = visibleCondition(context.viewer, 'TICKET', 't', parameters);
    const rows = await context.read<Ticket & { postId: string }>(
      `select ${columnsOf(Ticket, 't')}, m.post_id as "postId" from ticket_messages m
         join tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
        where ${named}${visible ? ` and ${visible}` : ''}`,
      parameters.values,
    );
    const byPost = new Map(rows.map(row => [row.postId, row]));
    return postIds.map(id => byPost.get(id) ?? null);
  },
};
