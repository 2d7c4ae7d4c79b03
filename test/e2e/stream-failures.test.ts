import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { openTestApp, type TestApp } from '../support/app.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

type Received = { postReceived: { cursor: string; post: { text: string } } };
const POSTS = 'subscription ($after: String) { postReceived(after: $after) { cursor post { text } } }';

let app: TestApp;
let url: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', MAX_SUBSCRIPTIONS: '3' });
  url = await listen(app);
});
afterEach(() => eventually(() => app.app.hub.subscribers === 0));
afterAll(() => app?.close());

test('a subscriber whose events cannot be read is told so, and resumes without a hole', async () => {
  const organization = await app.organization();
  const { authorization } = await organization.as('OWNER');
  const subscriber = subscribe<Received>(url, authorization, POSTS);
  await eventually(() => app.app.hub.subscribers === 1);
  await accept(app, organization, [mention('1')]);
  const [first] = await subscriber.until(received => received.length === 1);
  const { system } = app.app.database;
  // The table is gone for the requests' role for as long as it takes to give up.
  await accept(app, organization, [mention('warm')]);
  await subscriber.until(received => received.length === 2);
  await system.query('revoke select on posts from vinculo_app');
  try {
    await system.query(
      "insert into events (organization_id, type, subject_id) select $1, 'post.received', id from posts where organization_id = $1 and external_id = '1'",
      [organization.id],
    );
    await eventually(() => subscriber.closes.length > 0);
    expect(subscriber.closes[0]).toMatchObject({ code: 1011, reason: expect.stringContaining('Resume') });
  } finally {
    await system.query('grant select on posts to vinculo_app');
  }
  const again = subscribe<Received>(url, authorization, POSTS, { after: first!.postReceived.cursor });
  const texts = (await again.until(received => received.length === 2)).map(event => event.postReceived.post.text);
  expect(texts).toEqual(['post warm', 'post 1']);
  await again.close();
});

test('a document that demands its cursor still hears what comes after it', async () => {
  const organization = await app.organization();
  const client = await organization.as('OWNER');
  const { feedCursor } = await client.data('{ feedCursor }');
  const subscriber = subscribe<Received>(
    url,
    client.authorization,
    'subscription ($after: String!) { postReceived(after: $after) { cursor post { text } } }',
    { after: feedCursor },
  );
  await eventually(() => app.app.hub.subscribers === 1);
  await accept(app, organization, [mention('1')]);
  const [event] = await subscriber.until(received => received.length === 1);
  expect(event!.postReceived.post.text).toBe('post 1');
  await subscriber.close();
});

test('a socket opens no more subscriptions than are allowed, also all at once', async () => {
  const organization = await app.organization();
  const { authorization } = await organization.as('OWNER');
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  const codes: unknown[] = [];
  for (let at = 0; at < 6; at++) {
    client.subscribe(
      { query: POSTS },
      {
        next: () => {},
        complete: () => {},
        error: error => codes.push((error as { extensions?: { code?: string } }[])[0]?.extensions?.code),
      },
    );
  }
  await eventually(() => codes.length === 3 && app.app.hub.subscribers === 3);
  expect(codes).toEqual(Array(3).fill('TOO_MANY_SUBSCRIPTIONS'));
  await client.dispose();
});

test('a subscription sent by HTTP is told where to go', async () => {
  const client = await (await app.organization()).as('OWNER');
  const { errors } = await client.send(POSTS);
  expect(errors).toMatchObject([
    { message: expect.stringContaining('WebSocket'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
