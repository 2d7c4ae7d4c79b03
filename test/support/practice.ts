import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AnyConnector,
  type CheckResult,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type Hook,
  Network,
  type OAuthContext,
  type OAuthGrant,
} from '../../src/ingest/connector.js';

/** A network to practise on: a real server on loopback that lets people sign in and tells who a token belongs to. */
export interface PracticeNetwork {
  base: string;
  connectors: AnyConnector[];
  /** What was asked of it, by path. */
  asked: Record<string, number>;
  /** Hooks it was asked to call. */
  hooks: Hook[];
  /** Every token and code it gave out. */
  given: string[];
  /** The owner signs in at the address and agrees; answers what the browser comes back with. */
  agree(authorizationUrl: string, handle: string): { state: string; code: string; redirectUri: string };
  /** Lets nobody in with this token any more. */
  revoke(token: string): void;
  /** How long access lasts that is given from now on, in seconds. */
  lasts: number;
  /** What `/me` says beside who it is. */
  says: { expiresAt?: string; grants?: object };
  /** Handles that their owners changed, by what they were. */
  renamed: Record<string, string>;
  /** Answers refreshes only when this resolves. */
  hold: Promise<void> | null;
  /** Status with which it refuses to be asked for hooks; 0 to agree. */
  refusesHooks: number;
  close(): Promise<void>;
}

export async function openPracticeNetwork(): Promise<PracticeNetwork> {
  const codes = new Map<string, { handle: string; challenge: string; redirectUri: string }>();
  const handles = new Map<string, string>();
  const refreshes = new Map<string, string>();
  const revoked = new Set<string>();
  const token = () => {
    const made = `tk-${randomBytes(12).toString('hex')}`;
    network.given.push(made);
    return made;
  };
  const grant = (handle: string) => {
    const [access, refresh] = [token(), token()];
    handles.set(access, handle);
    refreshes.set(refresh, handle);
    return { access_token: access, refresh_token: refresh, expires_in: network.lasts };
  };
  const answers: Record<string, (request: IncomingMessage, form: URLSearchParams) => Promise<[number, object]>> = {
    async '/me'(request) {
      const given = String(request.headers.authorization).replace('Bearer ', '');
      const handle = handles.get(given) ?? /^good-(.+)$/.exec(given)?.[1];
      // It is one of those that repeat what they were given.
      if (!handle || revoked.has(given)) return [401, { error: `The token ${given} is not accepted.` }];
      const name = network.renamed[handle] ?? handle;
      return [200, { id: `id-${handle}`, handle: name, name: `Panadería ${name}`, ...network.says }];
    },
    async '/token'(_request, form) {
      if (form.get('client_secret') !== 'open sesame') return [401, { error: 'invalid_client' }];
      if (form.get('grant_type') === 'refresh_token') {
        await network.hold;
        const used = form.get('refresh_token') ?? '';
        const handle = refreshes.get(used);
        refreshes.delete(used);
        return handle && !revoked.has(used) ? [200, grant(handle)] : [400, { error: 'invalid_grant' }];
      }
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri'))
        return [400, { error: 'invalid_grant' }];
      return [200, grant(code.handle)];
    },
    async '/hooks'(_request, form) {
      if (network.refusesHooks) return [network.refusesHooks, {}];
      network.hooks.push({ url: form.get('url')!, secret: form.get('secret')! });
      return [200, {}];
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url!.split('?')[0]!;
    network.asked[path] = (network.asked[path] ?? 0) + 1;
    const [status, body] = (await answers[path]?.(request, new URLSearchParams(Buffer.concat(chunks).toString()))) ?? [
      404,
      {},
    ];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const network: PracticeNetwork = {
    base,
    connectors: [practiceConnector(base), signInConnector(base)],
    asked: {},
    hooks: [],
    given: [],
    lasts: 3600,
    says: {},
    renamed: {},
    hold: null,
    refusesHooks: 0,
    agree(authorizationUrl, handle) {
      const { searchParams } = new URL(authorizationUrl);
      const code = token();
      const redirectUri = searchParams.get('redirect_uri')!;
      codes.set(code, { handle, challenge: searchParams.get('code_challenge')!, redirectUri });
      return { state: searchParams.get('state')!, code, redirectUri };
    },
    revoke: given => revoked.add(given),
    close: async () => {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
  return network;
}

interface Config {
  token: string;
  site: string;
}

/** Takes a token. It follows nothing that ever happens. */
const practiceConnector = (base: string): AnyConnector => ({
  kind: 'practice',
  version: 1,
  network: Network.WEB,
  label: 'Practice',
  follows: ['ACCOUNT'],
  capabilities: {
    inbound: { webhook: true, stream: false, poll: true },
    reply: { public: true, private: true },
    edits: { notified: false, detectable: false },
    deletions: { notified: false, detectable: false },
    threadDepth: 1,
    textLimit: { max: 280, unit: 'characters' },
    media: false,
    idempotency: 'none',
    receipts: false,
  },
  connection: {
    fields: [
      { name: 'site', kind: 'setting', required: false, description: 'Address of the site.' },
      { name: 'token', kind: 'secret', required: true, description: 'The access token, from the settings page.' },
    ],
  },
  configure({ kind, credentials, settings }): Config {
    if (kind !== 'ACCOUNT') throw refusal('Only accounts can be practised on.');
    return { token: credentials?.['token'] ?? '', site: String(settings?.['site'] ?? base) };
  },
  secretsGoTo: ({ site }) => site,
  async check(context: ConnectorContext<Config>): Promise<CheckResult> {
    const response = await me(base, context);
    const said = response.json() as Record<string, any>;
    if (response.status !== 200)
      return { ok: false, problem: faultOfStatus(response, { message: said['error'] ?? 'refused' }) };
    return {
      ok: true,
      account: { id: said['id'], handle: said['handle'], displayName: said['name'] },
      ...(said['grants'] && { grants: said['grants'] }),
      ...(said['expiresAt'] && { expiresAt: new Date(said['expiresAt']) }),
    };
  },
  async *poll(context: ConnectorContext<Config>) {
    const response = await me(base, context);
    if (response.status !== 200)
      throw new ConnectorError(faultOfStatus(response, { message: 'The token is not accepted.' }));
    yield { events: [], cursor: { read: true }, more: false };
  },
  async send(context: ConnectorContext<Config>, { key }) {
    const response = await me(base, context);
    if (response.status !== 200)
      throw new ConnectorError(faultOfStatus(response, { message: 'The token is not accepted.' }));
    return { state: 'sent', ref: { id: key } };
  },
  async subscribe(context: ConnectorContext<Config>, { url, secret }) {
    const response = await context.http.request({ method: 'POST', url: `${base}/hooks`, form: { url, secret } });
    if (response.status !== 200) throw new ConnectorError(faultOfStatus(response, { message: 'It will not call.' }));
    return {};
  },
});

/** The same, for owners who sign in. */
const signInConnector = (base: string): AnyConnector => ({
  ...practiceConnector(base),
  kind: 'practice-sign-in',
  connection: {
    fields: [
      { name: 'clientId', kind: 'setting', required: true, description: 'Id of the application.' },
      { name: 'clientSecret', kind: 'secret', required: true, description: 'Secret of the application.' },
    ],
    oauth: {
      async begin(_context, { redirectUri, state, codeChallenge }) {
        const query = {
          redirect_uri: redirectUri,
          state,
          code_challenge: codeChallenge,
          code_challenge_method: 'S256',
        };
        return { url: `${base}/authorize?${new URLSearchParams(query)}`, keeps: { nonce: 'kept from the beginning' } };
      },
      exchange: (context, { code, redirectUri, codeVerifier }) => {
        const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
        return tokens(base, context, form);
      },
      refresh: context =>
        tokens(base, context, { grant_type: 'refresh_token', refresh_token: context.given['refreshToken'] ?? '' }),
    },
  },
});

async function tokens(base: string, context: OAuthContext, form: Record<string, string>): Promise<OAuthGrant> {
  const { clientSecret = '' } = context.given;
  const response = await context.http.request({
    method: 'POST',
    url: `${base}/token`,
    form: { ...form, client_secret: clientSecret },
  });
  const said = response.json() as { access_token: string; refresh_token: string; expires_in: number; error?: string };
  if (response.status !== 200)
    throw new ConnectorError({ ...faultOfStatus(response, { message: String(said.error) }), class: 'auth' });
  return {
    credentials: { token: said.access_token, refreshToken: said.refresh_token },
    expiresAt: new Date(context.now().getTime() + said.expires_in * 1000),
  };
}

const me = (base: string, { http, config }: ConnectorContext<Config>) =>
  http.request({ url: `${base}/me`, headers: { authorization: `Bearer ${config.token}` } });

const refusal = (message: string): ConnectorError =>
  new ConnectorError({ class: 'invalid', message, scope: 'message' });
