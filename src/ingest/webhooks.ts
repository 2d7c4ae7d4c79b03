import { LRUCache } from 'lru-cache';
import { keepDelivery } from '../modules/social/index.js';
import { CallCounts } from '../platform/call.counts.js';
import type { Database } from '../platform/database/database.js';
import type { Logger } from '../platform/logger.js';
import type { Vault } from '../platform/vault.js';
import type { RawRequest, WebhookVerdict } from './connector.js';
import { HookDirectory, type HookedAccount, type HookOptions, hookContext, rawRequest } from './webhook.accounts.js';

export interface WebhooksOptions extends HookOptions {
  database: Database;
  vault: Vault;
  log: Logger;
}

export interface HookAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface HookCall {
  /** The last part of the address. */
  key: string;
  /** As the outside world sees it. */
  request: Omit<RawRequest, 'query'>;
  /** Who calls: an IP address. */
  caller: string;
  requestId: string;
}

const answer = (status: number, body = '', headers: Record<string, string> = {}): HookAnswer => ({
  status,
  body,
  headers,
});

/** The same whatever is wrong with a key, so that nobody learns which there are. */
const UNKNOWN = answer(404, 'Not found.');
const TOO_MANY = answer(429, 'Too many.', { 'retry-after': '60' });
const LATER = answer(503, 'Not available right now.', { 'retry-after': '30' });

const WINDOW_MS = 60_000;
/** Refusals in a minute after which a caller is not listened to any more. */
const MOST_REFUSED = 60;

/**
 * Where networks call. What comes is verified, stored as it came together with the job that reads it, and answered at once; so
 * once the network has our answer nothing is lost, and until then it sends it again.
 */
export class Webhooks {
  private readonly directory: HookDirectory;
  private readonly refusals = new LRUCache<string, { count: number }>({ max: 10_000, ttl: WINDOW_MS });
  private readonly taken = new CallCounts(WINDOW_MS);

  constructor(private readonly options: WebhooksOptions) {
    this.directory = new HookDirectory(options);
  }

  /** Whether a call is worth reading: the answer to give when it is not. Asked before its body is there. */
  async refuseEarly(key: string, caller: string): Promise<HookAnswer | null> {
    try {
      const found = await this.admit(key, caller);
      return 'status' in found ? found : null;
    } catch (error) {
      this.options.log.warn({ err: error }, 'a webhook could not be looked up');
      return LATER;
    }
  }

  /** Verifies, stores and answers one call. Never throws. */
  async receive(call: HookCall): Promise<HookAnswer> {
    const log = this.options.log.child({ requestId: call.requestId });
    try {
      const hooked = await this.admit(call.key, call.caller);
      if ('status' in hooked) return hooked;
      const request = rawRequest(call.request);
      const verdict = verify(hooked, request, new Date(), log);
      if (verdict.kind === 'challenge') return challenge(verdict);
      if (verdict.kind === 'reject') {
        log.warn({ account: hooked.account.id, reason: verdict.reason }, 'a webhook was refused');
        this.countRefusal(`${call.key} ${call.caller}`);
        return answer(verdict.status >= 400 && verdict.status < 500 ? verdict.status : 403, 'Refused.');
      }
      if (!this.isTaken(hooked, call.caller)) return tooManyFor(verdict);
      await this.store(hooked, request, verdict.deliveryId, call.requestId);
      const { status = 200, body, headers } = verdict.response ?? {};
      return answer(status, body, headers);
    } catch (error) {
      log.error({ err: error }, 'a webhook could not be taken');
      return LATER;
    }
  }

  private async admit(key: string, caller: string): Promise<HookedAccount | HookAnswer> {
    if (this.isTired(`${key} ${caller}`)) return TOO_MANY;
    // Whoever guesses keys is stopped; who knows one from the same address is not.
    if (!this.directory.isKnown(key) && this.isTired(caller)) return TOO_MANY;
    const found = await this.directory.find(key);
    if (found) return found;
    this.countRefusal(caller);
    return UNKNOWN;
  }

  private async store(
    { account, connector: { openTo } }: HookedAccount,
    request: RawRequest,
    deliveryId: string | undefined,
    requestId: string,
  ): Promise<void> {
    const { database, vault } = this.options;
    const { organizationId, id, connector } = account;
    const { method, url, body } = request;
    // Who may call is anybody, and what else their browser says of them is no affair of ours.
    const headers = openTo ? { 'content-type': request.headers['content-type'] } : request.headers;
    await database.write({ organizationId, actor: `system:hook:${connector}`, requestId }, tx =>
      keepDelivery(tx, vault, id, { method, url, headers, body }, deliveryId),
    );
  }

  /** What anybody may send is taken up to a measure. */
  private isTaken({ connector, account }: HookedAccount, caller: string): boolean {
    const { openTo } = connector;
    if (!openTo) return true;
    return this.taken.admit(`${account.id} ${caller}`, openTo.perCaller) && this.taken.admit(account.id, openTo.inAll);
  }

  private isTired(who: string): boolean {
    return (this.refusals.get(who)?.count ?? 0) >= MOST_REFUSED;
  }

  private countRefusal(who: string): void {
    const known = this.refusals.get(who);
    if (known) known.count += 1;
    else this.refusals.set(who, { count: 1 });
  }
}

/** A page may read it that might read the other answer. */
function tooManyFor({ response }: Extract<WebhookVerdict, { kind: 'events' }>): HookAnswer {
  const { location: _location, 'content-type': _type, ...headers } = response?.headers ?? {};
  return { ...TOO_MANY, headers: { ...headers, ...TOO_MANY.headers } };
}

/** An adapter that trips over what a stranger sent has refused it. */
function verify(hooked: HookedAccount, request: RawRequest, now: Date, log: Logger): WebhookVerdict {
  try {
    return hooked.connector.verifyWebhook!(hookContext(hooked, now), request);
  } catch (error) {
    log.warn({ err: error, connector: hooked.connector.kind }, 'an adapter could not verify a webhook');
    return { kind: 'reject', status: 400, reason: 'the adapter could not read it' };
  }
}

const challenge = ({ status, body, type, headers }: Extract<WebhookVerdict, { kind: 'challenge' }>): HookAnswer =>
  answer(status, body, { ...headers, 'content-type': type ?? 'text/plain; charset=utf-8' });
