import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { forgetUploads } from './attachment.service.js';
import { expirePresence, PRESENCE_TASK } from './presence.service.js';
import { RELEASE_TASK } from './reply.service.js';
import { moveWaiting } from './turn.service.js';

const UPLOADS_TASK = 'attachments:expire';

/** What is done at the desk without being asked, by the names of its jobs. */
export const deskTasks = (database: Database): Record<string, Task> => ({
  [PRESENCE_TASK]: ({ ticketId }: { ticketId: string }, job) =>
    database.write(job.scope, tx => expirePresence(tx, ticketId)),
  [RELEASE_TASK]: async ({ messageId }: { messageId: string }, job) => {
    await database.write(job.scope, tx => moveWaiting(tx, messageId, 'KEPT'));
  },
  [UPLOADS_TASK]: () => forgetUploads(database),
});

export const DESK_CRONTAB = `41 * * * * ${UPLOADS_TASK} ?jobKey=${UPLOADS_TASK}`;
