import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { CLOSE_SOLVED, closeSolved } from './autoclose.service.js';
import { SUM_COUNTS, sumCounts } from './counts.service.js';

/** What is done for tickets without being asked, by the names of its jobs. */
export const ticketTasks = (database: Database): Record<string, Task> => ({
  [CLOSE_SOLVED]: (_payload, job) => closeSolved(database, job.signal),
  [SUM_COUNTS]: async () => sumCounts(database),
});

export const TICKETS_CRONTAB = [
  `21 * * * * ${CLOSE_SOLVED} ?jobKey=${CLOSE_SOLVED}`,
  `* * * * * ${SUM_COUNTS} ?jobKey=${SUM_COUNTS}`,
].join('\n');
