import { LRUCache } from 'lru-cache';
import { type ChannelAccount, channelAccount } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Vault } from '../platform/vault.js';
import type { AnyConnector, HookContext, RawRequest } from './connector.js';
import type { ConnectorRegistry } from './registry.js';

/** An account that a network calls, with the adapter that understands it. */
export interface HookedAccount {
  account: ChannelAccount;
  connector: AnyConnector;
  config: unknown;
}

/** Null when its adapter is not called by its network, or no longer accepts the account as it is. */
export function hookedAccount(registry: ConnectorRegistry, account: ChannelAccount): HookedAccount | null {
  const connector = account.connector ? registry.connector(account.connector) : undefined;
  if (!connector?.verifyWebhook || !connector.parseWebhook) return null;
  const { handle: query, settings, credentials } = account;
  return { account, connector, config: connector.configure({ kind: 'ACCOUNT', query, settings, credentials }) };
}

/** What pure functions of the adapter are told: the moment a delivery came stays the same however late it is read. */
export const hookContext = ({ config }: HookedAccount, at: Date): HookContext<unknown> => ({ config, now: () => at });

export function rawRequest(request: Omit<RawRequest, 'query'>): RawRequest {
  const { searchParams } = new URL(request.url);
  return { ...request, query: Object.fromEntries(searchParams) };
}

/** Changes of an account are noticed this late; a flood costs a look-up in so many milliseconds. */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 2000;
/** Ours have 72 characters. */
const KEY = /^[\w-]{16,100}$/;

/** Accounts by the key in the address their network calls, remembered for seconds. */
export class HookDirectory {
  private readonly cache: LRUCache<string, { found: HookedAccount | null }>;

  constructor({ database, vault, registry }: { database: Database; vault: Vault; registry: ConnectorRegistry }) {
    this.cache = new LRUCache({
      max: MOST_REMEMBERED,
      ttl: REMEMBERED_MS,
      fetchMethod: async hookKey => {
        const account = await channelAccount(database.system, vault, { hookKey });
        return { found: account && hookedAccount(registry, account) };
      },
    });
  }

  /** What is remembered of a key, without asking. */
  remembered(key: string): HookedAccount | null | undefined {
    return this.cache.peek(key)?.found;
  }

  async find(key: string): Promise<HookedAccount | null> {
    if (!KEY.test(key)) return null;
    return (await this.cache.fetch(key))?.found ?? null;
  }
}
