import type { Database } from '../../../platform/database/database.js';
import type { Task } from '../../../platform/jobs.js';
import type { Outbox } from '../../social/index.js';
import { acknowledge, isRefusal } from './acknowledging.service.js';
import { ACKNOWLEDGE_TASK, filePosts, LOOK_TASK } from './filing.service.js';
import { FLOOD_TASK, lookForFloods } from './flood.service.js';
import { SOLVE_TASK } from './incident.service.js';
import { ANSWER_TASK, sendAnswers, solveTickets } from './incident-answering.service.js';
import { keptPosts } from './kept-post.queries.js';

/** What is done with what is said without being asked, by the names of its jobs. */
export const careTasks = (database: Database, outbox: Outbox): Record<string, Task> => ({
  [LOOK_TASK]: async ({ postIds, looks }: { postIds: string[]; looks: number }, job) => {
    await database.write(job.scope, async tx => {
      const posts = await keptPosts(tx, postIds);
      if (posts.length > 0) await filePosts(tx, posts, looks);
    });
  },
  [FLOOD_TASK]: (_payload, job) => lookForFloods(database, job.scope),
  [ANSWER_TASK]: ({ incidentId }: { incidentId: string }, job) =>
    sendAnswers(database, job.scope, outbox, incidentId, job.signal),
  [SOLVE_TASK]: ({ incidentId }: { incidentId: string }, job) =>
    solveTickets(database, job.scope, incidentId, job.signal),
  [ACKNOWLEDGE_TASK]: async ({ tickets }: { tickets: { ticketId: string; ruleId: string }[] }, job) => {
    // Each in a transaction of its own: what the channel refuses for one says nothing of the others.
    for (const ticket of tickets) {
      await database
        .write(job.scope, tx => acknowledge(tx, outbox, ticket))
        .catch(error => {
          if (!isRefusal(error)) throw error;
          job.log.info({ ticketId: ticket.ticketId, problems: error.problems }, 'a ticket could not be acknowledged');
        });
    }
  },
});
