import type { Database } from '../../platform/database/database.js';
import type { Task } from '../../platform/jobs.js';
import { REMIND_TASK, remindOf } from './reminder.service.js';
import { PLAN_TASK, planAllSeries } from './series.planning.js';

/** What is done for activities without being asked, by the names of its jobs. */
export const activityTasks = (database: Database): Record<string, Task> => ({
  [REMIND_TASK]: ({ activityId }: { activityId: string }, job) => remindOf(database, job.scope, activityId),
  [PLAN_TASK]: (_payload, job) => planAllSeries(database, job.log, job.signal),
});

export const ACTIVITIES_CRONTAB = `11 * * * * ${PLAN_TASK} ?jobKey=${PLAN_TASK}`;
