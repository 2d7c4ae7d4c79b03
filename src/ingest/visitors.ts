import type { FeedEvent } from '../events/index.js';
import { applyReceipts, type VisitorMessage, visitorMessages } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Vault } from '../platform/vault.js';
import { ConnectorError, type Receipt } from './connector.js';
import { HookDirectory, type HookedAccount, type HookOptions } from './webhook.accounts.js';

const SHOWN = 50;
/** Several changes at once are looked at together. */
const TOGETHER_MS = 100;
const MOST_WAITING = 2000;
const TELLING = ['post.received', 'post.edited', 'post.deleted', 'reply.changed'];

export interface VisitorsOptions extends HookOptions {
  database: Database;
  vault: Vault;
  onEvents(listener: (events: FeedEvent[]) => void): () => void;
}

/** What those see who write to a site's account and are answered there: each their own conversation, as it is now. */
export class Visitors {
  private readonly directory: HookDirectory;
  private readonly waiting = new Map<string, Set<(isChanged: boolean) => void>>();
  private readonly changed = new Set<string>();
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

  /** True once something changed in the account's organisation; false after `ms`, when aborted, or at once where too many wait. */
  change({ account }: HookedAccount, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.count >= MOST_WAITING || signal.aborted || ms <= 0) return Promise.resolve(false);
    const { organizationId } = account;
    const all = this.waiting.get(organizationId) ?? new Set();
    this.waiting.set(organizationId, all);
    this.count += 1;
    return new Promise(resolve => {
      const finish = (isChanged: boolean) => {
        if (!all.delete(finish)) return;
        this.count -= 1;
        if (all.size === 0 && this.waiting.get(organizationId) === all) this.waiting.delete(organizationId);
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(isChanged);
      };
      const stop = () => finish(false);
      const timer = setTimeout(stop, ms);
      signal.addEventListener('abort', stop);
      all.add(finish);
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
    for (const all of [...this.waiting.values()]) for (const finish of [...all]) finish(false);
  }

  private hear(events: FeedEvent[]): void {
    for (const { type, organizationId } of events)
      if (TELLING.includes(type) && this.waiting.has(organizationId)) this.changed.add(organizationId);
    if (this.changed.size === 0 || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const organizations = [...this.changed];
      this.changed.clear();
      for (const organizationId of organizations)
        for (const finish of [...(this.waiting.get(organizationId) ?? [])]) finish(true);
    }, TOGETHER_MS);
  }
}
