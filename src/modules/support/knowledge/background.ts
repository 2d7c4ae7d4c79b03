import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import { forgetSearches } from './search.queries.js';

const FORGET_SEARCHES = 'knowledge:forget-searches';

/** What is done for the knowledge base without being asked, by the names of its jobs. */
export const knowledgeTasks = (database: Database): Record<string, Task> => ({
  [FORGET_SEARCHES]: () => forgetSearches(database.system),
});

export const KNOWLEDGE_CRONTAB = `41 4 * * * ${FORGET_SEARCHES} ?jobKey=${FORGET_SEARCHES}`;
