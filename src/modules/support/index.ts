import type { Outbox } from '../social/index.js';
import { callEntities, callResolvers } from './calls/calls.parts.js';
import { careEntities, careResolvers } from './care/care.parts.js';
import { deskEntities, deskResolvers } from './desk/desk.parts.js';
import { knowledgeEntities, knowledgeResolvers } from './knowledge/knowledge.parts.js';
import type { Entrance } from './portal/entrance.js';
import { portalEntities, portalResolvers } from './portal/portal.parts.js';
import { qualityEntities, qualityResolvers } from './quality/quality.parts.js';
import { queueEntities, queueResolvers } from './queues/queues.parts.js';
import { reportEntities, reportResolvers } from './reports/reports.parts.js';
import { slaEntities, slaResolvers } from './sla/sla.parts.js';
import { surveyEntities, surveyResolvers } from './surveys/surveys.parts.js';
import { ticketEntities, ticketResolvers } from './tickets/tickets.parts.js';

export { SUPPORT_CRONTAB, supportTasks } from './background.js';
export { addPostToTicket, openTicketFromPost } from './care/by-hand.service.js';
export { createDefaultIntakeRules, createIntakeRule } from './care/intake-rule.service.js';
export { attachedFile } from './desk/attachment.queries.js';
export { keepUpload } from './desk/attachment.service.js';
export { addTicketNote } from './desk/note.service.js';
export { importArticles } from './knowledge/import.service.js';
export { languageAsked } from './knowledge/query.rules.js';
export { Visit } from './knowledge/visitor.service.js';
export type { ConfidentialMessage } from './portal/code-sending.service.js';
export type { Entrance } from './portal/entrance.js';
export { type Place, portalOf, requestCode } from './portal/request.service.js';
export { signIn } from './portal/signing-in.service.js';
export { createQueue } from './queues/queue.service.js';
export { setMemberSkills } from './queues/skill.service.js';
export { createBusinessCalendar } from './sla/business-calendar.service.js';
export { createSlaPolicy } from './sla/sla-policy.service.js';
export { SURVEY_WORDS } from './surveys/survey.words.js';
export { type LinkedSurvey, openLinkedSurvey } from './surveys/survey-visitor.service.js';

/** Every stored class of this module, for TypeORM. */
export const supportEntities = [
  ...ticketEntities,
  ...queueEntities,
  ...slaEntities,
  ...deskEntities,
  ...careEntities,
  ...knowledgeEntities,
  ...portalEntities,
  ...surveyEntities,
  ...callEntities,
  ...qualityEntities,
  ...reportEntities,
];

/** Everything of this module that answers a field; without an outbox it makes the schema only. */
export const supportResolvers = (outbox?: Outbox, entrance?: Entrance): object[] => [
  ...ticketResolvers(),
  ...queueResolvers(),
  ...slaResolvers(),
  ...deskResolvers(outbox),
  ...careResolvers(),
  ...knowledgeResolvers(entrance),
  ...portalResolvers(entrance),
  ...surveyResolvers(),
  ...callResolvers(outbox),
  ...qualityResolvers(),
  ...reportResolvers(),
];
