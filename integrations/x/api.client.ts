import { Agent } from 'node:https';
import { connect } from 'node:net';
import { type IClientSettings, type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import type { z } from 'zod';
import { type ConnectorContext, ConnectorError, type Limits } from '../../src/ingest/connector.js';
import type { XConfig, XKeys } from './account.config.js';
import { errorOf, fault, limitsOf } from './api.faults.js';

type Method = 'get' | 'post' | 'put' | 'delete';

export interface XRequest {
  /** Below /2/, with `:names` for what `params` says; so it names the bucket too. */
  path: string;
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: Record<string, unknown>;
  /** As whom: the app where it has a token of its own, else the account. */
  as?: 'user' | 'app';
}

/** The library, counted, bounded and stoppable. */
export interface XClient {
  /** Throws `ConnectorError`, also when the answer has another shape. */
  ask<Shape extends z.ZodType>(method: Method, request: XRequest, shape: Shape): Promise<z.infer<Shape>>;
  /** The library itself, for what it does in several steps. Throws `ConnectorError`. */
  doing<Result>(what: string, work: (api: TwitterApi) => Promise<Result>): Promise<Result>;
}

export interface XClientOptions {
  /** Where X is instead, as `http://host:port`: for tests. */
  origin?: string;
}

type ClientContext = Pick<ConnectorContext<XConfig>, 'limits' | 'now' | 'signal' | 'config'>;

const TIMEOUT_MS = 30_000;
/** Uploading a video, and waiting until X has converted it. */
const LONGEST_WORK_MS = 600_000;

export function openClient(context: ClientContext, options: XClientOptions): XClient {
  const { config, signal, limits, now } = context;

  async function asking<Result>(
    what: string,
    writes: boolean,
    as: 'user' | 'app',
    work: (api: TwitterApi) => Promise<Result>,
    limit?: AbortSignal,
  ) {
    const until = limit ? AbortSignal.any([signal, limit]) : signal;
    until.throwIfAborted();
    const agent = agentFor(options.origin);
    const stop = () => agent.destroy();
    until.addEventListener('abort', stop, { once: true });
    try {
      return await work(libraryFor(config.keys, as, agent, [counting(limits)]));
    } catch (error) {
      throw errorOf(error, { what, writes, now: now() });
    } finally {
      until.removeEventListener('abort', stop);
      agent.destroy();
    }
  }

  return {
    async ask(method, { path, params, query, body, as = 'app' }, shape) {
      const what = `${method.toUpperCase()} ${path}`;
      const extra = { ...(params && { params }), timeout: TIMEOUT_MS };
      const answer: unknown = await asking(what, method !== 'get', as, ({ v2 }) => {
        if (method === 'get') return v2.get(path, query, extra);
        if (method === 'delete') return v2.delete(path, query, extra);
        // As a form, nothing is sent as nothing; as JSON, the library makes `{}` of it.
        return v2[method](path, body, { ...extra, ...(!body && { forceBodyMode: 'url' as const }) });
      });
      const read = shape.safeParse(answer);
      if (read.success) return read.data;
      const mayHaveHappened = method !== 'get';
      const message = `${what}: the answer of X could not be read.`;
      throw new ConnectorError({ ...fault('transient', message), ...(mayHaveHappened && { mayHaveHappened }) });
    },
    doing: (what, work) => asking(what, true, 'user', work, AbortSignal.timeout(LONGEST_WORK_MS)),
  };
}

/** Which keys to use: an app token reads; an account's own, of OAuth 2 or 1.0a, reads and writes. */
export function libraryFor(keys: XKeys, as: 'user' | 'app', agent: Agent, plugins: ITwitterApiClientPlugin[] = []) {
  const { bearerToken, accessToken, accessSecret, consumerKey, consumerSecret } = keys;
  const settings: Partial<IClientSettings> = { httpAgent: agent, plugins };
  if (bearerToken && (as === 'app' || !accessToken)) return new TwitterApi(bearerToken, settings);
  if (accessToken && accessSecret && consumerKey && consumerSecret) {
    return new TwitterApi({ appKey: consumerKey, appSecret: consumerSecret, accessToken, accessSecret }, settings);
  }
  return accessToken ? new TwitterApi(accessToken, settings) : new TwitterApi(undefined, settings);
}

/** The library speaks to one fixed address by TLS; an agent of our own carries it elsewhere. */
export function agentFor(origin: string | undefined): Agent {
  if (!origin) return new Agent();
  const { hostname, port } = new URL(origin);
  const agent = new Agent();
  agent.createConnection = () => connect({ host: hostname, port: Number(port) });
  return agent;
}

/** Each request of the library is counted against its endpoint, and what its answer says of the limit is passed on. */
function counting(limits: Limits): ITwitterApiClientPlugin {
  const observe = async (bucket: string, headers: Record<string, unknown>) => {
    const words = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const reading = limitsOf({ headers: Object.fromEntries(words) });
    if (reading) await limits.observe(bucket, reading);
  };
  return {
    onBeforeRequest: ({ params }) => limits.take(bucketOf(params)),
    onAfterRequest: ({ params, response }) => observe(bucketOf(params), response.headers),
    onResponseError: ({ params, error }) => observe(bucketOf(params), error.headers),
  };
}

function bucketOf({ method, url }: { method: string; url: string }): string {
  const path = new URL(url).pathname.replace(/^\/2\//, '').replace(/(?<=\/)\d+(?=\/|$)/g, ':id');
  return `${method.toUpperCase()} ${path}`;
}
