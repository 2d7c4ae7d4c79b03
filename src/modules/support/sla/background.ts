import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { RETIME_TICKETS, retimeOpenTickets } from './retiming.service.js';
import { WATCH_DEADLINES, watchDeadlines } from './watch.service.js';

/** What is done about deadlines without being asked, by the names of its jobs. */
export const slaTasks = (database: Database): Record<string, Task> => ({
  [WATCH_DEADLINES]: (_payload, job) => watchDeadlines(database, job.log, job.signal),
  [RETIME_TICKETS]: ({ customerId }: { customerId?: string }, job) =>
    retimeOpenTickets(database, job.scope, job.signal, customerId),
});

export const SLA_CRONTAB = `* * * * * ${WATCH_DEADLINES} ?jobKey=${WATCH_DEADLINES}`;
