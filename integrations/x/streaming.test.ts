import { afterEach, describe, expect, test } from '@jest/globals';
import type { Batch, Costs, SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { fault } from './api.faults.js';
import { xConnector } from './connector.js';
import { idAt } from './post.event.js';
import { pauseAfter } from './stream.backoff.js';
import { CREDENTIALS, openXServer, type XServer } from './test.server.js';
import type { XCursor } from './timeline.reader.js';

const search = (query: string, credentials: Record<string, string> = CREDENTIALS): SourceDescription => ({
  kind: 'KEYWORD',
  query,
  credentials,
});

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function opened() {
  const server = await openXServer();
  ends.push(() => server.close());
  const connector = xConnector({ origin: server.origin });
  const follow = (source: SourceDescription, cursor: XCursor | null = null, services: { costs?: Costs } = {}) => {
    const abort = new AbortController();
    const batches: Batch<XCursor>[] = [];
    const warnings: object[] = [];
    const log = { info() {}, warn: (details: object) => void warnings.push(details) };
    const context = contextFor(connector, source, { signal: abort.signal, log, services });
    const ended = (async () => {
      for await (const batch of connector.listen!(context, cursor)) batches.push(batch);
    })();
    ended.catch(() => {});
    const stop = () => {
      abort.abort();
      return ended.catch(() => {});
    };
    ends.push(stop);
    return { batches, warnings, ended, stop, events: () => batches.flatMap(({ events }) => events) };
  };
  return { server, follow };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`It did not come to ${holds}`);
    await new Promise(done => setTimeout(done, 10));
  }
}

/** A post as it comes down the stream, for the rules that hold this text. */
function line(server: XServer, text: string, secondsAgo = 0, seq = 0): string {
  const id = String(BigInt(idAt(new Date(Date.now() - secondsAgo * 1000))) + BigInt(seq));
  const matching = server.rules.filter(({ value }) => text.includes(/\((\S+)\)/.exec(value)![1]!));
  const data = { id, text, author_id: '9001', edit_history_tweet_ids: [id], created_at: new Date().toISOString() };
  const includes = { users: [{ id: '9001', username: 'clienta' }] };
  return `${JSON.stringify({ data, includes, matching_rules: matching.map(rule => ({ id: rule.id, tag: rule.tag })) })}\r\n`;
}

describe('the stream of a search', () => {
  test('brings posts as they are written, out of order, twice and between heartbeats', async () => {
    const { server, follow } = await opened();
    const { batches, events } = follow(search('medialunas'));
    await until(() => server.streams() === 1 && batches.length > 0);
    const late = line(server, 'medialunas tibias', 5);
    server.push(line(server, 'medialunas frescas'));
    server.push('\r\n');
    server.push(late + late);
    await until(() => events().length === 3);
    expect(events()[0]).toMatchObject({
      text: expect.stringContaining('medialunas'),
      author: { handle: 'clienta' },
      kind: 'MENTION',
    });
    const newestId = events()
      .map(({ ref }) => ref.id)
      .sort()
      .at(-1);
    expect(batches.at(-1)!.cursor).toEqual({ sinceId: newestId });
    expect(server.asked('/2/tweets/search/stream')[0]!.authorization).toBe('Bearer app-token');
  });

  test('keeps letters and emoji whole that arrive in two pieces', async () => {
    const { server, follow } = await opened();
    const { batches, events } = follow(search('medialunas'));
    await until(() => server.streams() === 1 && batches.length > 0);
    const bytes = Buffer.from(line(server, 'medialunas 🥐 y café'));
    const inside = bytes.indexOf(Buffer.from('🥐')) + 2;
    server.push(bytes.subarray(0, inside));
    await new Promise(done => setTimeout(done, 50));
    server.push(bytes.subarray(inside));
    await until(() => events().length === 1);
    expect(events()[0]).toMatchObject({ text: 'medialunas 🥐 y café' });
  });

  test('sets its rule once, finds it again, and clears away what nobody follows any more', async () => {
    const { server, follow } = await opened();
    server.rules.push({ id: '111', value: '(antes) -is:retweet', tag: 'vinculo:gone' });
    server.rules.push({ id: '222', value: 'of somebody else', tag: 'theirs' });
    const first = follow(search('medialunas'));
    await until(() => server.streams() === 1 && first.batches.length > 0);
    expect(server.rules.map(({ value }) => value)).toEqual(['of somebody else', '(medialunas) -is:retweet']);
    await first.stop();
    await until(() => server.streams() === 0);
    const again = follow(search('medialunas'));
    await until(() => server.streams() === 1 && again.batches.length > 0);
    expect(server.asked('/2/tweets/search/stream/rules', 'POST')).toHaveLength(2);
  });

  test('is one connection for all searches of an app, each with its own posts', async () => {
    const { server, follow } = await opened();
    const one = follow(search('medialunas'));
    const other = follow(search('facturas'));
    await until(() => one.batches.length > 0 && other.batches.length > 0);
    expect(server.streams()).toBe(1);
    expect(server.asked('/2/tweets/search/stream')).toHaveLength(1);
    server.push(line(server, 'facturas', 0, 1));
    server.push(line(server, 'medialunas y facturas', 0, 2));
    await until(() => one.events().length === 1 && other.events().length === 2);
    await one.stop();
    await until(() => server.rules.length === 1);
    expect(server.rules[0]).toMatchObject({ value: '(facturas) -is:retweet' });
    server.push(line(server, 'facturas de hoy', 0, 3));
    await until(() => other.events().length === 3);
    await other.stop();
    await until(() => server.streams() === 0);
  });

  test('first brings what was missed, with a minute of overlap', async () => {
    const { server, follow } = await opened();
    const missed = JSON.parse(line(server, 'medialunas de ayer', 3600)).data;
    server.posts.push(missed);
    const sinceId = idAt(new Date(Date.now() - 7_200_000));
    const { events, batches } = follow(search('medialunas'), { sinceId });
    await until(() => events().length === 1 && batches.length >= 2);
    expect(BigInt(server.asked('/2/tweets/search/recent')[0]!.query['since_id']!)).toBeLessThan(BigInt(sinceId));
    expect(batches.at(-1)!.cursor).toEqual({ sinceId: missed.id });
  });

  test('ends with a fault that says when to come back, be it cut off or ended by X', async () => {
    const { server, follow } = await opened();
    const cut = follow(search('medialunas'));
    await until(() => server.streams() === 1 && cut.batches.length > 0);
    server.push(line(server, 'medialunas'));
    await until(() => cut.events().length === 1);
    server.cutStreams();
    const lost: any = await cut.ended.catch(error => error);
    expect(lost.fault).toMatchObject({ class: 'transient', retryAt: expect.any(Date) });
    // Until then X is left alone, whoever asks.
    await expect(follow(search('facturas')).ended).rejects.toMatchObject({ fault: { retryAt: lost.fault.retryAt } });
    expect(server.asked('/2/tweets/search/stream')).toHaveLength(1);
    await until(() => new Date() > lost.fault.retryAt);

    const ended = follow(search('medialunas'));
    await until(() => server.streams() === 1 && ended.batches.length > 0);
    const problem = {
      title: 'operational-disconnect',
      disconnect_type: 'UpstreamOperationalDisconnect',
      detail: 'Overloaded',
    };
    server.push(`${JSON.stringify({ errors: [problem] })}\r\n`);
    await expect(ended.ended).rejects.toMatchObject({
      fault: {
        class: 'transient',
        code: 'UpstreamOperationalDisconnect',
        message: expect.stringContaining('Overloaded'),
      },
    });
  });

  test.each([
    ['is taken', 429, 'rate', 60],
    ['is failing', 503, 'transient', 5],
    ['does not know its rules yet', 409, 'transient', 20],
  ])(
    'that %s is asked for again when X says, however many searches want it',
    async (_, status, faultClass, seconds) => {
      const { server, follow } = await opened();
      server.answer('/2/tweets/search/stream', () => ({ status, body: { title: 'ConnectionException' } }));
      const asked = Date.now();
      const all = [follow(search('medialunas')), follow(search('facturas'))];
      const faults = await Promise.all(all.map(({ ended }) => ended.catch((error: any) => error.fault)));
      expect(faults[0]).toMatchObject({ class: faultClass });
      expect(faults[1]).toEqual(faults[0]);
      const wait = faults[0].retryAt.getTime() - asked;
      expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
      expect(wait).toBeLessThan((seconds + 5) * 1000);
      expect(server.asked('/2/tweets/search/stream')).toHaveLength(1);
    },
  );

  test('tells what X has against a rule, and others do not suffer from it', async () => {
    const { server, follow } = await opened();
    server.answer('/2/tweets/search/stream/rules', ({ method }) =>
      method === 'GET'
        ? { body: {} }
        : { body: { errors: [{ title: 'UnprocessableEntity', detail: 'Unmatched quote' }] } },
    );
    await expect(follow(search('"pan')).ended).rejects.toMatchObject({
      fault: { class: 'invalid', message: expect.stringContaining('Unmatched quote') },
    });
    server.answer('/2/tweets/search/stream/rules', undefined);
    const { batches } = follow(search('medialunas'));
    await until(() => batches.length > 0);
  });

  test('asks the budget for each lot of a hundred posts, and settles what came', async () => {
    const { server, follow } = await opened();
    const settled: number[] = [];
    let lots = 0;
    const costs: Costs = {
      async reserve() {
        lots += 1;
        if (lots > 2) throw new Error('spent');
        return { settle: async units => void settled.push(units) };
      },
    };
    const { ended, batches, events } = follow(search('medialunas'), null, { costs });
    await until(() => server.streams() === 1 && batches.length > 0);
    for (let at = 0; at < 230; at += 1) server.push(line(server, 'medialunas', 0, at));
    await expect(ended).rejects.toThrow('spent');
    expect(settled.reduce((sum, each) => sum + each, 0)).toBe(events().length);
    expect(events().length).toBeGreaterThanOrEqual(200);
    await until(() => server.streams() === 0);
  });

  test('skips what cannot be read, and says so', async () => {
    const { server, follow } = await opened();
    const { batches, events, warnings } = follow(search('medialunas'));
    await until(() => server.streams() === 1 && batches.length > 0);
    server.push('{"data":\r\n');
    server.push(line(server, 'medialunas'));
    await until(() => events().length === 1);
    expect(warnings).toContainEqual({ count: 1 });
  });

  test('is quiet for an account and without the token of an app: those are polled', async () => {
    const { server, follow } = await opened();
    const quiet = [
      follow({ kind: 'ACCOUNT', query: '@panaderia' }),
      follow(search('medialunas', { accessToken: 'account-token' })),
    ];
    for (const { stop, batches } of quiet) {
      await stop();
      expect(batches).toEqual([]);
    }
    expect(server.requests).toEqual([]);
  });
});

test('coming back takes as long as X asks for: short after a break, longer after failures, longest when refused', () => {
  const broken = fault('transient', 'cut', 'ECONNRESET');
  const failing = fault('transient', 'down', '503');
  const taken = fault('rate', 'taken');
  expect([1, 2, 64, 100].map(count => pauseAfter(broken, count))).toEqual([250, 500, 16_000, 16_000]);
  expect([1, 2, 7, 50].map(count => pauseAfter(failing, count))).toEqual([5000, 10_000, 320_000, 320_000]);
  expect([1, 2].map(count => pauseAfter(taken, count))).toEqual([60_000, 120_000]);
});
