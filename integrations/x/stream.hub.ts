import { createHash } from 'node:crypto';
import { type ConnectorContext, ConnectorError, type Fault } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';
import { openClient } from './api.client.js';
import { fault } from './api.faults.js';
import type { Dialect } from './api.fields.js';
import { pauseAfter } from './stream.backoff.js';
import { type Delivery, openStream, type StreamListener } from './stream.connection.js';
import { clearRules, setRule } from './stream.rules.js';

type Context = ConnectorContext<XConfig>;

/** What one source sees of the stream that all sources of an app share. */
export interface Subscription {
  /** What came since it was last asked for. */
  take(): Delivery[];
  skipped(): number;
  failure(): Fault | undefined;
  /** Until something comes, the stream fails or the time is up. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  leave(): void;
}

export interface StreamHub {
  /** Sets the rule and joins the stream, opening it when nobody has. Throws `ConnectorError`. */
  join(context: Context, rule: string): Promise<Subscription>;
}

interface Member {
  rule: string;
  ruleId?: string;
  queue: Delivery[];
  skipped: number;
  failure?: Fault;
  wake(): void;
}

interface Shared {
  members: Set<Member>;
  /** Changes of rules and connecting, one after the other. */
  busy: Promise<unknown>;
  close?: () => void;
  abort: AbortController;
}

/** More than this has piled up only when nothing is stored any more. */
const LONGEST_QUEUE = 20_000;

/** An app may have one connection: sources with the same app token share it, each with a rule of its own. */
export function openStreamHub(options: { origin?: string; dialect: Dialect }): StreamHub {
  const streams = new Map<string, Shared>();
  const rests = new Map<string, { failures: number; fault: Fault; until: Date }>();

  function end(app: string, shared: Shared, why?: Fault): void {
    if (streams.get(app) === shared) streams.delete(app);
    shared.close?.();
    shared.abort.abort();
    for (const member of shared.members) {
      if (why) member.failure ??= why;
      member.wake();
    }
  }

  /** How often the stream of an app may be asked for is no matter of how many sources want it: all rest until the same moment. */
  function rest(app: string, said: Fault, now: Date): Fault {
    const before = rests.get(app);
    if (before && now < before.until) return before.fault;
    const failures = (before?.failures ?? 0) + 1;
    const until = said.retryAt ?? new Date(now.getTime() + pauseAfter(said, failures));
    const fault = { ...said, retryAt: until };
    rests.set(app, { failures, fault, until });
    return fault;
  }

  function refuseWhileResting(app: string, now: Date): void {
    const resting = rests.get(app);
    if (resting && now < resting.until) throw new ConnectorError(resting.fault);
  }

  async function connect(app: string, shared: Shared, member: Member, context: Context): Promise<void> {
    if (member.failure) throw new ConnectorError(member.failure);
    refuseWhileResting(app, context.now());
    const client = openClient({ ...context, signal: shared.abort.signal }, options);
    try {
      member.ruleId = await setRule(client, member.rule, rulesOf(shared));
      shared.close ??= await openStream(
        context,
        { ...options, signal: shared.abort.signal },
        listenerOf(app, shared, context),
      );
    } catch (error) {
      // A rule that X does not take is the trouble of one source, not of all.
      if (!(error instanceof ConnectorError) || error.fault.class === 'invalid' || shared.abort.signal.aborted)
        throw error;
      throw new ConnectorError(rest(app, error.fault, context.now()));
    }
    // Everybody may have left while it was being opened.
    if (shared.abort.signal.aborted) shared.close();
  }

  function listenerOf(app: string, shared: Shared, { now }: Context): StreamListener {
    return {
      alive: () => rests.delete(app),
      unreadable: () => {
        for (const member of shared.members) member.skipped += 1;
      },
      lost: said => end(app, shared, rest(app, said, now())),
      delivered: delivery => {
        for (const member of shared.members) {
          if (!delivery.ruleIds.includes(member.ruleId ?? '')) continue;
          if (member.queue.push(delivery) > LONGEST_QUEUE)
            end(app, shared, fault('transient', 'Posts came faster than they could be kept.'));
          member.wake();
        }
      },
    };
  }

  /** Takes away a rule that nobody wants any more, while others keep the stream open. */
  function tidy(shared: Shared, context: Context): void {
    const client = openClient({ ...context, signal: shared.abort.signal }, options);
    shared.busy = shared.busy
      .then(() => clearRules(client, rulesOf(shared)))
      .catch(error => {
        if (!shared.abort.signal.aborted) context.log.warn({ err: error }, 'rules of the stream could not be tidied');
      });
  }

  return {
    async join(context, rule) {
      const app = createHash('sha256').update(context.config.keys.bearerToken!).digest('base64url');
      const shared = streams.get(app) ?? newShared();
      streams.set(app, shared);
      const member: Member = { rule, queue: [], skipped: 0, wake() {} };
      shared.members.add(member);
      const leave = () => {
        if (!shared.members.delete(member) || streams.get(app) !== shared) return;
        if (shared.members.size === 0) end(app, shared);
        else if (![...shared.members].some(other => other.rule === rule)) tidy(shared, context);
      };
      const joined = shared.busy.then(() => connect(app, shared, member, context));
      shared.busy = joined.catch(() => {});
      try {
        await untilAborted(joined, context.signal);
      } catch (error) {
        leave();
        throw error;
      }
      return {
        take: () => member.queue.splice(0),
        skipped() {
          const { skipped } = member;
          member.skipped = 0;
          return skipped;
        },
        failure: () => member.failure,
        wait: (ms, signal) => waiting(member, ms, signal),
        leave,
      };
    },
  };
}

function rulesOf({ members }: Shared): Set<string> {
  return new Set([...members].map(({ rule }) => rule));
}

function newShared(): Shared {
  return { members: new Set(), busy: Promise.resolve(), abort: new AbortController() };
}

function waiting(member: Member, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || member.failure || member.queue.length > 0) return Promise.resolve();
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done, { once: true });
    member.wake = done;
  });
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
