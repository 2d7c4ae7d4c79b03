import { Acknowledgement } from './acknowledgement.entity.js';
import { CareSetting } from './care-settings.entity.js';
import { Incident } from './incident.entity.js';
import { IncidentResolver, TicketIncidentResolver } from './incident.resolver.js';
import { IncidentStreamResolver } from './incident.streams.js';
import { IncidentAnswer } from './incident-answer.entity.js';
import { IncidentChangeResolver } from './incident-change.resolver.js';
import { IncidentPost } from './incident-post.entity.js';
import { IntakeResolver } from './intake.resolver.js';
import { IntakeRule } from './intake-rule.entity.js';
import {
  ByHandResolver,
  ConversationTicketsResolver,
  PostTicketResolver,
  TicketConversationsResolver,
} from './thread.resolver.js';

import './care.hooks.js';
import './records.js';

export const careEntities = [CareSetting, IntakeRule, Acknowledgement, Incident, IncidentPost, IncidentAnswer];

export const careResolvers = (): object[] => [
  new IntakeResolver(),
  new ByHandResolver(),
  new PostTicketResolver(),
  new ConversationTicketsResolver(),
  new TicketConversationsResolver(),
  new IncidentResolver(),
  new IncidentChangeResolver(),
  new IncidentStreamResolver(),
  new TicketIncidentResolver(),
];
