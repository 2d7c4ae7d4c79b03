import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { SEND_SURVEY } from './invitation.service.js';
import { type SurveyPost, sendInvitation } from './sending.service.js';

/** What is done for surveys without being asked, by the names of its jobs. */
export const surveyTasks = (database: Database, post: SurveyPost): Record<string, Task> => ({
  [SEND_SURVEY]: ({ invitationId }: { invitationId: string }, job) =>
    database.write(job.scope, tx => sendInvitation(tx, post, invitationId)),
});
