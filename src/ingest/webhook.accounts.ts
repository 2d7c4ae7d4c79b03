import { LRUCache } from 'lru-cache';
import { type ChannelAccount, channelAccount } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Vault } from '../platform/vault.js';
import type { AnyConnector, HookContext, RawRequest } from './connector.js';
import type { ConnectorRegistry } from './registry.js';

/** By what accounts and the networks that call them know each other. */
export interface HookOptions {
  registry: ConnectorRegistry;
  /** What the network was given when it was asked to call us. */
  hookSecret(accountId: string): string;
  /** Where the outside world finds us, without a trailing slash. */
  publicUrl: string;
}

/** An account that a network calls, with the adapter that understands it. */
export interface HookedAccount extends Omit<HookContext<unknown>, 'now'> {
  account: ChannelAccount;
  connector: AnyConnector;
}

/** Null when its adapter is not called by its network. Throws `ConnectorError` when it does not accept the account as it is. */
export function hookedAccount(
  { registry, hookSecret, publicUrl }: HookOptions,
  account: ChannelAccount,
): HookedAccount | null {
  const connector = account.connector ? registry.connector(account.connector) : undefined;
  if (!connector?.verifyWebhook || !connector.parseWebhook) return null;
  const { handle: query, settings, credentials } = account;
  return {
    account,
    connector,
    config: connector.configure({ kind: 'ACCOUNT', query, settings, credentials }),
    hookSecret: hookSecret(account.id),
    hookUrl: `${publicUrl}/hooks/${account.hookKey}`,
  };
}

/** What pure functions of the adapter are told: the moment a delivery came stays the same however late it is read. */
export const hookContext = ({ config, hookSecret, hookUrl }: HookedAccount, at: Date): HookContext<unknown> => ({
  config,
  hookSecret,
  hookUrl,
  now: () => at,
});

export function rawRequest(request: Omit<RawRequest, 'query'>): RawRequest {
  const { searchParams } = new URL(request.url);
  return { ...request, query: Object.fromEntries(searchParams) };
}

/** Changes of an account are noticed this late; a flood costs a look-up in so many milliseconds. */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 2000;
/** Callers that guess keys do not shut out those that know one, also where all come from one proxy. */
const KNOWN_MS = 3_600_000;
/** Ours have 72 characters. */
const KEY = /^[\w-]{16,100}$/;

/** Accounts by the key in the address their network calls, remembered for seconds. */
export class HookDirectory {
  private readonly cache: LRUCache<string, { found: HookedAccount | null }>;
  private readonly known = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: KNOWN_MS });

  constructor(options: HookOptions & { database: Database; vault: Vault }) {
    const { database, vault } = options;
    this.cache = new LRUCache({
      max: MOST_REMEMBERED,
      ttl: REMEMBERED_MS,
      fetchMethod: async hookKey => {
        const account = await channelAccount(database.system, vault, { hookKey });
        return { found: account && hookedAccount(options, account) };
      },
    });
  }

  /** Whether there was an account of this key not long ago, without asking. */
  isKnown(key: string): boolean {
    return this.known.has(key);
  }

  async find(key: string): Promise<HookedAccount | null> {
    if (!KEY.test(key)) return null;
    const found = (await this.cache.fetch(key))?.found ?? null;
    if (found) this.known.set(key, true);
    return found;
  }
}
