import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

const POSTS = `subscription Posts($filter: PostFilter, $after: String) {
  postReceived(filter: $filter, after: $after) { cursor post { id text author { handle } } }
}`;
type Received = { postReceived: { cursor: string; post: { id: string; text: string; author: { handle: string } } } };

let app: TestApp;
let url: string;

beforeAll(async () => {
  app = await openTestApp({ SUBSCRIBER_BUFFER_BYTES: '200000', WORKER: 'off' });
  url = await listen(app);
});
afterEach(() => eventually(() => app.app.hub.subscribers === 0));
afterAll(() => app?.close());

const texts = (received: Received[]) => received.map(event => event.postReceived.post.text);

async function subscribed(organization: TestOrganization, role: 'OWNER' | 'PARTNER' = 'OWNER', variables: object = {}) {
  const before = app.app.hub.subscribers;
  const client = await organization.as(role);
  const subscriber = subscribe<Received>(url, client.authorization, POSTS, variables);
  await eventually(
    () => app.app.hub.subscribers > before || subscriber.errors.length > 0 || subscriber.closes.length > 0,
  );
  return subscriber;
}

describe('a subscriber', () => {
  test('hears posts as they are said, each once and in order', async () => {
    const organization = await app.organization();
    const subscriber = await subscribed(organization);
    await accept(app, organization, [mention('1'), mention('2', { handle: 'otra' })]);
    await accept(app, organization, [mention('2', { handle: 'otra' }), mention('3')]);
    expect(texts(await subscriber.until(received => received.length >= 3))).toEqual(['post 1', 'post 2', 'post 3']);
    await subscriber.close();
  });

  test('hears nothing of another organisation', async () => {
    const [ours, theirs] = [await app.organization(), await app.organization()];
    const subscriber = await subscribed(ours);
    await accept(app, theirs, [mention('1')]);
    await accept(app, ours, [mention('2')]);
    expect(texts(await subscriber.until(received => received.length >= 1))).toEqual(['post 2']);
    await subscriber.close();
  });

  test('hears only what its filter lets through', async () => {
    const organization = await app.organization();
    const subscriber = await subscribed(organization, 'OWNER', { filter: { text: { contains: 'PÁN' } } });
    await accept(app, organization, [mention('1', { text: 'leche' }), mention('2', { text: 'El pan de hoy' })]);
    expect(texts(await subscriber.until(received => received.length >= 1))).toEqual(['El pan de hoy']);
    await subscriber.close();
  });

  test('that was cut off in the middle of an import goes on after its cursor: every post once and in order', async () => {
    const organization = await app.organization();
    const first = await subscribed(organization);
    const ids = Array.from({ length: 2000 }, (_, at) => `i${at}`);
    const importing = (async () => {
      for (let at = 0; at < ids.length; at += 100)
        await accept(
          app,
          organization,
          ids.slice(at, at + 100).map(id => mention(id)),
        );
    })();
    await first.until(received => received.length >= 250);
    await first.close();
    const seen = [...first.received];
    let cursor = seen.at(-1)!.postReceived.cursor;
    // It comes back, and is cut off again, while the import goes on.
    const client = await organization.as('OWNER');
    for (let turn = 0; turn < 3; turn++) {
      const next = subscribe<Received>(url, client.authorization, POSTS, { after: cursor });
      await next.until(received => received.length >= 100 || seen.length + received.length === ids.length);
      await next.close();
      seen.push(...next.received);
      cursor = seen.at(-1)!.postReceived.cursor;
    }
    await importing;
    const last = subscribe<Received>(url, client.authorization, POSTS, { after: cursor });
    await last.until(received => seen.length + received.length >= ids.length);
    await last.close();
    const all = texts([...seen, ...last.received]);
    expect(all).toEqual(ids.map(id => `post ${id}`));
  });

  test('with a cursor that was altered, or is of another organisation, is told so', async () => {
    const [ours, theirs] = [await app.organization(), await app.organization()];
    const subscriber = await subscribed(theirs);
    await accept(app, theirs, [mention('1')]);
    const [event] = await subscriber.until(received => received.length >= 1);
    await subscriber.close();
    await eventually(() => app.app.hub.subscribers === 0);
    for (const after of [event!.postReceived.cursor, `${event!.postReceived.cursor}x`, 'nonsense', 'a.b']) {
      const refused = await subscribed(ours, 'OWNER', { after });
      expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' } }]);
      await refused.close();
    }
  });

  test('whose cursor is past the retention is told where the feed now begins, and can begin there', async () => {
    const organization = await app.organization();
    const subscriber = await subscribed(organization);
    await accept(app, organization, [mention('1')]);
    await subscriber.until(received => received.length >= 1);
    await accept(app, organization, [mention('2')]);
    await subscriber.until(received => received.length >= 2);
    await subscriber.close();
    const { system } = app.app.database;
    await system.query(
      'update event_floor set (tx, event_id) = (select tx, id from events order by tx desc, id desc limit 1)',
    );
    const expired = await subscribed(organization, 'OWNER', { after: subscriber.received[0]!.postReceived.cursor });
    await eventually(() => app.app.hub.subscribers === 0);
    expect(expired.errors).toMatchObject([
      { extensions: { code: 'CURSOR_EXPIRED', feedBeginsAfter: expect.any(String) } },
    ]);
    const { feedBeginsAfter } = (expired.errors[0] as { extensions: { feedBeginsAfter: string } }).extensions;
    const again = await subscribed(organization, 'OWNER', { after: feedBeginsAfter });
    await accept(app, organization, [mention('3')]);
    expect(texts(await again.until(received => received.length >= 1))).toEqual(['post 3']);
    await again.close();
  });

  test('who may not see posts is refused', async () => {
    const organization = await app.organization();
    const subscriber = await subscribed(organization, 'PARTNER');
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await subscriber.close();
  });

  test('that reads too slowly is disconnected with a reason and slows nobody', async () => {
    const organization = await app.organization();
    const client = await organization.as('OWNER');
    const quick = await subscribed(organization);
    const slow = await rawSubscriber(url, client.authorization);
    const long = 'palabra '.repeat(5_000);
    for (let at = 0; at < 40 && app.app.hub.subscribers > 1; at++) {
      await accept(
        app,
        organization,
        Array.from({ length: 20 }, (_, n) => mention(`${at}-${n}`, { text: `${long}${at}-${n}` })),
      );
      await quick.until(received => received.length >= (at + 1) * 20);
    }
    expect(app.app.hub.subscribers).toBe(1);
    slow.resume();
    await eventually(() => slow.closed());
    expect(slow.closeCode()).toBe(4008);
    await quick.close();
  });
});

/** A subscriber that stops reading its socket, which a well-behaved client library never does. */
async function rawSubscriber(address: string, authorization: string) {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  let ended = false;
  socket.on('data', chunk => chunks.push(chunk));
  socket.on('close', () => {
    ended = true;
  });
  socket.on('error', () => {});
  const before = app.app.hub.subscribers;
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  await eventually(() => Buffer.concat(chunks).includes('\r\n\r\n'));
  const send = (message: object) => {
    const body = Buffer.from(JSON.stringify(message));
    // A masked text frame (RFC 6455, 5.2) with a mask of zeros.
    const length =
      body.length < 126 ? Buffer.from([0x80 | body.length]) : Buffer.from([0xfe, body.length >> 8, body.length & 255]);
    socket.write(Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc(4), body]));
  };
  send({ type: 'connection_init', payload: { authorization } });
  await eventually(() => Buffer.concat(chunks).includes('connection_ack'));
  send({ id: '1', type: 'subscribe', payload: { query: POSTS } });
  await eventually(() => app.app.hub.subscribers > before);
  socket.pause();
  return {
    closed: () => ended,
    resume: () => socket.resume(),
    closeCode() {
      const all = Buffer.concat(chunks);
      const reason = all.indexOf('You fell too far behind');
      return reason < 0 ? null : all.readUInt16BE(reason - 2);
    },
  };
}
