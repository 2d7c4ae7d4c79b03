import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import type { Outbox } from '../../social/index.js';
import { filePosts, LOOK_TASK } from './filing.service.js';
import { keptPosts } from './kept-post.queries.js';

/** What is done with what is said without being asked, by the names of its jobs. */
export const careTasks = (database: Database, _outbox: Outbox): Record<string, Task> => ({
  [LOOK_TASK]: async ({ postIds, looks }: { postIds: string[]; looks: number }, job) => {
    await database.write(job.scope, async tx => {
      const posts = await keptPosts(tx, postIds);
      if (posts.length > 0) await filePosts(tx, posts, looks);
    });
  },
});
