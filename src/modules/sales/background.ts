import type { Database } from '../../platform/database/database.js';
import type { Task } from '../../platform/jobs.js';
import { TAKE_SNAPSHOTS, takeWeeklySnapshots } from './forecast/snapshot.service.js';
import { RESCORE_LEADS, rescoreLeads } from './leads/rescore.service.js';
import { RENEW_CONTRACTS, renewContracts } from './orders/contract-renewal.service.js';
import { EXPIRE_QUOTES, expireQuotes } from './quotes/expiry.service.js';

/** What sales does without being asked, by the names of its jobs. */
export const salesTasks = (database: Database): Record<string, Task> => ({
  [RESCORE_LEADS]: async (_payload, job) => rescoreLeads(database, job.signal),
  [EXPIRE_QUOTES]: async () => expireQuotes(database),
  [RENEW_CONTRACTS]: async () => renewContracts(database),
  [TAKE_SNAPSHOTS]: (_payload, job) => takeWeeklySnapshots(database, job.log),
});

export const SALES_CRONTAB = [
  `* * * * * ${RESCORE_LEADS} ?jobKey=${RESCORE_LEADS}`,
  `33 * * * * ${RENEW_CONTRACTS} ?jobKey=${RENEW_CONTRACTS}`,
  `13 * * * * ${EXPIRE_QUOTES} ?jobKey=${EXPIRE_QUOTES}`,
  `43 4 * * 1 ${TAKE_SNAPSHOTS} ?jobKey=${TAKE_SNAPSHOTS}`,
].join('\n');
