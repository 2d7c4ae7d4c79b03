import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { REMIND_COMPLAINTS, remindOfComplaints } from './reminding.service.js';

/** What is done for complaints without being asked, by the names of its jobs. */
export const qualityTasks = (database: Database): Record<string, Task> => ({
  [REMIND_COMPLAINTS]: (_payload, job) => remindOfComplaints(database, job),
});

export const QUALITY_CRONTAB = `3 * * * * ${REMIND_COMPLAINTS} ?jobKey=${REMIND_COMPLAINTS}`;
