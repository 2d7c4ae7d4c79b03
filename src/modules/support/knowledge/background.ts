import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { forgetSearches } from './search.queries.js';
import { forgetReads } from './view.service.js';

const FORGET_SEARCHES = 'knowledge:forget-searches';
const FORGET_READS = 'knowledge:forget-reads';

/** What is done for the knowledge base without being asked, by the names of its jobs. */
export const knowledgeTasks = (database: Database): Record<string, Task> => ({
  [FORGET_SEARCHES]: () => forgetSearches(database.system),
  [FORGET_READS]: () => forgetReads(database.system),
});

export const KNOWLEDGE_CRONTAB = [FORGET_SEARCHES, FORGET_READS]
  .map((task, at) => `${41 + at} 4 * * * ${task} ?jobKey=${task}`)
  .join('\n');
