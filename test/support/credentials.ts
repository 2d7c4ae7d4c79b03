import pg from 'pg';
import { pino } from 'pino';
import { type Credentials, openCredentials } from '../../src/modules/access/credentials/index.js';
import { Role } from '../../src/modules/access/roles.js';
import { cloneDatabase } from './database.js';

export const SECRET = 'a secret of the tests, long enough for the rule';
export const BASE_URL = 'http://127.0.0.1:4000';
export const PASSWORD = 'correct horse battery';
export const GRANT = { organizationId: 'organization_1', role: Role.AGENT, name: 'Importer' };
export const JSON_TYPE = { 'content-type': 'application/json' };
export const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

export interface Client {
  clientId: string;
  clientSecret: string;
}

export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** Credentials on a database of their own, and what a browser or a program would send to them. */
export async function openFixture() {
  const database = await cloneDatabase();
  const pool = new pg.Pool({ connectionString: database.ownerUrl });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: line => lines.push(line) });
  const open = (over: { pool?: pg.Pool; baseUrl?: string; secret?: string } = {}): Promise<Credentials> =>
    openCredentials({ pool, secret: SECRET, baseUrl: BASE_URL, log, ...over });
  const credentials = await open();
  let address = 0;

  /** Every call comes from an address of its own, so that limits of one test do not reach another. */
  function nextAddress(): string {
    address += 1;
    return `10.0.${address >> 8}.${address & 255}`;
  }

  function send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
    from = nextAddress(),
  ) {
    const spoofed = { 'x-forwarded-for': '10.9.9.9', 'x-vinculo-client-ip': '10.9.9.9' };
    const typed = body ? { ...JSON_TYPE, ...spoofed, ...headers } : { ...spoofed, ...headers };
    return credentials.handler(new Request(BASE_URL + path, { method, headers: typed, body }), from);
  }

  function signIn(email: string, password: string, from?: string): Promise<Response> {
    return send('POST', '/auth/sign-in/email', {}, JSON.stringify({ email, password }), from);
  }

  async function tokenOf(email: string, password: string): Promise<string> {
    return ((await (await signIn(email, password)).json()) as { token: string }).token;
  }

  function askToken(client: Client, place: 'header' | 'body', fields: Record<string, string | undefined> = {}) {
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    for (const [name, value] of Object.entries(fields)) if (value) form.set(name, value);
    if (place === 'header') {
      const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
      return send('POST', '/auth/oauth2/token', { ...FORM_TYPE, authorization: `Basic ${basic}` }, form.toString());
    }
    form.set('client_id', client.clientId);
    form.set('client_secret', client.clientSecret);
    return send('POST', '/auth/oauth2/token', FORM_TYPE, form.toString());
  }

  async function accessToken(fields: Record<string, string>, client?: Client): Promise<string> {
    const answer = await askToken(client ?? (await credentials.createOAuthClient(GRANT)), 'header', fields);
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async function close(): Promise<void> {
    await credentials.close();
    await pool.end();
    await database.drop();
  }

  return {
    database,
    pool,
    lines,
    open,
    credentials,
    nextAddress,
    send,
    signIn,
    tokenOf,
    askToken,
    accessToken,
    close,
  };
}
