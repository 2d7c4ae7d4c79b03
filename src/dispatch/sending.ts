import { type ConnectorContext, ConnectorError, type Fault, type SendCommand, type Sent } from '../ingest/connector.js';
import { faultOf, problemOf, render } from '../ingest/registry.js';
import {
  breakerAllows,
  claimReply,
  fileBytes,
  hasWordsFor,
  isRefused,
  type OutgoingReply,
  outcomeOf,
  postToAnswer,
  queueReplies,
  ReplyKind,
  ReplyState,
  ReplyVisibility,
  recordAccountRefusal,
  recordNotSent,
  recordOutcome,
  type Setback,
} from '../modules/social/index.js';
import type { JobContext, Task } from '../platform/jobs.js';
import { type Departure, type DispatchOptions, departureOf } from './departure.js';
import { fetchMedia } from './outgoing.media.js';
import { keepSent } from './sent.post.js';
import { failureOf, nextStep, notLookedUp, setbackOf, unknownOf } from './setback.rules.js';

const CLAIM_MS = 3 * 60_000;
const LOOK_UP_AFTER_MS = 5000;

const KINDS: Record<ReplyKind, SendCommand['kind']> = {
  [ReplyKind.REPLY]: 'reply',
  [ReplyKind.DIRECT_MESSAGE]: 'message',
  [ReplyKind.CALL]: 'call',
};

/** What stands in the way of an account itself, by its state. */
const CLOSED: Record<string, string> = { PAUSED: 'ACCOUNT_PAUSED', NEEDS_REAUTHORIZATION: 'NEEDS_REAUTHORIZATION' };

/**
 * The task that brings one reply a step further: it is claimed in one short transaction, sent outside of any, and what became of it
 * is written in another. Failures of the network are recorded with the reply and never thrown.
 */
export function sendTask(options: DispatchOptions): Task {
  return async ({ replyId }: { replyId: string }, job) => {
    const { database } = options;
    const claim = await database.write(job.scope, async tx => {
      const taken = await claimReply(tx, replyId, options.claimMs ?? CLAIM_MS);
      if (taken && 'waitUntil' in taken) await queueReplies(tx, [replyId], taken.waitUntil);
      return taken;
    });
    if (!claim || !('reply' in claim)) return;
    const departure = await departureOf(options, claim.reply.accountId, job);
    await new Sending(options, job, claim.reply, departure).run();
  };
}

/** One attempt at one reply. */
class Sending {
  private readonly signal: AbortSignal;

  constructor(
    private readonly options: DispatchOptions,
    private readonly job: JobContext,
    private readonly reply: OutgoingReply,
    private readonly departure: Departure | null,
  ) {
    // Broken off well before its claim ends: no second attempt begins while this one still runs.
    this.signal = AbortSignal.timeout(Math.floor(((options.claimMs ?? CLAIM_MS) * 2) / 3));
  }

  private get holder() {
    return { organizationId: this.job.scope.organizationId, accountId: this.reply.accountId };
  }

  async run(): Promise<void> {
    const { reply, departure } = this;
    if (!departure?.connector.send) return this.record(this.standing('NO_ACCOUNT', ReplyState.FAILED));
    const closed = CLOSED[departure.account.state];
    if (closed) return this.record(this.standing(closed, ReplyState.QUEUED));
    const until = await breakerAllows(this.options.database.system, this.holder);
    if (until) {
      const state = reply.isDoubtful ? ReplyState.UNKNOWN : ReplyState.QUEUED;
      return this.record({ state, failure: failureOf('NETWORK_DOWN'), runAt: until });
    }
    let context: ConnectorContext<unknown>;
    let command: SendCommand;
    try {
      context = departure.context(this.signal);
      if (reply.isDoubtful && (await this.lookUp(context, departure)) === 'done') return;
      if (reply.refusal) return this.record(this.refused(reply.refusal, departure));
      command = await this.command(departure, true);
    } catch (error) {
      if (!(error instanceof ConnectorError)) this.job.log.error({ err: error }, 'a reply could not be prepared');
      const isOurs = !(error instanceof ConnectorError);
      const fault: Fault = isOurs ? { ...faultOf(error), class: 'transient' } : error.fault;
      return reply.isDoubtful ? this.stillUnknown(fault) : this.failed(fault);
    }
    await this.send(departure, context, command);
  }

  private async send(
    { connector }: Departure,
    context: ConnectorContext<unknown>,
    command: SendCommand,
  ): Promise<void> {
    const result = await connector.send!(context, command).catch((error: unknown) => {
      // What nobody explained may have happened before or after the network had it.
      if (!(error instanceof ConnectorError)) this.job.log.error({ err: error }, 'an adapter failed');
      return { state: 'failed' as const, fault: faultOf(error) };
    });
    if (result.state === 'unknown') return this.unknown(null);
    if ('ref' in result) return this.sent(result);
    const { fault } = result;
    if (fault.mayHaveHappened || fault.class === 'unknown') return this.unknown(fault);
    if (fault.class === 'duplicate') {
      const found = await this.find(context, command);
      if (found) return this.sent(found);
      if (this.reply.isDoubtful) return this.record(this.standing('NEEDS_PERSON', ReplyState.FAILED));
    }
    await this.failed(fault);
  }

  /** Whether it has gone out already. `done`: it has, or it is looked for again later, or a person is asked. */
  private async lookUp(context: ConnectorContext<unknown>, departure: Departure): Promise<'done' | 'send'> {
    const { lookUps } = this.reply;
    const { connector } = departure;
    const canLook = connector.findSent !== undefined;
    if (canLook) {
      const found = await connector.findSent!(context, await this.command(departure, false));
      if (found) {
        await this.sent(found);
        return 'done';
      }
    }
    const step = nextStep({ idempotency: connector.capabilities.idempotency, canLook, lookUps });
    if (step === 'send') return 'send';
    await this.unknown(null, { lookedUp: true, mayLook: step === 'look' });
    return 'done';
  }

  private async find(context: ConnectorContext<unknown>, command: SendCommand): Promise<Sent | null> {
    return (await this.departure?.connector.findSent?.(context, command).catch(() => null)) ?? null;
  }

  /** With what was attached; of what is only looked for that is not fetched. Throws `ConnectorError`. */
  private async command({ connector, account, services }: Departure, withMedia: boolean): Promise<SendCommand> {
    const { reply } = this;
    const { database } = this.options;
    const { postId } = reply;
    const post = postId ? await database.write(this.job.scope, tx => postToAnswer(tx, postId)) : null;
    const parent = post?.answered ?? null;
    const fileOf = (id: string) => database.write(this.job.scope, tx => fileBytes(tx, id));
    const media = withMedia ? await fetchMedia(services.outbound, fileOf, reply.media, this.signal) : [];
    const visibility = reply.visibility === ReplyVisibility.PUBLIC ? 'public' : 'private';
    let { rendered } = reply;
    // What it answers, or what goes with it, is known only now.
    if (reply.kind !== ReplyKind.CALL && (reply.isContinuation || media.length > 0)) {
      const draft = {
        text: reply.text,
        visibility: visibility as 'public' | 'private',
        ...(reply.language !== null && { language: reply.language }),
        media: media.map(({ bytes, kind, type, description }) => ({
          kind,
          type,
          bytes: bytes.length,
          ...(description && { description }),
        })),
      };
      const again = render(connector, account, draft, parent);
      if (isRefused(again))
        throw new ConnectorError({ class: 'invalid', code: again.code, message: again.message, scope: 'message' });
      rendered = again;
    }
    return {
      key: reply.id,
      kind: KINDS[reply.kind],
      visibility,
      parent,
      recipient: reply.recipient,
      rendered: rendered as SendCommand['rendered'],
      media,
      firstTriedAt: reply.firstTriedAt,
      ...(reply.isAutomatic && { auto: true }),
      ...(reply.agent !== null && { agent: reply.agent }),
    };
  }

  private async sent(sent: Sent): Promise<void> {
    const { account } = this.departure!;
    if (typeof sent.ref.id !== 'string' || sent.ref.id === '' || sent.ref.id.length > 2000) return this.unknown(null);
    await recordOutcome(this.options.database.system, this.holder, 'answered');
    await keepSent(this.options.database, this.job, { account, reply: this.reply, sent });
  }

  private unknown(fault: Fault | null, { lookedUp = false, mayLook = true } = {}): Promise<void> {
    const { connector } = this.departure!;
    const { idempotency } = connector.capabilities;
    const canResend = idempotency === 'native' || idempotency === 'deterministicId' || idempotency === 'duplicateError';
    const looking = {
      lookUps: this.reply.lookUps,
      canLook: mayLook && (connector.findSent !== undefined || canResend),
      lookUpAfterMs: this.options.lookUpAfterMs ?? LOOK_UP_AFTER_MS,
      lookedUp: lookedUp || this.reply.isDoubtful,
    };
    return this.record(unknownOf(looking, fault?.message, new Date()), fault);
  }

  /** It could not be looked for, so nothing is known that was not known before. */
  private stillUnknown(fault: Fault): Promise<void> {
    const { lookUps, firstTriedAt } = this.reply;
    const lookUpAfterMs = this.options.lookUpAfterMs ?? LOOK_UP_AFTER_MS;
    return this.record(notLookedUp(fault, { lookUps, firstTriedAt, lookUpAfterMs, now: new Date() }), fault);
  }

  private failed(fault: Fault): Promise<void> {
    const { attempt, firstTriedAt } = this.reply;
    const setback = setbackOf(fault, { attempt, firstTriedAt, now: new Date(), random: Math.random() });
    // What our own rules refused has its own words.
    if (fault.code && hasWordsFor(fault.code) && setback.state === ReplyState.FAILED)
      setback.failure = { ...setback.failure, code: fault.code };
    return this.record(setback, fault);
  }

  /** It may go no more. Where it could not be looked for, it may be out already, and a person has to see. */
  private refused(code: string, { connector }: Departure): Setback {
    if (!connector.findSent) return { state: ReplyState.UNKNOWN, failure: failureOf('NEEDS_PERSON'), runAt: null };
    return { state: ReplyState.FAILED, failure: failureOf(code), runAt: null };
  }

  /** Something about the account, not about this message. What may have gone out stays unknown. */
  private standing(code: string, otherwise: Setback['state']): Setback {
    const state = this.reply.isDoubtful ? ReplyState.UNKNOWN : otherwise;
    return { state, failure: failureOf(code), runAt: null };
  }

  private async record(setback: Setback, fault: Fault | null = null): Promise<void> {
    const { reply, job } = this;
    if (fault) {
      job.log.warn({ reply: reply.id, fault }, 'a reply was not sent');
      await recordOutcome(this.options.database.system, this.holder, outcomeOf(fault.class));
    }
    await this.options.database.write(job.scope, async tx => {
      if (fault?.class === 'auth')
        await recordAccountRefusal(tx, this.departure!.account, problemOf(fault, null, new Date()));
      await recordNotSent(tx, reply, setback);
    });
  }
}
