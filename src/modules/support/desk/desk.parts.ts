import { NO_OUTBOX, type Outbox } from '../../social/index.js';
import { TicketAttachment } from './attachment.entity.js';
import { CannedResponse } from './canned-response.entity.js';
import { TicketDraft } from './draft.entity.js';
import { TicketMacro } from './macro.entity.js';
import { TicketMention } from './mention.entity.js';
import { TicketPresence } from './presence.entity.js';
import { TicketReplyResolver } from './reply.resolver.js';
import { TicketReplyTurn } from './reply-turn.entity.js';
import { TicketSeen } from './seen.entity.js';

import './turn.service.js';

export const deskEntities = [
  TicketReplyTurn,
  TicketMention,
  TicketSeen,
  TicketDraft,
  TicketPresence,
  TicketAttachment,
  CannedResponse,
  TicketMacro,
];

export const deskResolvers = (outbox: Outbox = NO_OUTBOX): object[] => [new TicketReplyResolver(outbox)];
