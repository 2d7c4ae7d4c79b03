import { TicketMessageResolver, TicketMessagesResolver } from './message.resolver.js';
import { Ticket } from './ticket.entity.js';
import { CustomerTicketsResolver, IdentityTicketsResolver, TicketResolver } from './ticket.resolver.js';
import { TicketStreamResolver } from './ticket.streams.js';
import { TicketCategory } from './ticket-category.entity.js';
import { TicketConversation } from './ticket-conversation.entity.js';
import { TicketFollower } from './ticket-follower.entity.js';
import { TicketLink } from './ticket-link.entity.js';
import { TicketMessage } from './ticket-message.entity.js';
import { TicketRevision } from './ticket-revision.entity.js';
import { TicketView } from './ticket-view.entity.js';

import './merge.tables.js';
import './records.js';

export const ticketEntities = [
  TicketCategory,
  Ticket,
  TicketMessage,
  TicketConversation,
  TicketLink,
  TicketFollower,
  TicketView,
  TicketRevision,
];

export const ticketResolvers = (): object[] => [
  new TicketResolver(),
  new TicketMessageResolver(),
  new TicketMessagesResolver(),
  new TicketStreamResolver(),
  new CustomerTicketsResolver(),
  new IdentityTicketsResolver(),
];
