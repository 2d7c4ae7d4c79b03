import type { Database } from '../../platform/database/database.js';
import type { Task } from '../../platform/jobs.js';
import { careTasks } from './care/background.js';
import { DESK_CRONTAB, deskTasks } from './desk/background.js';
import { KNOWLEDGE_CRONTAB, knowledgeTasks } from './knowledge/background.js';
import { PORTAL_CRONTAB, portalTasks } from './portal/background.js';
import type { SendConfidentially } from './portal/code-sending.service.js';
import type { Entrance } from './portal/entrance.js';
import { QUALITY_CRONTAB, qualityTasks } from './quality/background.js';
import { QUEUES_CRONTAB, queuesTasks } from './queues/background.js';
import { SLA_CRONTAB, slaTasks } from './sla/background.js';
import { surveyTasks } from './surveys/background.js';
import type { SurveyPost } from './surveys/sending.service.js';
import { TICKETS_CRONTAB, ticketTasks } from './tickets/background.js';

/** What the work of this module needs beside the database. */
export interface SupportGround extends SurveyPost {
  entrance: Entrance;
  sendConfidential: SendConfidentially;
}

/** What is done for support without being asked, by the names of its jobs. */
export const supportTasks = (database: Database, ground: SupportGround): Record<string, Task> => ({
  ...ticketTasks(database),
  ...queuesTasks(database),
  ...slaTasks(database),
  ...deskTasks(database),
  ...careTasks(database, ground.outbox),
  ...knowledgeTasks(database),
  ...portalTasks(ground.entrance, ground.sendConfidential),
  ...surveyTasks(database, ground),
  ...qualityTasks(database),
});

export const SUPPORT_CRONTAB = [
  TICKETS_CRONTAB,
  QUEUES_CRONTAB,
  SLA_CRONTAB,
  DESK_CRONTAB,
  KNOWLEDGE_CRONTAB,
  PORTAL_CRONTAB,
  QUALITY_CRONTAB,
].join('\n');
