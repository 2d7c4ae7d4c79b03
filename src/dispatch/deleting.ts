import { ConnectorError, type Fault } from '../ingest/connector.js';
import { problemOf } from '../ingest/registry.js';
import {
  CODE_OF_CLASS,
  postToAnswer,
  recordAccountProblem,
  recordDeleted,
  recordHidden,
  recordNotDeleted,
  sentReply,
} from '../modules/social/index.js';
import type { Task } from '../platform/jobs.js';
import { type DispatchOptions, departureOf } from './departure.js';
import { failureOf } from './setback.rules.js';

const LONGEST_MS = 60_000;
/** What passes is left to the queue, which tries again for about three days. */
const PASSING: Fault['class'][] = ['rate', 'quota', 'transient', 'unknown'];

/** Deletes on its network what we sent. Done again it does nothing. */
export function deleteTask(options: DispatchOptions): Task {
  const { database } = options;
  return async ({ replyId }: { replyId: string }, job) => {
    const sent = await database.write(job.scope, tx => sentReply(tx, replyId));
    const departure = sent && (await departureOf(options, sent.accountId, job));
    if (!sent || !departure?.connector.delete) return;
    try {
      const context = departure.context(AbortSignal.timeout(LONGEST_MS));
      await departure.connector.delete(context, { id: sent.externalId, ...(sent.url !== null && { url: sent.url }) });
    } catch (error) {
      const fault = faultFor(error);
      if (fault.class !== 'not_found') {
        await database.write(job.scope, async tx => {
          if (fault.class === 'auth')
            await recordAccountProblem(tx, sent.accountId, problemOf(fault, null, new Date()));
          await recordNotDeleted(tx, replyId, failureOf(CODE_OF_CLASS[fault.class] ?? 'INVALID', fault.message));
        });
        return;
      }
    }
    await database.write(job.scope, tx => recordDeleted(tx, replyId, sent));
  };
}

/** Hides on its network what somebody said, or shows it again. */
export function hideTask(options: DispatchOptions): Task {
  const { database } = options;
  return async ({ postId, hidden, accountId }: { postId: string; hidden: boolean; accountId: string }, job) => {
    const post = await database.write(job.scope, tx => postToAnswer(tx, postId));
    const departure = post && (await departureOf(options, accountId, job));
    if (!post || !departure?.connector.hide) return;
    try {
      await departure.connector.hide(departure.context(AbortSignal.timeout(LONGEST_MS)), post.answered.ref, hidden);
    } catch (error) {
      const fault = faultFor(error);
      job.log.warn({ fault }, 'a post could not be hidden or shown');
      if (fault.class === 'auth')
        await database.write(job.scope, tx => recordAccountProblem(tx, accountId, problemOf(fault, null, new Date())));
      return;
    }
    await database.write(job.scope, tx => recordHidden(tx, postId, hidden));
  };
}

/** Throws what may pass, for the queue to try it again. */
function faultFor(error: unknown): Fault {
  if (!(error instanceof ConnectorError) || PASSING.includes(error.fault.class)) throw error;
  return error.fault;
}
