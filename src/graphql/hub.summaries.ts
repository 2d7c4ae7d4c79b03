import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../platform/errors.js';
import { formatError } from './format-error.js';
import type { GroupFacts, Subscriber } from './hub.groups.js';

const LEAST_MS = 1_000;
/** What changes by the clock alone is noticed this often. */
const CLOCK_MS = 15_000;

interface Summary {
  facts: GroupFacts;
  members: Set<Subscriber>;
  told: string | null;
  isDue: boolean;
  isRunning: boolean;
}

/** Subscriptions that tell the present: worked out once for all who share rights and filter, at most once a second, and told when it is news. */
export class Summaries {
  private readonly summaries = new Map<string, Summary>();
  private readonly clock = setInterval(() => this.look(() => true), CLOCK_MS).unref();

  get size(): number {
    return [...this.summaries.values()].reduce((sum, { members }) => sum + members.size, 0);
  }

  get count(): number {
    return this.summaries.size;
  }

  close(): void {
    clearInterval(this.clock);
    this.summaries.clear();
  }

  /** Tells the subscriber the present, and then what becomes of it. Answers how to leave. */
  join(facts: GroupFacts, subscriber: Subscriber): () => void {
    const summary = this.summaries.get(facts.key) ?? {
      facts,
      members: new Set<Subscriber>(),
      told: null,
      isDue: false,
      isRunning: false,
    };
    this.summaries.set(facts.key, summary);
    summary.members.add(subscriber);
    // Whoever comes second is not told what was true a while ago: everybody is told anew.
    summary.told = null;
    this.ask(summary);
    return () => {
      summary.members.delete(subscriber);
      if (summary.members.size === 0 && this.summaries.get(facts.key) === summary) this.summaries.delete(facts.key);
    };
  }

  /** Something happened in organisations: those whose events concern them are worked out again. */
  look(isConcerned: (facts: GroupFacts) => boolean): void {
    for (const summary of this.summaries.values()) if (isConcerned(summary.facts)) this.ask(summary);
  }

  private ask(summary: Summary): void {
    summary.isDue = true;
    if (!summary.isRunning) void this.run(summary);
  }

  private async run(summary: Summary): Promise<void> {
    summary.isRunning = true;
    try {
      while (summary.isDue && summary.members.size > 0) {
        summary.isDue = false;
        const wait = sleep(LEAST_MS, undefined, { ref: false });
        await this.tell(summary);
        await wait;
      }
    } catch (error) {
      for (const subscriber of summary.members) subscriber.fail(error);
      summary.members.clear();
      this.summaries.delete(summary.facts.key);
    } finally {
      summary.isRunning = false;
    }
  }

  private async tell(summary: Summary): Promise<void> {
    const { prepared, stream, filter, variables, createContext } = summary.facts;
    const context = createContext();
    const result = await prepared.run(stream.summary!(filter), context, variables);
    const failure = result.errors
      ?.map(error => error.originalError)
      .find(cause => cause && !(cause instanceof AppError));
    if (failure) throw failure;
    const errors = result.errors?.map(error => formatError(error, context.log, context.options.requestId));
    const text = JSON.stringify(errors ? { ...result, errors } : result);
    const said = withoutMoment(text);
    if (said === summary.told) return;
    summary.told = said;
    for (const subscriber of summary.members) subscriber.deliver(text);
  }
}

/** That time goes by is no news: when it was counted is left out of the comparison. */
const withoutMoment = (text: string): string => text.replace(/"at":"[^"]*"/g, '');
