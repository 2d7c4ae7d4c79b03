import { ConnectorError, type Fault } from '../ingest/connector.js';
import { problemOf } from '../ingest/registry.js';
import {
  CODE_OF_CLASS,
  postToAnswer,
  recordAccountRefusal,
  recordDeleted,
  recordHidden,
  recordNotDeleted,
  sentReply,
} from '../modules/social/index.js';
import type { JobContext, Task } from '../platform/jobs.js';
import { type Departure, type DispatchOptions, departureOf } from './departure.js';
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
      const fault = await faultFor(error, departure, options, job);
      if (fault.class !== 'not_found') {
        const failure = failureOf(CODE_OF_CLASS[fault.class] ?? 'INVALID', fault.message);
        await database.write(job.scope, tx => recordNotDeleted(tx, replyId, failure));
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
      const fault = await faultFor(error, departure, options, job);
      job.log.warn({ fault }, 'a post could not be hidden or shown');
      return;
    }
    await database.write(job.scope, tx => recordHidden(tx, postId, hidden));
  };
}

/** Throws what may pass, for the queue to try it again; so does access that is being renewed. */
async function faultFor(
  error: unknown,
  { account }: Departure,
  { database }: DispatchOptions,
  { scope }: JobContext,
): Promise<Fault> {
  if (!(error instanceof ConnectorError) || PASSING.includes(error.fault.class)) throw error;
  const { fault } = error;
  if (fault.class !== 'auth') return fault;
  const problem = problemOf(fault, null, new Date());
  if (await database.write(scope, tx => recordAccountRefusal(tx, account, problem))) throw error;
  return fault;
}
