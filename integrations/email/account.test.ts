import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OAuthContext } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { emailConnector } from './connector.js';

const now = new Date('2026-11-23T09:00:00Z');

describe('signing in at a provider', () => {
  let server: Server;
  let asked: URLSearchParams[];
  let answer: { status: number; body: string };

  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: JSON.stringify({ access_token: 'a1', refresh_token: 'r1', expires_in: 3600 }) };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  function signIn(given: Record<string, string> = {}) {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const servers = { google: { authorize: `${origin}/authorize`, token: `${origin}/token` } };
    const connector = emailConnector({ allowPrivateAddresses: true, signInServers: servers });
    const all = { provider: 'google', clientId: 'c1', clientSecret: 's1', address: 'orders@bakery.example', ...given };
    const { http, signal } = contextFor(connector, {
      kind: 'ACCOUNT',
      query: all.address,
      settings: { provider: 'google' },
      credentials: { accessToken: 'x' },
    });
    const context: OAuthContext = { given: all, http, signal, now: () => now };
    return { oauth: connector.connection!.oauth!, context };
  }

  test('asks for mail only, in a way that can be renewed, and shows no secret', async () => {
    const { oauth, context } = signIn();
    const request = { redirectUri: 'https://crm.example/oauth/callback', state: 'st', codeChallenge: 'cc' };
    const { searchParams } = new URL((await oauth.begin(context, request)).url);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'c1',
      redirect_uri: 'https://crm.example/oauth/callback',
      response_type: 'code',
      scope: 'https://mail.google.com/',
      state: 'st',
      code_challenge: 'cc',
      code_challenge_method: 'S256',
      login_hint: 'orders@bakery.example',
      access_type: 'offline',
      prompt: 'consent',
    });
  });

  test('gives access for a while, and renews it', async () => {
    const { oauth, context } = signIn();
    const given = { code: 'co', redirectUri: 'https://crm.example/oauth/callback', codeVerifier: 'cv' };
    const expiresAt = new Date('2026-11-23T10:00:00Z');
    expect(await oauth.exchange(context, given)).toEqual({
      credentials: { accessToken: 'a1', refreshToken: 'r1' },
      expiresAt,
    });
    expect(asked[0]!.get('code_verifier')).toBe('cv');
    answer.body = JSON.stringify({ access_token: 'a2', expires_in: '3600' });
    const renewing = signIn({ refreshToken: 'r1' });
    expect(await renewing.oauth.refresh!(renewing.context)).toEqual({ credentials: { accessToken: 'a2' }, expiresAt });
    expect(asked[1]!.get('refresh_token')).toBe('r1');
  });

  test('says when the owner has to sign in again, and when it is only the provider that is not well', async () => {
    const { oauth, context } = signIn({ refreshToken: 'r1' });
    answer = { status: 400, body: '{"error":"invalid_grant"}' };
    await expect(oauth.refresh!(context)).rejects.toMatchObject({ fault: { class: 'auth', scope: 'account' } });
    answer = { status: 503, body: 'down' };
    await expect(oauth.refresh!(context)).rejects.toMatchObject({ fault: { class: 'transient' } });
    const without = signIn();
    await expect(without.oauth.refresh!(without.context)).rejects.toMatchObject({ fault: { class: 'auth' } });
    const nowhere = signIn({ provider: 'elsewhere' });
    const begun = nowhere.oauth.begin(nowhere.context, { redirectUri: 'x', state: 's', codeChallenge: 'c' });
    await expect(begun).rejects.toMatchObject({ fault: { class: 'invalid' } });
  });
});

describe('what an owner gives', () => {
  const connector = emailConnector({ allowPrivateAddresses: false });
  const configure = (settings: object, credentials: Record<string, string> = { password: 'x' }) =>
    connector.configure({ kind: 'ACCOUNT', query: ' Orders@Bakery.example ', settings: { ...settings }, credentials });

  test('is enough with a provider, whose servers are known', () => {
    expect(configure({ provider: 'google' }, { accessToken: 't' })).toMatchObject({
      address: 'orders@bakery.example',
      user: 'orders@bakery.example',
      login: { accessToken: 't' },
      imap: { host: 'imap.gmail.com', port: 993, security: 'tls' },
      smtp: { host: 'smtp.gmail.com', port: 587, security: 'starttls' },
      authenticationServer: 'mx.google.com',
      mailbox: 'INBOX',
    });
  });

  test('is refused by the name of what is missing or wrong, never by its value', () => {
    expect(() => configure({})).toThrow('imapHost');
    expect(() => configure({ imapHost: 'imap.bakery.example' }, {})).toThrow('password');
    expect(() => configure({ imapHost: 'imap.bakery.example', imapPort: 'x9' })).toThrow(/^(?!.*x9).*imapPort/);
    expect(() => configure({ imapHost: 'evil host/\r\n' })).toThrow('imapHost');
    expect(() => configure({ imapHost: 'imap.bakery.example', imapSecure: 'none' })).toThrow('over TLS');
  });
});
