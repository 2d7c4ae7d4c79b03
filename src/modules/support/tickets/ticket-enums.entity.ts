import { registerEnumType } from 'type-graphql';
import { ReplyState } from '../../social/index.js';
import {
  TicketChange,
  TicketChannel,
  TicketLinkKind,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketPriority,
  TicketStatus,
  TicketType,
} from './ticket.states.rules.js';

/** A message is here, or as far on its way as the reply that carries it. */
export const TicketMessageState = { RECEIVED: 'RECEIVED', KEPT: 'KEPT', ...ReplyState } as const;
export type TicketMessageState = (typeof TicketMessageState)[keyof typeof TicketMessageState];

registerEnumType(TicketMessageState, {
  name: 'TicketMessageState',
  description: 'Where a message of a ticket stands.',
  valuesConfig: {
    RECEIVED: { description: 'Its customer said it.' },
    KEPT: { description: 'It is kept here and goes nowhere else, as a note does.' },
    AWAITING_APPROVAL: { description: 'Somebody else must agree before it is sent.' },
    REJECTED: { description: 'Somebody else did not agree; it is not sent.' },
    SCHEDULED: { description: 'It is sent at its moment; until then it can be taken back.' },
    QUEUED: { description: 'It is sent as soon as its turn comes.' },
    SENDING: { description: 'It is being sent.' },
    UNKNOWN: { description: 'The channel did not say whether it took it; that is being found out.' },
    SENT: { description: 'The channel has taken it.' },
    DELIVERED: { description: 'It has reached the customer.' },
    READ: { description: 'The customer has read it.' },
    FAILED: { description: 'It was not sent; its reply says why.' },
    CANCELLED: { description: 'It was taken back in time.' },
    DELETED: { description: 'It was sent, and later deleted by us.' },
  },
});
registerEnumType(TicketStatus, {
  name: 'TicketStatus',
  description: 'Where a ticket stands.',
  valuesConfig: {
    NEW: { description: 'Nobody has answered or taken it yet.' },
    OPEN: { description: 'The customer waits for us.' },
    PENDING: { description: 'We wait for the customer.' },
    ON_HOLD: { description: 'We wait for somebody else, such as a supplier.' },
    SOLVED: { description: 'We think it is solved; a word of the customer opens it again.' },
    CLOSED: { description: 'It is over; what the customer says later opens another.' },
  },
});
registerEnumType(TicketPriority, {
  name: 'TicketPriority',
  description: 'How much a ticket matters.',
  valuesConfig: {
    LOW: { description: 'It can wait.' },
    NORMAL: { description: 'As most.' },
    HIGH: { description: 'Before most.' },
    URGENT: { description: 'Before all others.' },
  },
});
registerEnumType(TicketType, {
  name: 'TicketType',
  description: 'What kind of concern a ticket is.',
  valuesConfig: {
    QUESTION: { description: 'Something is to be known.' },
    REQUEST: { description: 'Something is to be done.' },
    INCIDENT: { description: 'Something does not work.' },
    PROBLEM: { description: 'What several incidents come from.' },
    COMPLAINT: { description: 'Somebody is displeased and expects an answer.' },
    PRAISE: { description: 'Somebody is pleased.' },
  },
});
registerEnumType(TicketChannel, {
  name: 'TicketChannel',
  description: 'How a ticket, or a message of one, came or went.',
  valuesConfig: {
    CALL: { description: 'By telephone.' },
    WEB_FORM: { description: 'By a form on a web site.' },
    CHAT: { description: 'By a chat: on a web site, WhatsApp, Telegram.' },
    EMAIL: { description: 'By e-mail.' },
    SMS: { description: 'By a text message.' },
    FAX: { description: 'By fax.' },
    SOCIAL: { description: 'On a social network or a blog.' },
    PORTAL: { description: 'In the self-service portal.' },
    MANUAL: { description: 'By hand, such as at the counter.' },
  },
});
registerEnumType(TicketMessageKind, {
  name: 'TicketMessageKind',
  description: 'Who a message of a ticket is from.',
  valuesConfig: {
    CUSTOMER: { description: 'From the customer.' },
    AGENT: { description: 'From us.' },
    NOTE: { description: 'For us alone.' },
    SYSTEM: { description: 'What the product itself has to say, for us alone.' },
  },
});
registerEnumType(TicketMessageVisibility, {
  name: 'TicketMessageVisibility',
  description: 'Who can read a message of a ticket.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody who can read where it was said.' },
    PRIVATE: { description: 'The customer and we.' },
    INTERNAL: { description: 'We alone.' },
  },
});
registerEnumType(TicketLinkKind, {
  name: 'TicketLinkKind',
  description: 'How a ticket stands to another.',
  valuesConfig: {
    RELATES_TO: { description: 'Both have to do with the same.' },
    DUPLICATES: { description: 'It says the same as the other.' },
    CAUSED_BY: { description: 'The other is what it comes from.' },
    FOLLOWS_UP: { description: 'It goes on where the other was closed.' },
    SPLIT_FROM: { description: 'It was a part of the other.' },
  },
});
registerEnumType(TicketChange, {
  name: 'TicketChange',
  description: 'What happened to a ticket.',
  valuesConfig: {
    OPENED: { description: 'It was opened.' },
    MESSAGE_RECEIVED: { description: 'Its customer spoke.' },
    REPLIED: { description: 'We answered. Staff are told when it is written, its customer when it has gone out.' },
    MESSAGE_STATE_CHANGED: {
      description:
        'A message of ours came further on its way, or failed. Its customer is told only of what it has had.',
    },
    NOTED: { description: 'A note was written, changed or removed.' },
    ASSIGNED: { description: 'It was given to somebody, to a team or to a queue.' },
    STATUS_CHANGED: { description: 'It stands elsewhere than before.' },
    UPDATED: { description: 'Something else about it changed.' },
    SNOOZED: { description: 'It was put off.' },
    WOKEN: { description: 'The time it was put off for is over.' },
    ESCALATED: { description: 'A rule raised it.' },
    DEADLINES_MOVED: { description: 'Its promised times are others than before.' },
    MERGED: { description: 'It became a part of another, or another of it.' },
    SPLIT: { description: 'A part of it became a ticket of its own.' },
    LINKED: { description: 'It was linked to another ticket, or is no longer.' },
    RATED: { description: 'Its customer said how content they were.' },
    LEFT: { description: 'It could be in this list, and can no more: of the subscription, or of what you may see.' },
  },
});
