import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { mediaOf, type StoredMedia } from '../../social/index.js';

/** What a message says and brings along, whether a post, a reply or itself carries it. */
export interface MessageContent {
  text: string;
  title: string | null;
  media: StoredMedia[];
}

const NOTHING: MessageContent = { text: '', title: null, media: [] };

/**
 * Content of messages (stored ids) that the viewer sees: whoever sees a message reads it, also where the post or the reply
 * behind it is hidden from them.
 */
export const contentOfMessage: LoaderDefinition<RequestContext, string, MessageContent> = {
  name: 'ticketMessage.content',
  async batch(context, ids) {
    const rows = await context.read<MessageContent & { id: string }>(
      `select m.id, coalesce(m.note, p.text, r.text, '') as text, p.title, coalesce(p.media, r.media, '[]') as media
         from ticket_messages m
         left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
         left join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
        where m.id = any ($1::uuid[])`,
      [ids],
      'ticketMessage.content',
    );
    // Of what goes with a reply by its address alone only the address is kept.
    const byId = new Map(
      rows.map(row => [
        row.id,
        { ...row, media: row.media.map(one => ({ ...one, kind: one.kind ?? mediaOf(one).kind })) },
      ]),
    );
    return ids.map(id => byId.get(id) ?? NOTHING);
  },
};

/** What a customer is shown of its ticket: a description in its own words, and how many messages it sees. */
export const shownToCustomer: LoaderDefinition<
  RequestContext,
  string,
  { description: string | null; messageCount: number }
> = {
  name: 'ticket.shownToCustomer',
  async batch(context, ids) {
    const parameters = new Parameters();
    const tickets = parameters.add(ids, 'uuid[]');
    const visible = visibleCondition(context.viewer, 'TICKET_MESSAGE', 'm', parameters) ?? 'true';
    const rows = await context.read<{ id: string; description: string | null; messageCount: number }>(
      `select t.id, s.count as "messageCount", case when s.has_description then t.description end as description
         from tickets t
         join lateral (select count(*)::integer as count, bool_or(m.kind = 'CUSTOMER' and m.note = t.description) as has_description
                         from ticket_messages m where m.organization_id = t.organization_id and m.ticket_id = t.id and ${visible}) s on true
        where t.id = any (${tickets})`,
      parameters.values,
      'ticket.shownToCustomer',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? { description: null, messageCount: 0 });
  },
};
