import axios from 'axios';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ConnectorError, type ExternalIdentity, type Fault, type InboundEvent } from '../../src/ingest/connector.js';
import { identityOf } from './post.event.js';
import { clean, isHandle, type PostUri, postUri } from './post.record.js';
import { fault, faultOf } from './xrpc.faults.js';

/** A bounded GET; the caller judges the status. Rejects only when there is no answer. */
export type HttpGet = (
  url: string,
  signal: AbortSignal,
) => Promise<{ status: number; body: string; retryAfter?: string }>;

/** What the public read service of the network tells beside the stream: who an account is, and how a post stands now. */
export interface AppView {
  /** The DID behind a handle. Throws `not_found` when nobody has it. */
  resolveHandle(handle: string, signal: AbortSignal): Promise<string>;
  /** Completes authors and mentions of the events in place, as far as profiles can be had; never throws. */
  describeAuthors(events: InboundEvent[], signal: AbortSignal, onProblem: (fault: Fault) => void): Promise<void>;
  profile(did: string, signal: AbortSignal): Promise<ExternalIdentity | undefined>;
  /** Called when the network says that an account changed: its profile is read again when next needed. */
  forget(did: string): void;
  post(uri: PostUri, signal: AbortSignal): Promise<StoredPost | undefined>;
}

export type StoredPost = z.infer<typeof postView>;

const PROFILES_PER_REQUEST = 25;
const REST_AFTER_FAILURE_MS = 30_000;
/** Posts wait for profiles no longer than this. */
const PROFILES_TIMEOUT_MS = 2000;

const text = z.string().optional().catch(undefined);
export const profileView = z.object({
  did: z.string(),
  handle: z.string(),
  displayName: text,
  description: text,
  avatar: z.url().optional().catch(undefined),
  followersCount: z.int().nonnegative().optional().catch(undefined),
});
const postView = z.object({ uri: z.string(), cid: z.string(), record: z.unknown(), indexedAt: z.coerce.date() });

export const getWithAxios: HttpGet = async (url, signal) => {
  const response = await axios.get<string>(url, {
    signal,
    timeout: 5000,
    maxContentLength: 4 * 1024 * 1024,
    maxRedirects: 3,
    responseType: 'text',
    transformResponse: body => body,
    validateStatus: () => true,
  });
  const retryAfter = response.headers['retry-after'];
  return { status: response.status, body: response.data, retryAfter: retryAfter ? String(retryAfter) : undefined };
};

export function appView(baseUrl: string, httpGet: HttpGet): AppView {
  // `null`: asked for, and the network knows no such account.
  const profiles = new LRUCache<string, { identity: ExternalIdentity | null }>({ max: 20_000, ttl: 10 * 60_000 });
  let restsUntil = 0;

  async function call<Shape extends z.ZodType>(
    method: string,
    query: [string, string][],
    shape: Shape,
    signal: AbortSignal,
  ) {
    const url = `${baseUrl.replace(/\/+$/, '')}/xrpc/${method}?${new URLSearchParams(query)}`;
    const response = await httpGet(url, signal).catch(cause => {
      throw new ConnectorError(fault('transient', `${method}: no answer from ${new URL(baseUrl).host}`), { cause });
    });
    if (response.status !== 200) throw new ConnectorError(faultOf(response, method));
    try {
      return shape.parse(JSON.parse(response.body));
    } catch (cause) {
      throw new ConnectorError(fault('transient', `${method}: the answer could not be read`), { cause });
    }
  }

  async function learn(dids: string[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < dids.length; at += PROFILES_PER_REQUEST) {
      const asked = dids.slice(at, at + PROFILES_PER_REQUEST);
      const actors = asked.map((did): [string, string] => ['actors', did]);
      const answer = await call(
        'app.bsky.actor.getProfiles',
        actors,
        z.object({ profiles: z.array(profileView) }),
        signal,
      );
      for (const did of asked) profiles.set(did, { identity: null });
      for (const view of answer.profiles) profiles.set(view.did, { identity: identityOfProfile(view) });
    }
  }

  const known = (did: string) => profiles.get(did)?.identity ?? undefined;

  return {
    async resolveHandle(handle, signal) {
      const answer = await call(
        'com.atproto.identity.resolveHandle',
        [['handle', handle]],
        z.object({ did: z.string().regex(/^did:[a-z]+:/) }),
        signal,
      );
      return answer.did;
    },

    async describeAuthors(events, signal, onProblem) {
      const upserts = events.filter(event => event.op === 'upsert');
      const identities = upserts.flatMap(event => [event.author, ...(event.mentions ?? [])]);
      const unknown = new Set(identities.flatMap(({ id }) => (id && !profiles.has(id) ? id : [])));
      if (unknown.size > 0 && Date.now() >= restsUntil) {
        try {
          await learn([...unknown], AbortSignal.any([signal, AbortSignal.timeout(PROFILES_TIMEOUT_MS)]));
        } catch (error) {
          restsUntil = Date.now() + REST_AFTER_FAILURE_MS;
          onProblem(error instanceof ConnectorError ? error.fault : fault('unknown', String(error)));
        }
      }
      const others = upserts.flatMap(event => [event.parent?.author ?? [], event.quoted?.author ?? []].flat());
      for (const identity of [...identities, ...others]) {
        // A handle that only stands in the text gives way to what the network says, also when it vouches for none.
        if (identity.id && profiles.has(identity.id))
          Object.assign(identity, { handle: undefined }, known(identity.id));
      }
    },

    async profile(did, signal) {
      if (!profiles.has(did)) await learn([did], signal);
      return known(did);
    },

    forget: did => void profiles.delete(did),

    async post(uri, signal) {
      const answer = await call(
        'app.bsky.feed.getPosts',
        [['uris', postUri(uri)]],
        z.object({ posts: z.array(postView) }),
        signal,
      );
      return answer.posts[0];
    },
  };
}

export function identityOfProfile(view: z.infer<typeof profileView>): ExternalIdentity {
  return {
    ...identityOf(view.did),
    // The AppView answers `handle.invalid` for a handle that does not lead back to the account.
    ...(isHandle(view.handle) && view.handle !== 'handle.invalid' && { handle: view.handle.toLowerCase() }),
    ...(view.displayName && { displayName: clean(view.displayName) }),
    ...(view.description && { bio: clean(view.description) }),
    ...(view.avatar && { avatarUrl: view.avatar }),
    ...(view.followersCount !== undefined && { followersCount: view.followersCount }),
  };
}
