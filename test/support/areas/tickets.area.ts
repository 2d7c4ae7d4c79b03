import { randomBytes, randomUUID } from 'node:crypto';
import { publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const fresh = () => randomBytes(6).toString('hex');

export const tickets: Area = {
  byName: {
    ticketId: 'ticket',
    ticketIds: 'ticket',
    messageId: 'ticket_message',
    messageIds: 'ticket_message',
    categoryId: 'ticket_category',
    mergedIntoId: 'ticket',
    viewId: 'ticket_view',
    linkId: 'ticket_link',
    // An id of another type, until there are queues.
    queueId: 'team',
  },
  byField: {
    ...Object.fromEntries(
      [
        'openTicket',
        'openTickets',
        'updateTicket',
        'updateTickets',
        'tickets',
        'ticketChanged',
        'createTicketView',
        'updateTicketView',
      ].map(field => [`${field}.parentId`, 'other_ticket']),
    ),
    'createTicketCategory.parentId': 'ticket_category',
    'updateTicketCategory.parentId': 'other_category',
    'ticketCategories.parentId': 'ticket_category',
    'mergeTickets.survivorId': 'other_ticket',
    'mergeTickets.mergedId': 'ticket',
    'linkTickets.fromId': 'ticket',
    'linkTickets.toId': 'other_ticket',
  },
  byMutation: [
    [/^unmergeTicket$/, 'merged_ticket'],
    [/^reopenTicket$/, 'solved_ticket'],
    [/TicketCategory$/, 'ticket_category'],
    [/TicketView$/, 'ticket_view'],
    [/Tickets?$/, 'ticket'],
  ],
  sensible: {
    closeTicket: [['input.closeParts', () => true]],
    closeTickets: [['input.closeParts', () => true]],
    followTicket: [['input.memberId', own => own.ids['member']]],
    unfollowTicket: [['input.memberId', own => own.ids['member']]],
    linkTickets: [['input.kind', () => 'DUPLICATES']],
    createTicketCategory: [['input.name', fresh]],
    createTicketView: [['input.teamId', own => own.ids['team']]],
    ticketByNumber: [['number', own => `${own.marker} 1`.toUpperCase()]],
  },
  byType: { Ticket: 'ticket', TicketEvent: 'ticket', TicketMessage: 'ticket_message' },
  async plant(put, { marker, now, customer, member, team, linkedIdentity, post, conversation, reply, kept }) {
    const category = await put('ticket_categories', { name: marker }, 'ticket_category');
    await put('ticket_categories', { name: `${marker} 2` }, 'other_category');
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
    await put('tickets', { ...own, number: `${marker} 3`, status: 'SOLVED', solved_at: now }, 'solved_ticket');
    const merged = await put(
      'tickets',
      { ...own, number: `${marker} 4`, status: 'CLOSED', closed_at: now, merged_into_id: other },
      'merged_ticket',
    );
    await put(
      'ticket_merges',
      { survivor_id: other, merged_id: merged, merged_by: 'system:test', reason: marker, former: { status: 'NEW' } },
      'ticket_merge',
    );
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
  prefixes: {
    other_category: 'ticket_category',
    solved_ticket: 'ticket',
    merged_ticket: 'ticket',
    other_ticket: 'ticket',
    ticket_note: 'ticket_message',
    ticket_reply: 'ticket_message',
  },
  rows({ customer, identity, id, moment, name, maybe, kept }) {
    const longTicket = randomUUID();
    kept['ticket'] = longTicket;
    // Kept by the area of incidents, before any of these.
    kept['incident'] = randomUUID();
    const ticketColumns = { number: 'gen_random_uuid()::text', channel: `'MANUAL'`, created_by: `'system:test'` };
    return {
      first: [
        [
          'tickets',
          {
            ...ticketColumns,
            id: `'${longTicket}'::uuid`,
            subject: name,
            customer_id: `'${customer}'`,
            opened_at: moment,
            created_at: moment,
            updated_at: moment,
          },
        ],
      ],
      parents: { Ticket: publicId('ticket', longTicket) },
      tables: {
        ticket_categories: { id, name: `${name} || gen_random_uuid()`, created_at: moment },
        ticket_messages: {
          id,
          ticket_id: `'${longTicket}'::uuid`,
          kind: `'NOTE'`,
          channel: `'MANUAL'`,
          visibility: `'INTERNAL'`,
          state: `'KEPT'`,
          note: name,
          occurred_at: moment,
        },
        ticket_revisions: {
          ticket_id: `'${longTicket}'::uuid`,
          changed_at: `${moment} + random() * interval '1 day'`,
          changed_by: `'system:test'`,
          status: `'NEW'`,
          priority: `'NORMAL'`,
        },
        tickets: {
          incident_id: `'${kept['incident']}'::uuid`,
          id,
          // The queue whose list of tickets is long.
          queue_id: `(select q.id from support_queues q where q.organization_id = $1 and q.name = 'Norte')`,
          number: `gen_random_uuid()::text`,
          subject: name,
          channel: `'MANUAL'`,
          parent_id: `'${longTicket}'::uuid`,
          priority: `(array['LOW', 'NORMAL', 'HIGH', 'URGENT'])[ceil(random() * 4)::int]`,
          waiting_since: maybe(moment),
          resolution_due_at: maybe(moment),
          identity_id: `'${identity}'`,
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
