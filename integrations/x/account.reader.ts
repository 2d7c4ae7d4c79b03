import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type ConnectorContext, ConnectorError, type ExternalIdentity } from '../../src/ingest/connector.js';
import type { XConfig, XKeys } from './account.config.js';
import type { XClient } from './api.client.js';
import { fault } from './api.faults.js';
import { paying } from './api.prices.js';
import { identityOfUser } from './post.event.js';
import { userShape } from './post.shapes.js';

const USER_FIELDS = { 'user.fields': 'id,name,username,description,profile_image_url,public_metrics,url' };
const answerShape = z.object({ data: userShape.optional().catch(undefined) });

type Context = Pick<ConnectorContext<XConfig>, 'config' | 'costs'>;

/** Who accounts are. Asking costs a cent, so the answers of this process are kept; ids do not change. */
export interface Accounts {
  /** The account our keys act for. Throws `ConnectorError`. */
  own(context: Context, client: XClient): Promise<ExternalIdentity & { id: string }>;
  /** Forgets what was kept, so that the next question is a round trip. */
  forget(): void;
  /** Throws `not_found` when nobody has this handle. */
  byHandle(context: Context, client: XClient, handle: string): Promise<ExternalIdentity & { id: string }>;
  /** The id of the account that is followed; undefined when words are. */
  followedId(context: Context, client: XClient): Promise<string | undefined>;
}

export function openAccounts(): Accounts {
  const kept = new LRUCache<string, ExternalIdentity & { id: string }>({ max: 5000, ttl: 3_600_000 });

  const read = async (context: Context, client: XClient, key: string, path: string, handle?: string) => {
    const known = kept.get(key);
    if (known) return known;
    const request = {
      path,
      query: USER_FIELDS,
      ...(handle ? { params: { username: handle } } : { as: 'user' as const }),
    };
    const found = await paying(context, { user: 1 }, async () => {
      const { data } = await client.ask('get', request, answerShape);
      return { result: data, spent: { user: data ? 1 : 0 } };
    });
    if (!found)
      throw new ConnectorError(
        fault('not_found', handle ? `Nobody on X is @${handle}.` : 'X does not say whose keys these are.'),
      );
    const identity = { ...identityOfUser(found), id: found.id };
    kept.set(key, identity);
    return identity;
  };

  const accounts: Accounts = {
    own: (context, client) => read(context, client, `key:${nameOf(context.config.keys)}`, 'users/me'),
    byHandle: (context, client, handle) =>
      read(context, client, `handle:${handle.toLowerCase()}`, 'users/by/username/:username', handle),
    forget: () => kept.clear(),
    async followedId(context, client) {
      const { follows } = context.config;
      if (follows.kind === 'KEYWORD') return undefined;
      return follows.id ?? (await accounts.byHandle(context, client, follows.handle!)).id;
    },
  };
  return accounts;
}

/** Names keys without holding them. */
function nameOf({ accessToken, bearerToken }: XKeys): string {
  return createHash('sha256')
    .update(accessToken ?? bearerToken ?? '')
    .digest('base64url');
}
