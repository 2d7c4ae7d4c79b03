import { TicketCategoryResolver } from './category.resolver.js';
import { TicketMessageResolver, TicketMessagesResolver } from './message.resolver.js';
import { TicketSettingsResolver } from './settings.resolver.js';
import { Ticket } from './ticket.entity.js';
import { CustomerTicketsResolver, IdentityTicketsResolver, TicketResolver } from './ticket.resolver.js';
import { TicketStreamResolver } from './ticket.streams.js';
import { TicketCategory } from './ticket-category.entity.js';
import { TicketConversation } from './ticket-conversation.entity.js';
import { TicketCount } from './ticket-count.entity.js';
import { TicketFollower } from './ticket-follower.entity.js';
import { TicketLink } from './ticket-link.entity.js';
import { TicketMerge } from './ticket-merge.entity.js';
import { TicketMessage } from './ticket-message.entity.js';
import { TicketRevision } from './ticket-revision.entity.js';
import { TicketView } from './ticket-view.entity.js';
import { TicketWriteResolver } from './ticket-write.resolver.js';
import { TicketTogetherResolver } from './together.resolver.js';
import { TicketViewResolver } from './view.resolver.js';

import './csv.kinds.js';
import './erasure.service.js';
import './export.queries.js';
import './field.removal.js';
import './merge.tables.js';
import './records.js';
import './timeline.entries.js';

export const ticketEntities = [
  TicketCategory,
  Ticket,
  TicketMessage,
  TicketConversation,
  TicketCount,
  TicketLink,
  TicketMerge,
  TicketFollower,
  TicketView,
  TicketRevision,
];

export const ticketResolvers = (): object[] => [
  new TicketResolver(),
  new TicketWriteResolver(),
  new TicketTogetherResolver(),
  new TicketCategoryResolver(),
  new TicketViewResolver(),
  new TicketSettingsResolver(),
  new TicketMessageResolver(),
  new TicketMessagesResolver(),
  new TicketStreamResolver(),
  new CustomerTicketsResolver(),
  new IdentityTicketsResolver(),
];
