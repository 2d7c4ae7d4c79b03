import { Ticket } from './ticket.entity.js';
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

export const ticketResolvers = (): object[] => [];
