import { csvKind, momentColumn, textColumn, wordColumn, wordsColumn } from '../../../platform/csv/index.js';
import { MEMBER_BY_EMAIL, TEAM_BY_NAME } from '../../access/index.js';
import { CUSTOMER_BY_KEY } from '../../customers/index.js';
import { recordTicketEvents } from './ticket.queries.js';
import { TicketChange, TicketChannel, TicketPriority, TicketStatus, TicketType } from './ticket.states.rules.js';

const CATEGORY_BY_NAME =
  'select name as key, id from ticket_categories where organization_id = $1 and name = any ($2) and is_active';
const DONE = "r.status in ('SOLVED', 'CLOSED')";

/** History of another system; messages come by the channels. Nothing follows from it: nobody is assigned, and no clock starts. */
csvKind({
  name: 'tickets',
  table: 'tickets',
  visibility: 'TICKET',
  joins: `left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
          left join members o on o.organization_id = t.organization_id and o.id = t.assignee_id
          left join teams e on e.organization_id = t.organization_id and e.id = t.team_id
          left join ticket_categories g on g.organization_id = t.organization_id and g.id = t.category_id`,
  key: ['external_id'],
  isVersioned: true,
  columns: [
    textColumn({
      field: 'externalId',
      column: 'external_id',
      isRequired: true,
      help: 'Its id in the system it comes from.',
    }),
    textColumn(
      {
        field: 'number',
        column: 'number',
        fallback: "'X-' || r.external_id",
        help: 'The number its customer knows it by; X- and its id unless said.',
      },
      210,
    ),
    textColumn({ field: 'subject', column: 'subject', isRequired: true, help: 'What it is about.' }),
    textColumn({ field: 'description', column: 'description', help: 'More about it.' }, 10_000),
    wordColumn(
      { field: 'status', column: 'status', fallback: "'NEW'", help: 'NEW, OPEN, PENDING, ON_HOLD, SOLVED or CLOSED.' },
      Object.values(TicketStatus),
    ),
    wordColumn(
      { field: 'priority', column: 'priority', fallback: "'NORMAL'", help: 'LOW, NORMAL, HIGH or URGENT.' },
      Object.values(TicketPriority),
    ),
    wordColumn(
      { field: 'type', column: 'type', help: 'QUESTION, REQUEST, INCIDENT, PROBLEM, COMPLAINT or PRAISE.' },
      Object.values(TicketType),
    ),
    wordColumn(
      {
        field: 'channel',
        column: 'channel',
        fallback: "'MANUAL'",
        help: 'CALL, WEB_FORM, CHAT, EMAIL, SMS, FAX, SOCIAL, PORTAL or MANUAL.',
      },
      Object.values(TicketChannel),
    ),
    textColumn({ field: 'language', column: 'language', help: 'Language of its customer in it, BCP 47.' }, 35),
    wordsColumn({ field: 'tags', column: 'tags', fallback: "'{}'::text[]", help: 'Tags with | between them.' }),
    textColumn({
      field: 'customer',
      column: 'customer_id',
      type: 'uuid',
      reference: CUSTOMER_BY_KEY,
      shown: 'c.external_id',
      tellsOf: { alias: 'c', visibility: 'CUSTOMER' },
      help: 'The customer, by its `externalId`.',
    }),
    textColumn({
      field: 'assignee',
      column: 'assignee_id',
      type: 'uuid',
      reference: MEMBER_BY_EMAIL,
      shown: 'o.email',
      tellsOf: { alias: 'o', visibility: 'STAFF' },
      help: 'E-mail address of the member who looks after it.',
    }),
    textColumn({
      field: 'team',
      column: 'team_id',
      type: 'uuid',
      reference: TEAM_BY_NAME,
      shown: 'e.name',
      tellsOf: { alias: 'e', visibility: 'STAFF' },
      help: 'Name of the team that looks after it.',
    }),
    textColumn({
      field: 'category',
      column: 'category_id',
      type: 'uuid',
      reference: CATEGORY_BY_NAME,
      shown: 'g.name',
      help: 'Name of its category.',
    }),
    momentColumn({ field: 'openedAt', column: 'opened_at', fallback: 'now()', help: 'When it was opened.' }),
    momentColumn({ field: 'firstRespondedAt', column: 'first_responded_at', help: 'When it was first answered.' }),
    momentColumn({
      field: 'solvedAt',
      column: 'solved_at',
      fallback: `case when ${DONE} then coalesce(r.closed_at, now()) end`,
      help: 'When it was solved.',
    }),
    momentColumn({
      field: 'closedAt',
      column: 'closed_at',
      fallback: "case when r.status = 'CLOSED' then now() end",
      help: 'When it was closed.',
    }),
  ],
  derived: {
    created_by: { sql: "'system:import'", onUpdate: false },
    waiting_since: {
      sql: "case when coalesce(r.status, 'NEW') in ('NEW', 'OPEN') then coalesce(r.opened_at, now()) end",
      onUpdate: true,
    },
    // What was closed long ago was what it is from then on; its history begins when it was opened.
    updated_at: { sql: 'coalesce(r.opened_at, now())', onUpdate: false },
    created_at: { sql: 'coalesce(r.opened_at, now())', onUpdate: false },
  },
  alsoFills: ['ticket_revisions'],
  told: (tx, created, changed) =>
    recordTicketEvents(tx, [
      ...created.map(ticketId => ({ ticketId, change: TicketChange.OPENED })),
      ...changed.map(ticketId => ({ ticketId, change: TicketChange.UPDATED })),
    ]),
});
