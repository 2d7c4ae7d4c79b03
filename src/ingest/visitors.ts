import type { FeedEvent } from '../events/index.js';
import { applyReceipts, touchedVisitors, type VisitorMessage, visitorMessages } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Logger } from '../platform/logger.js';
import type { Vault } from '../platform/vault.js';
import { ConnectorError, type Receipt } from './connector.js';
import { HookDirectory, type HookedAccount, type HookOptions } from './webhook.accounts.js';

const SHOWN = 50;
/** Changes are looked at together, once in so many milliseconds, however many there are. */
const TOGETHER_MS = 100;
const MOST_WAITING = 2000;
const TELLING = ['post.received', 'post.edited', 'post.deleted', 'reply.changed'];

export interface VisitorsOptions extends HookOptions {
  database: Database;
  vault: Vault;
  log: Logger;
  onEvents(listener: (events: FeedEvent[]) => void): () => void;
}

type Waiter = (isChanged: boolean) => void;

/** What those see who write to a site's account and are answered there: each their own conversation, as it is now. */
export class Visitors {
  private readonly directory: HookDirectory;
  /** By organisation, then by visitor. */
  private readonly waiting = new Map<string, Map<string, Set<Waiter>>>();
  /** Ids of posts and replies not looked at yet, by organisation. */
  private changed = new Map<string, Set<string>>();
  private readonly forget: () => void;
  private timer: NodeJS.Timeout | undefined;
  private count = 0;

  constructor(private readonly options: VisitorsOptions) {
    this.directory = new HookDirectory(options);
    this.forget = options.onEvents(events => this.hear(events));
  }

  /** The account whose hook has this key; null when there is none, or none that its adapter accepts as it is. */
  async find(key: string): Promise<HookedAccount | null> {
    try {
      return await this.directory.find(key);
    } catch (error) {
      if (error instanceof ConnectorError) return null;
      throw error;
    }
  }

  messages({ account }: HookedAccount, visitor: string): Promise<VisitorMessage[]> {
    const { organizationId, id: accountId } = account;
    return visitorMessages(this.options.database.system, { organizationId, accountId, visitor }, SHOWN);
  }

  /** True once something changed for the visitor; false after `ms`, when aborted, or at once where too many wait. */
  change({ account }: HookedAccount, visitor: string, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.count >= MOST_WAITING || signal.aborted || ms <= 0) return Promise.resolve(false);
    return new Promise(resolve => {
      const finish: Waiter = isChanged => {
        if (!this.leave(account.organizationId, visitor, finish)) return;
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(isChanged);
      };
      const stop = () => finish(false);
      const timer = setTimeout(stop, ms);
      signal.addEventListener('abort', stop);
      this.enter(account.organizationId, visitor, finish);
    });
  }

  /** What became of messages of ours, told by the visitor's browser. */
  async told({ account, connector }: HookedAccount, receipts: Receipt[], requestId: string): Promise<void> {
    if (receipts.length === 0) return;
    const { organizationId } = account;
    const actor = `system:hook:${connector.kind}`;
    await this.options.database.write({ organizationId, actor, requestId }, tx =>
      applyReceipts(tx, connector.network, receipts),
    );
  }

  close(): void {
    this.forget();
    clearTimeout(this.timer);
    for (const organizationId of [...this.waiting.keys()]) this.wake(organizationId, null, false);
  }

  private enter(organizationId: string, visitor: string, waiter: Waiter): void {
    const visitors = this.waiting.get(organizationId) ?? new Map<string, Set<Waiter>>();
    this.waiting.set(organizationId, visitors);
    const waiters = visitors.get(visitor) ?? new Set();
    visitors.set(visitor, waiters.add(waiter));
    this.count += 1;
  }

  private leave(organizationId: string, visitor: string, waiter: Waiter): boolean {
    const visitors = this.waiting.get(organizationId);
    const waiters = visitors?.get(visitor);
    if (!waiters?.delete(waiter)) return false;
    this.count -= 1;
    if (waiters.size === 0) visitors!.delete(visitor);
    if (visitors!.size === 0) this.waiting.delete(organizationId);
    return true;
  }

  /** Those of one visitor, or everybody's of the organisation. */
  private wake(organizationId: string, visitor: string | null, isChanged: boolean): void {
    const visitors = this.waiting.get(organizationId);
    if (!visitors) return;
    for (const name of visitor === null ? [...visitors.keys()] : [visitor])
      for (const waiter of [...(visitors.get(name) ?? [])]) waiter(isChanged);
  }

  private hear(events: FeedEvent[]): void {
    for (const { type, organizationId, subjectId } of events) {
      if (!TELLING.includes(type) || !this.waiting.has(organizationId)) continue;
      const ids = this.changed.get(organizationId);
      if (ids) ids.add(subjectId);
      else this.changed.set(organizationId, new Set([subjectId]));
    }
    if (this.changed.size > 0) this.timer ??= setTimeout(() => void this.tell(), TOGETHER_MS);
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const changed = this.changed;
    this.changed = new Map();
    for (const [organizationId, ids] of changed) {
      try {
        const touched = await touchedVisitors(this.options.database.system, organizationId, [...ids]);
        for (const visitor of touched) this.wake(organizationId, visitor, true);
      } catch (error) {
        this.options.log.warn({ err: error }, 'it could not be found out which visitors wait for this');
        this.wake(organizationId, null, true);
      }
    }
  }
}
