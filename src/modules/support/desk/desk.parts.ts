import { NO_OUTBOX, type Outbox } from '../../social/index.js';
import { TicketAttachment } from './attachment.entity.js';
import { CannedResponseResolver } from './canned.resolver.js';
import { CannedResponse } from './canned-response.entity.js';
import { TicketDeskResolver } from './desk.resolver.js';
import { TicketDraft } from './draft.entity.js';
import { TicketMacro } from './macro.entity.js';
import { TicketMacroResolver } from './macro.resolver.js';
import { TicketMention } from './mention.entity.js';
import { TicketNoteResolver } from './note.resolver.js';
import { TicketPresence } from './presence.entity.js';
import { TicketPresenceStreamResolver } from './presence.streams.js';
import { TicketReplyResolver } from './reply.resolver.js';
import { TicketReplyTurn } from './reply-turn.entity.js';
import { TicketSeen } from './seen.entity.js';

import './erasure.service.js';
import './records.js';
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

export const deskResolvers = (outbox: Outbox = NO_OUTBOX): object[] => [
  new TicketReplyResolver(outbox),
  new TicketNoteResolver(),
  new CannedResponseResolver(),
  new TicketMacroResolver(outbox),
  new TicketDeskResolver(),
  new TicketPresenceStreamResolver(),
];
