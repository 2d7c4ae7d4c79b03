import { afterEach, describe, expect, test } from '@jest/globals';
import type { Costs } from '../../src/ingest/connector.js';
import { ACCOUNT, openReading, SEARCH } from '../../test/support/x-reading.js';
import { limitsOf } from './api.faults.js';

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function opened(source = ACCOUNT) {
  const reading = await openReading(source);
  servers.push(reading.server);
  return reading;
}

describe('limits and money', () => {
  test('each request is counted by its endpoint, and what X says of the limit is passed on', async () => {
    const { server, read, seen } = await opened();
    await read();
    expect(seen.taken).toEqual(['GET users/by/username/:username', 'GET users/:id/mentions']);
    expect(seen.observed.slice(1)).toEqual([
      ['GET users/:id/mentions', { limit: 300, remaining: 299, resetsAt: new Date(1_795_000_000_000) }],
    ]);
    server.answer('*', () => ({ status: 429, body: {}, headers: { 'x-rate-limit-remaining': '0' } }));
    await expect(read()).rejects.toMatchObject({ fault: { class: 'rate', retryAt: new Date(1_795_000_000_000) } });
    expect(seen.observed.at(-1)).toMatchObject(['GET users/:id/mentions', { remaining: 0 }]);
  });

  test('the limit of a day holds once it is used up', () => {
    const headers = {
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '40',
      'x-rate-limit-reset': '1795000000',
      'x-user-limit-24hour-limit': '200',
      'x-user-limit-24hour-remaining': '0',
      'x-user-limit-24hour-reset': '1795080000',
    };
    expect(limitsOf({ headers })).toEqual({ limit: 200, remaining: 0, resetsAt: new Date(1_795_080_000_000) });
    expect(limitsOf({ headers: { 'x-rate-limit-limit': 'many' } })).toBeUndefined();
  });

  test('what may be spent is set aside before, and what came is settled', async () => {
    const { read, seen } = await opened();
    await read();
    expect(seen.reserved).toEqual([
      { unit: 'user', most: 1, microsEach: 10_000, settled: 1 },
      { unit: 'ownPost', most: 50, microsEach: 1000, settled: 4 },
      { unit: 'user', most: 50, microsEach: 10_000, settled: 3 },
    ]);
  });

  test('when the budget is spent X is not asked, and when X was not reached nothing was spent', async () => {
    const { server, connector, contextOf, read, seen } = await opened(SEARCH);
    const costs: Costs = { reserve: async () => Promise.reject(new Error('spent')) };
    await expect(Array.fromAsync(connector.poll!(contextOf({ costs }), null))).rejects.toThrow('spent');
    expect(server.requests).toEqual([]);
    server.answer('*', () => ({ status: 503, body: {} }));
    await expect(read()).rejects.toMatchObject({ fault: { class: 'transient' } });
    expect(seen.reserved).toMatchObject([
      { unit: 'post', microsEach: 5000, settled: 0 },
      { unit: 'user', settled: 0 },
    ]);
  });

  test('a cap on money is no limit of a window: it ends with the month', async () => {
    const { server, read } = await opened();
    server.answer('*', () => ({
      status: 429,
      body: { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.twitter.com/2/problems/usage-capped' },
    }));
    const error: any = await read().catch(thrown => thrown);
    const now = new Date();
    expect(error.fault).toMatchObject({
      class: 'quota',
      scope: 'app',
      retryAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)),
    });
  });

  test('a token that X no longer takes is told apart, and stands in no message', async () => {
    const { server, connector, contextOf } = await opened();
    server.answer('*', () => ({ status: 401, body: { title: 'Unauthorized', detail: 'Unauthorized' } }));
    const answer = await connector.check(contextOf());
    expect(answer).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account' } });
    expect(JSON.stringify(answer)).not.toContain('token');
  });
});
