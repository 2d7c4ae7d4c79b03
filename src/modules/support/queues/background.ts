import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { ASSIGN_WAITING } from './moving.hooks.js';
import { WAKE_TICKET, wakeTicket } from './snooze.service.js';
import { assignWaiting, SWEEP_QUEUES, sweepQueues } from './waiting.service.js';

/** What queues do without being asked, by the names of their jobs. */
export const queuesTasks = (database: Database): Record<string, Task> => ({
  [ASSIGN_WAITING]: (_payload, job) => assignWaiting(database, job.scope),
  [WAKE_TICKET]: ({ ticketId }: { ticketId: string }, job) => wakeTicket(database, job.scope, ticketId),
  [SWEEP_QUEUES]: (_payload, job) => sweepQueues(database, job.log, job.signal),
});

export const QUEUES_CRONTAB = `* * * * * ${SWEEP_QUEUES} ?jobKey=${SWEEP_QUEUES}`;
