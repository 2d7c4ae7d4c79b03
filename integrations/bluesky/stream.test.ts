import { afterEach, describe, expect, test } from '@jest/globals';
import { fixtureLines, follow, HOUR_OF_FIXTURES, source } from '../../test/support/jetstream-follow.js';
import {
  type JetstreamServer,
  type JetstreamServerOptions,
  startJetstream,
} from '../../test/support/jetstream-server.js';
import { type BlueskyOptions, blueskyConnector, type JetstreamCursor } from './connector.js';
import { HandedOver } from './stream.cursor.js';

const BAKERY = source('ACCOUNT', 'did:plc:bakery7aaaaaaaaaaaaaaaaa');

const servers: JetstreamServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function jetstream(options: JetstreamServerOptions): Promise<JetstreamServer> {
  const server = await startJetstream(options);
  servers.push(server);
  return server;
}

/** The cursor as it stands after a line, as if everything before it had been stored. */
function cursorAt(line: string, host: string): JetstreamCursor {
  const { did, time_us, commit, payload } = JSON.parse(line);
  const post = commit ?? payload;
  return {
    host,
    timeUs: time_us ?? Date.parse(payload.time) * 1000 + Number(payload.time.slice(23, 26)),
    seq: payload?.seq,
    key: `${did ?? payload.did}/${post.collection}/${post.rkey}@${post.rev}`,
    handedOver: '',
  };
}

function listenTo(
  server: JetstreamServer,
  version: 1 | 2,
  cursor: JetstreamCursor | null,
  options: BlueskyOptions & { at?: Date } = {},
) {
  const connector = blueskyConnector({ jetstreamUrl: server.url, jetstreamVersion: version, ...options });
  return follow(connector, BAKERY, cursor, () => options.at ?? HOUR_OF_FIXTURES);
}

const laterBy = (hours: number) => new Date(HOUR_OF_FIXTURES.getTime() + hours * 3_600_000);

/** A line that mentions the bakery, `offset` microseconds after the last of the fixtures. */
function mentionLine(text: string, offset: number): string {
  const line = JSON.parse(fixtureLines(1)[2]!);
  line.time_us += 60_000_000 + offset;
  line.commit.rkey = `3mlater${offset}`;
  line.commit.record.text = text;
  line.commit.record.facets[0].index = { byteStart: 0, byteEnd: 0 };
  return JSON.stringify(line);
}

describe.each([1, 2] as const)('on Jetstream version %i', version => {
  const lines = fixtureLines(version);

  test('a connection that breaks midway loses nothing, and what was stored does not come again', async () => {
    const server = await jetstream({ version, lines, cutAfter: { lines: 5, times: 1 } });
    const first = listenTo(server, version, cursorAt(lines[1]!, server.host));
    await expect(first.ended()).resolves.toMatchObject({ name: 'ConnectorError', fault: { class: 'transient' } });
    expect(first.hasReached(lines[5]!)).toBe(true);

    const second = listenTo(server, version, first.cursor());
    await second.until(() => second.hasReached(lines.at(-1)!));
    await second.stop();

    const seen = [...first.events(), ...second.events()].map(event => `${event.op} ${event.ref.id.split('/').at(-1)}`);
    expect(seen).toEqual([
      'upsert 3mmention0001',
      'upsert 3mreply000001',
      'upsert 3mquote000001',
      'upsert 3mown00000003',
      'upsert 3mvideo000001',
      'upsert 3mmention0001',
      'delete 3mmention0001',
    ]);
    expect([...first.gaps(), ...second.gaps()]).toEqual([]);
  });

  test('a server cut at any line leaves a position from which the rest is read', async () => {
    for (let cut = 1; cut < lines.length - 1; cut += 3) {
      const server = await jetstream({ version, lines, cutAfter: { lines: cut, times: 1 } });
      const first = listenTo(server, version, cursorAt(lines[1]!, server.host));
      await first.ended();
      const second = listenTo(server, version, first.cursor());
      await second.until(() => second.hasReached(lines.at(-1)!));
      await second.stop();
      const ids = [...first.events(), ...second.events()].map(event => `${event.op} ${event.ref.id}`);
      expect(ids).toHaveLength(7);
    }
  });

  test('the position moves on while nothing matches, with an empty batch every few seconds', async () => {
    const server = await jetstream({ version });
    const connector = blueskyConnector({ jetstreamUrl: server.url, jetstreamVersion: version });
    const following = follow(connector, source('KEYWORD', 'zapatos'));
    await following.until(() => following.batches.length === 1);
    expect(following.cursor()).toMatchObject({ host: server.host, timeUs: HOUR_OF_FIXTURES.getTime() * 1000 });
    for (const line of lines) server.publish(line);
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(following.events()).toEqual([]);
    expect(following.batches).toHaveLength(2);
  });

  test('a cursor of another server is taken up by time, with an overlap', async () => {
    const server = await jetstream({ version, lines });
    const cursor = cursorAt(lines[8]!, 'jetstream.elsewhere.example');
    const following = listenTo(server, version, cursor);
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(server.requests[0]?.get('cursor')).toBe(String(cursor.timeUs - 5_000_000));
    expect(following.events().map(event => event.ref.id.split('/').at(-1))).toContain('3mquote000001');
    expect(following.gaps()).toEqual([]);
  });

  test('lines that cannot be read are skipped and told of, and the others arrive', async () => {
    const server = await jetstream({ version });
    const following = listenTo(server, version, null);
    await following.until(() => following.batches.length > 0);
    const broken = JSON.parse(lines[2]!);
    (broken.commit ?? broken.payload).record.text = { not: 'text' };
    const enormous = JSON.parse(lines[2]!);
    (enormous.commit ?? enormous.payload).record.text = 'x'.repeat(2 * 1024 * 1024);
    for (const line of [
      'not json',
      '[]',
      'null',
      '{"kind":"commit"}',
      JSON.stringify(broken),
      JSON.stringify(enormous),
    ]) {
      server.publish(line);
    }
    for (const line of lines) server.publish(line);
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(following.events()).toHaveLength(7);
    expect(following.warnings).toMatchObject([
      { details: { count: 5, reason: 'not JSON' }, message: expect.stringContaining('skipped') },
      { details: { count: 1 }, message: expect.stringContaining('1 MiB') },
    ]);
  });
});

describe('a cursor that is too old', () => {
  test('is a gap on version 1, which goes on from its oldest event without a word', async () => {
    const lines = fixtureLines(1);
    const server = await jetstream({ version: 1, lines });
    server.keepNewest(4);
    const cursor = cursorAt(lines[2]!, server.host);
    const following = listenTo(server, 1, cursor, { at: laterBy(40) });
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(following.gaps()).toEqual([
      {
        from: new Date(cursor.timeUs / 1000),
        to: new Date(JSON.parse(lines[10]!).time_us / 1000),
        reason: expect.stringContaining('36 hours'),
      },
    ]);
  });

  test('is no gap on version 1 when the server still has the event it stands on', async () => {
    const lines = fixtureLines(1);
    const server = await jetstream({ version: 1, lines });
    const following = listenTo(server, 1, cursorAt(lines[2]!, server.host), { at: laterBy(40) });
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(following.gaps()).toEqual([]);
  });

  test('is a gap on version 1 when a server that lost its store goes on live', async () => {
    const server = await jetstream({ version: 1, keepsNothing: true });
    const following = listenTo(server, 1, cursorAt(fixtureLines(1)[2]!, server.host));
    await following.until(() => server.connections() === 1);
    server.publish(mentionLine('@panaderia', 30_000_000));
    await following.until(() => following.events().length === 1);
    await following.stop();
    expect(following.gaps()).toMatchObject([{ reason: 'The server went on later than the cursor' }]);
  });

  test('is a gap on version 2, which refuses it, and reading starts with the oldest event kept', async () => {
    const lines = fixtureLines(2);
    const server = await jetstream({ version: 2, lines });
    server.keepNewest(6);
    const cursor = cursorAt(lines[2]!, server.host);
    const following = listenTo(server, 2, cursor);
    await following.until(() => following.hasReached(lines.at(-1)!));
    await following.stop();
    expect(server.requests.map(request => request.get('cursor'))).toEqual([String(cursor.seq), String(cursor.timeUs)]);
    expect(following.gaps()).toMatchObject([
      { from: new Date(cursor.timeUs / 1000), to: new Date(JSON.parse(lines[8]!).payload.time) },
    ]);
    expect(following.events()[0]?.ref.id).toMatch(/3mown00000003$/);
  });

  test('is a gap up to now on version 2 when nothing is kept at all', async () => {
    const lines = fixtureLines(2);
    const server = await jetstream({ version: 2, keepsNothing: true });
    const cursor = cursorAt(lines[2]!, server.host);
    const following = listenTo(server, 2, cursor);
    await following.until(() => following.gaps().length === 1);
    server.publish(lines[4]!);
    await following.until(() => following.events().length === 1);
    await following.stop();
    expect(following.gaps()).toMatchObject([{ from: new Date(cursor.timeUs / 1000), to: HOUR_OF_FIXTURES }]);
  });
});

describe('a stream', () => {
  test('hands a burst over in batches of at most 100, none lost', async () => {
    const server = await jetstream({ version: 1 });
    const following = listenTo(server, 1, null);
    await following.until(() => following.batches.length > 0);
    for (let at = 0; at < 450; at += 1) server.publish(mentionLine(`@panaderia ${at}`, at));
    await following.until(() => following.events().length >= 450);
    await following.stop();
    expect(new Set(following.events().map(event => event.ref.id)).size).toBe(450);
    expect(Math.max(...following.batches.map(batch => batch.events.length))).toBe(100);
    expect(following.batches.some(batch => batch.more)).toBe(true);
  });

  test('asks the next server when the first cannot be reached, and says why when none can', async () => {
    const refusing = await jetstream({ version: 1, refuse: { status: 503, body: 'warming up' } });
    const working = await jetstream({ version: 1 });
    const following = listenTo(refusing, 1, null, { jetstreamUrl: [refusing.url, working.url] });
    await following.until(() => following.batches.length > 0);
    await following.stop();
    expect(following.cursor()?.host).toBe(working.host);

    const limited = await jetstream({
      version: 1,
      refuse: { status: 429, body: '', headers: { 'retry-after': '120' } },
    });
    await expect(listenTo(limited, 1, null).ended()).resolves.toMatchObject({
      fault: { class: 'rate', code: '429', retryAt: expect.any(Date) },
    });
    await expect(listenTo(refusing, 1, null).ended()).resolves.toMatchObject({
      fault: { class: 'transient', code: '503' },
    });
  });

  test('ends with the reason the server gives', async () => {
    const server = await jetstream({ version: 2 });
    const following = listenTo(server, 2, null);
    await following.until(() => following.batches.length > 0);
    server.publish(JSON.stringify({ $type: 'error', error: 'ConsumerTooSlow', message: 'reconnect with cursor=42' }));
    await expect(following.ended()).resolves.toMatchObject({ fault: { class: 'transient', code: 'ConsumerTooSlow' } });
  });

  test('leaves an event behind that can never be received, as a gap, instead of failing on it for ever', async () => {
    const server = await jetstream({ version: 1 });
    const following = listenTo(server, 1, null);
    await following.until(() => following.batches.length > 0);
    server.publish('x'.repeat(9 * 1024 * 1024));
    await expect(following.ended()).resolves.toMatchObject({ fault: { class: 'transient' } });
    expect(following.gaps()).toMatchObject([{ reason: 'An event was too large to be received' }]);
  });

  test('stops when told to, and leaves no connection open', async () => {
    const server = await jetstream({ version: 1 });
    const following = listenTo(server, 1, null);
    await following.until(() => following.batches.length > 0);
    await following.stop();
    await following.until(() => server.connections() === 0);
  });
});

describe('the posts handed over', () => {
  test('are remembered up to a number, the oldest forgotten first, and survive in the cursor', () => {
    const before = new HandedOver('', 3);
    for (const uri of ['a', 'b', 'c', 'a', 'd']) before.add(uri);
    const after = new HandedOver(before.toString(), 3);
    expect(['a', 'b', 'c', 'd'].map(uri => after.has(uri))).toEqual([true, false, true, true]);
    after.remove('a');
    expect(after.has('a')).toBe(false);
    expect(after.toString()).toHaveLength(12);
  });
});
