import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../platform/errors.js';
import { formatError } from './format-error.js';
import type { GroupFacts, Subscriber } from './hub.groups.js';

const LEAST_MS = 1_000;
/** What changes by the clock alone is noticed this often. */
const CLOCK_MS = 15_000;

/** One is worked out at a time, and then three times as long none is: counting must not keep events waiting. */
const WORKERS = 1;
const REST = 3;
const LONGEST_REST_MS = 250;
const GLANCE_MS = 25;

interface Summary {
  facts: GroupFacts;
  members: Set<Subscriber>;
  told: string | null;
  isDue: boolean;
  /** When it was worked out last, by `performance.now`. */
  at: number;
}

/** Subscriptions that tell the present: worked out once for all who share rights and filter, at most once a second, and told when it is news. */
export class Summaries {
  private readonly summaries = new Map<string, Summary>();
  private readonly clock = setInterval(() => this.look(() => true), CLOCK_MS).unref();
  /** Those that are to be worked out. */
  private readonly due = new Set<Summary>();
  private workers = 0;

  get size(): number {
    return [...this.summaries.values()].reduce((sum, { members }) => sum + members.size, 0);
  }

  get count(): number {
    return this.summaries.size;
  }

  close(): void {
    clearInterval(this.clock);
    this.summaries.clear();
    this.due.clear();
  }

  /** Tells the subscriber the present, and then what becomes of it. Answers how to leave. */
  join(facts: GroupFacts, subscriber: Subscriber): () => void {
    const summary = this.summaries.get(facts.key) ?? {
      facts,
      members: new Set<Subscriber>(),
      told: null,
      isDue: false,
      at: Number.NEGATIVE_INFINITY,
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

  /** Something happened in organisations: those whom it concerns are worked out again. */
  look(isConcerned: (facts: GroupFacts) => boolean): void {
    for (const summary of this.summaries.values()) {
      if (!summary.isDue && isConcerned(summary.facts)) this.ask(summary);
    }
  }

  private ask(summary: Summary): void {
    if (summary.isDue) return;
    summary.isDue = true;
    this.due.add(summary);
    while (this.workers < Math.min(WORKERS, this.due.size)) void this.work();
  }

  private async work(): Promise<void> {
    this.workers++;
    try {
      for (let next = this.longestUntold(); next; next = this.longestUntold()) {
        const wait = next.at + LEAST_MS - performance.now();
        if (wait > 0) {
          // Whoever joins meanwhile has been told nothing yet and comes first.
          await sleep(Math.min(wait, GLANCE_MS), undefined, { ref: false });
          continue;
        }
        this.due.delete(next);
        next.isDue = false;
        next.at = performance.now();
        const told = next;
        await this.tell(told).catch(error => this.end(told, error));
        const took = performance.now() - told.at;
        await sleep(Math.min(REST * took, LONGEST_REST_MS), undefined, { ref: false });
      }
    } finally {
      this.workers--;
    }
  }

  private longestUntold(): Summary | undefined {
    let found: Summary | undefined;
    for (const summary of this.due) {
      if (summary.members.size === 0) this.due.delete(summary);
      else if (!found || summary.at < found.at) found = summary;
    }
    return found;
  }

  private end(summary: Summary, error: unknown): void {
    for (const subscriber of summary.members) subscriber.fail(error);
    summary.members.clear();
    if (this.summaries.get(summary.facts.key) === summary) this.summaries.delete(summary.facts.key);
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
