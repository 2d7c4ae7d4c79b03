import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type HttpRequest,
  type HttpResponse,
} from '../../src/ingest/connector.js';
import type { Access } from './source.config.js';
import { faultOfAnswer, readAnswer, readXrpcError } from './xrpc.faults.js';

/** An account's own server, asked as that account. */
export interface AccountClient {
  /** Answers 200, or what is among `accepts`; throws `ConnectorError` otherwise. */
  call(call: XrpcCall): Promise<HttpResponse>;
  /** Who the account is; signs in when that is not known yet. */
  whoami(): Promise<{ did: string; handle: string }>;
}

export interface XrpcCall {
  method: string;
  query?: HttpRequest['query'];
  /** Given for a procedure. */
  json?: unknown;
  body?: { bytes: Buffer; type: string };
  /** The error names that are an answer too. */
  accepts?: string[];
  /** Whether people would see what it does: its loss has then to be looked into. */
  isPublic?: boolean;
}

interface Session {
  base: string;
  did: string;
  handle: string;
  accessJwt: string;
  refreshJwt: string;
}

const sessionShape = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string().max(253),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z
    .object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: z.string() })) })
    .optional()
    .catch(undefined),
});

const ACCOUNTS_AT_ONCE = 1000;
const ENDED = ['ExpiredToken', 'InvalidToken'];

/**
 * The sessions of all accounts, kept in memory: signing in is limited to thirty times in five minutes, so it happens once a
 * process and is renewed from then on. One sign-in or renewal at a time for each account.
 */
export function accountSessions(): (context: ConnectorContext<unknown>, access: Access) => AccountClient {
  const sessions = new LRUCache<string, Session>({ max: ACCOUNTS_AT_ONCE });
  const locks = new Map<string, Promise<unknown>>();

  function alone<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const mine = (locks.get(key) ?? Promise.resolve()).then(work, work);
    const settled = mine
      .catch(() => {})
      .then(() => {
        if (locks.get(key) === settled) locks.delete(key);
      });
    locks.set(key, settled);
    return mine;
  }

  return (context, access) => {
    const { http } = context;
    const key = createHash('sha256').update(JSON.stringify(access)).digest('base64url');

    async function signIn(): Promise<Session> {
      const json = { identifier: access.identifier, password: access.appPassword };
      const url = `${access.service}/xrpc/com.atproto.server.createSession`;
      const response = await silently(http.request({ method: 'POST', url, json, bucket: 'sign-in' }));
      return keep(read(response, 'Signing in', context.now()), access.service);
    }

    async function renew(ended: Session): Promise<Session> {
      const url = `${ended.base}/xrpc/com.atproto.server.refreshSession`;
      const headers = { authorization: `Bearer ${ended.refreshJwt}` };
      const response = await silently(http.request({ method: 'POST', url, headers, bucket: 'renewal' }));
      // Renewed too late, or the password was revoked: signing in tells which.
      if (response.status === 400 || response.status === 401) return signIn();
      return keep(read(response, 'Renewing the session', context.now()), ended.base);
    }

    function keep(answer: z.infer<typeof sessionShape>, asked: string): Session {
      const { did, handle, accessJwt, refreshJwt } = answer;
      const session = { base: homeOf(answer, asked), did, handle, accessJwt, refreshJwt };
      sessions.set(key, session);
      return session;
    }

    const current = async () => sessions.get(key) ?? (await alone(key, async () => sessions.get(key) ?? signIn()));
    const renewed = (ended: Session) =>
      alone(key, async () => {
        const now = sessions.get(key);
        return now && now.accessJwt !== ended.accessJwt ? now : renew(ended);
      });

    async function ask(session: Session, { method, query, json, body, isPublic }: XrpcCall): Promise<HttpResponse> {
      const writes = json !== undefined || body !== undefined;
      const asked = http.request({
        url: `${session.base}/xrpc/${method}`,
        method: writes ? 'POST' : 'GET',
        ...(query && { query }),
        ...(json !== undefined && { json }),
        ...(body && { body: body.bytes }),
        headers: { authorization: `Bearer ${session.accessJwt}`, ...(body && { 'content-type': body.type }) },
        bucket: writes ? 'write' : 'read',
      });
      return isPublic ? asked : silently(asked);
    }

    return {
      async call(call) {
        const session = await current();
        let response = await ask(session, call);
        const isEnded = response.status === 400 || response.status === 401;
        if (isEnded && ENDED.includes(readXrpcError(response.text()).error ?? '')) {
          response = await ask(await renewed(session), call);
        }
        if (response.status === 200) return response;
        if (call.accepts?.includes(readXrpcError(response.text()).error ?? '')) return response;
        const fault = faultOfAnswer(response, call.method, context.now());
        if (call.isPublic && response.status >= 500) fault.mayHaveHappened = true;
        throw new ConnectorError(fault);
      },
      async whoami() {
        const { did, handle } = await current();
        return { did, handle };
      },
    };
  };
}

/** Where the account lives, as its own document says; the sign-in server speaks for many. */
function homeOf({ didDoc }: z.infer<typeof sessionShape>, asked: string): string {
  const home = URL.parse(didDoc?.service.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint ?? '');
  const isSafe = home?.protocol === 'https:' || home?.protocol === new URL(asked).protocol;
  return home && isSafe && !home.username ? home.origin : asked;
}

function read(response: HttpResponse, asked: string, now: Date): z.infer<typeof sessionShape> {
  if (response.status !== 200) throw new ConnectorError(faultOfAnswer(response, asked, now));
  return readAnswer(response, sessionShape, asked);
}

/** A session or an upload that got lost is nothing anybody could see. */
async function silently(request: Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ConnectorError) || !error.fault.mayHaveHappened) throw error;
    const { mayHaveHappened: _, ...fault } = error.fault;
    throw new ConnectorError(fault, { cause: error });
  }
}
