import { afterEach, describe, expect, test } from '@jest/globals';
import { contextFor } from '../../test/support/connector-context.js';
import { xConnector } from './connector.js';
import { openXServer, type XServer } from './test.server.js';

const servers: XServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('signing in with X', () => {
  const given = { clientId: 'client', clientSecret: 'client-secret', refreshToken: 'once' };
  async function flow() {
    const server = await openXServer();
    servers.push(server);
    const connector = xConnector({ origin: server.origin });
    const context = contextFor(connector, { kind: 'ACCOUNT', query: '@panaderia' });
    const oauth = connector.connection!.oauth!;
    const now = () => new Date('2026-11-18T12:00:00Z');
    return { server, oauth, oauthContext: { given, http: context.http, signal: context.signal, now } };
  }

  test('begins at X, with proof of who asked and all that is needed', async () => {
    const { oauth, oauthContext } = await flow();
    const { url } = await oauth.begin(oauthContext, {
      redirectUri: 'https://crm.example.com/back',
      state: 's',
      codeChallenge: 'c',
    });
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://x.com/i/oauth2/authorize');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://crm.example.com/back',
      state: 's',
      code_challenge: 'c',
      code_challenge_method: 'S256',
      scope: expect.stringContaining('offline.access'),
    });
  });

  test('ends with tokens, renewed before they end by one that works once', async () => {
    const { server, oauth, oauthContext } = await flow();
    server.answer('/2/oauth2/token', () => ({
      body: { access_token: 'new', refresh_token: 'next', expires_in: 7200 },
    }));
    const grant = {
      credentials: { accessToken: 'new', refreshToken: 'next' },
      expiresAt: new Date('2026-11-18T14:00:00Z'),
    };
    const answer = { code: 'code', redirectUri: 'https://crm.example.com/back', codeVerifier: 'v' };
    await expect(oauth.exchange(oauthContext, answer)).resolves.toEqual(grant);
    await expect(oauth.refresh!(oauthContext)).resolves.toEqual(grant);
    const [first, second] = server.asked('/2/oauth2/token');
    expect(Object.fromEntries(new URLSearchParams(first!.body))).toMatchObject({ code: 'code', code_verifier: 'v' });
    expect(Object.fromEntries(new URLSearchParams(second!.body))).toMatchObject({ refresh_token: 'once' });
    expect(first!.authorization).toBe(`Basic ${Buffer.from('client:client-secret').toString('base64')}`);
  });

  test('must be done again when X no longer knows the token', async () => {
    const { server, oauth, oauthContext } = await flow();
    server.answer('/2/oauth2/token', () => ({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
    }));
    await expect(oauth.refresh!(oauthContext)).rejects.toMatchObject({ fault: { class: 'auth' } });
    server.answer('/2/oauth2/token', () => ({ status: 503, body: 'Over capacity' }));
    await expect(oauth.refresh!(oauthContext)).rejects.toMatchObject({ fault: { class: 'transient' } });
  });
});
