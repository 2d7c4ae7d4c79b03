import type { Area } from './area.js';

export const tickets: Area = {
  byName: { ticketId: 'ticket', ticketIds: 'ticket', messageId: 'ticket_message', categoryId: 'ticket_category' },
  byMutation: [[/Tickets?$/, 'ticket']],
  byType: { Ticket: 'ticket', TicketEvent: 'ticket', TicketMessage: 'ticket_message' },
  async plant(put, { marker, now, customer, member, team, linkedIdentity, post, conversation, reply, kept }) {
    const category = await put('ticket_categories', { name: marker }, 'ticket_category');
    const own = {
      subject: marker,
      description: marker,
      channel: 'MANUAL',
      customer_id: customer,
      identity_id: linkedIdentity,
      category_id: category,
      tags: [marker],
      created_by: 'system:test',
      opened_at: now,
      created_at: now,
      updated_at: now,
    };
    const ticket = await put('tickets', { ...own, number: `${marker} 1`, source_post_id: post }, 'ticket');
    kept['ticket'] = ticket;
    const other = await put('tickets', { ...own, number: `${marker} 2`, parent_id: ticket }, 'other_ticket');
    const said = { ticket_id: ticket, channel: 'MANUAL', occurred_at: now };
    await put(
      'ticket_messages',
      { ...said, kind: 'CUSTOMER', visibility: 'PRIVATE', state: 'RECEIVED', post_id: post },
      'ticket_message',
    );
    await put(
      'ticket_messages',
      { ...said, kind: 'NOTE', visibility: 'INTERNAL', state: 'KEPT', note: marker, author: 'system:test' },
      'ticket_note',
    );
    await put(
      'ticket_messages',
      { ...said, kind: 'AGENT', visibility: 'PRIVATE', state: 'SCHEDULED', reply_id: reply, author: 'system:test' },
      'ticket_reply',
    );
    await put('ticket_conversations', { ticket_id: ticket, conversation_id: conversation });
    await put(
      'ticket_links',
      { from_ticket_id: ticket, to_ticket_id: other, kind: 'RELATES_TO', created_by: 'system:test' },
      'ticket_link',
    );
    await put('ticket_followers', { ticket_id: ticket, member_id: member });
    await put('ticket_views', { name: marker, team_id: team }, 'ticket_view');
  },
  prefixes: { other_ticket: 'ticket', ticket_note: 'ticket_message', ticket_reply: 'ticket_message' },
  rows({ customer, id, moment, name, maybe }) {
    return {
      tables: {
        tickets: {
          id,
          number: `gen_random_uuid()::text`,
          subject: name,
          channel: `'MANUAL'`,
          customer_id: `'${customer}'`,
          last_message_at: maybe(moment),
          created_by: `'system:test'`,
          opened_at: moment,
          created_at: moment,
          updated_at: moment,
        },
      },
    };
  },
};
