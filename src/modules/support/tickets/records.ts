import { defineRecord } from '../../../platform/schema/index.js';
import { foundBy } from './search.conditions.js';
import { Ticket } from './ticket.entity.js';
import { TicketCategory } from './ticket-category.entity.js';
import { TicketMessage } from './ticket-message.entity.js';

const DONE = "('SOLVED', 'CLOSED')";
const PRIORITY_RANK = "array_position('{LOW,NORMAL,HIGH,URGENT}'::text[], t.priority)";

export const ticketRecord = defineRecord({
  type: Ticket,
  name: 'tickets',
  prefix: 'ticket',
  visibility: 'TICKET',
  orders: {
    OPENED_AT: { sql: 't.opened_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    LAST_MESSAGE_AT: { sql: 't.last_message_at', type: 'timestamptz', nullable: true },
    WAITING_SINCE: { sql: 't.waiting_since', type: 'timestamptz', nullable: true },
    PRIORITY: { sql: PRIORITY_RANK, type: 'integer', nullable: false },
    RESOLUTION_DUE_AT: { sql: 't.resolution_due_at', type: 'timestamptz', nullable: true, hideable: 'sla' },
    NEXT_DUE: { sql: 't.next_due_at', type: 'timestamptz', nullable: true, hideable: 'sla' },
  },
  defaultOrder: [{ field: 'OPENED_AT', direction: 'DESC' }],
  totals: { from: 'ticket_counts t', count: 't.delta', filters: ['status', 'isOpen'] },
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'ticket' },
    number: { sql: 't.number', type: 'text' },
    subject: { sql: 't.subject', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    isOpen: { sql: '', type: 'boolean', build: is => `t.status ${is ? 'not in' : 'in'} ${DONE}` },
    priority: { sql: 't.priority', type: 'text' },
    type: { sql: 't.type', type: 'text' },
    channel: { sql: 't.channel', type: 'text' },
    network: { sql: 't.network', type: 'text' },
    language: { sql: 't.language', type: 'text' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    identityId: { sql: 't.identity_id', type: 'uuid', prefix: 'identity' },
    conversationId: { sql: 't.conversation_id', type: 'uuid', prefix: 'conversation' },
    assigneeId: { sql: 't.assignee_id', type: 'uuid', prefix: 'member', hideable: 'assignee' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team', hideable: 'team' },
    queueId: { sql: 't.queue_id', type: 'uuid', prefix: 'queue', hideable: 'queue' },
    isUnassigned: {
      sql: '',
      type: 'boolean',
      hideable: 'assignee',
      build: is => `t.assignee_id is ${is ? '' : 'not '}null`,
    },
    categoryId: { sql: 't.category_id', type: 'uuid', prefix: 'ticket_category' },
    reasonId: { sql: 't.reason_id', type: 'uuid', prefix: 'contact_reason', hideable: 'reason' },
    rootCauseId: { sql: 't.root_cause_id', type: 'uuid', prefix: 'contact_reason', hideable: 'rootCause' },
    parentId: { sql: 't.parent_id', type: 'uuid', prefix: 'ticket' },
    mergedIntoId: { sql: 't.merged_into_id', type: 'uuid', prefix: 'ticket' },
    tags: {
      sql: '',
      type: 'text[]',
      hideable: 'tags',
      build: (given, parameters) => {
        const { contains } = given as { contains?: string | null };
        return contains == null ? 'true' : `t.tags @> array[${parameters.add(contains, 'text')}]`;
      },
    },
    customFields: {
      sql: '',
      type: 'text',
      hideable: 'customFields',
      build: (given, parameters) =>
        (given as { key: string; eq: string }[])
          .map(({ key, eq }) => `t.custom_fields ->> ${parameters.add(key, 'text')} = ${parameters.add(eq, 'text')}`)
          .join(' and ') || 'true',
    },
    followedByMe: {
      sql: '',
      type: 'boolean',
      isPersonal: true,
      build: (is, parameters, { memberId }) => {
        const followed = memberId
          ? `t.id in (select f.ticket_id from ticket_followers f where f.member_id = ${parameters.add(memberId, 'uuid')})`
          : 'false';
        return is ? followed : `not ${followed}`;
      },
    },
    search: {
      sql: '',
      type: 'text',
      build: foundBy,
    },
    externalId: { sql: 't.external_id', type: 'text' },
    snoozed: {
      sql: '',
      type: 'boolean',
      hideable: 'snoozedUntil',
      build: is => (is ? 't.snoozed_until > now()' : '(t.snoozed_until is null or t.snoozed_until <= now())'),
    },
    breached: {
      sql: '',
      type: 'boolean',
      hideable: 'sla',
      build: is => `t.sla_breached_at is ${is ? 'not ' : ''}null`,
    },
    dueAt: { sql: 't.next_due_at', type: 'timestamptz', hideable: 'sla' },
    openedAt: { sql: 't.opened_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
    lastMessageAt: { sql: 't.last_message_at', type: 'timestamptz' },
    waitingSince: { sql: 't.waiting_since', type: 'timestamptz' },
    solvedAt: { sql: 't.solved_at', type: 'timestamptz' },
    closedAt: { sql: 't.closed_at', type: 'timestamptz' },
  },
});

defineRecord({
  type: TicketCategory,
  name: 'ticketCategories',
  prefix: 'ticket_category',
  orders: {
    NAME: { sql: 't.name', type: 'text', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {
    parentId: { sql: 't.parent_id', type: 'uuid', prefix: 'ticket_category' },
    isActive: { sql: 't.is_active', type: 'boolean' },
  },
});

defineRecord({
  type: TicketMessage,
  name: 'ticket_messages',
  prefix: 'ticket_message',
  visibility: 'TICKET_MESSAGE',
  orders: { OCCURRED_AT: { sql: 't.occurred_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'OCCURRED_AT', direction: 'ASC' }],
  filters: {},
});
