import { afterEach, expect, test } from '@jest/globals';
import { contextFor } from '../../test/support/connector-context.js';
import { type JsonAnswer, type JsonServer, startJson } from '../../test/support/json-server.js';
import { hackerNewsConnector } from './connector.js';

let server: JsonServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(answer: JsonAnswer) {
  server = await startJson(answer);
  const connector = hackerNewsConnector({ searchOrigin: server.origin, itemOrigin: server.origin });
  return { connector, context: contextFor(connector, { kind: 'KEYWORD', query: 'olivar' }) };
}

test('stories and comments come as plain text, joined to their story', async () => {
  const hits = [
    {
      objectID: '2',
      created_at_i: 1795600060,
      author: 'joao',
      comment_text: 'I <i>like</i> it &amp; <a href="https://a.example">https://a.example</a>',
      parent_id: 1,
      story_id: 1,
    },
    {
      objectID: '1',
      created_at_i: 1795600000,
      author: 'marisol',
      title: 'Show HN: Olivar',
      url: 'https://olivar.example',
    },
  ];
  const { connector, context } = await open(() => ({ hits, nbPages: 1 }));
  const [batch] = await Array.fromAsync(connector.poll!(context, { second: 1795600000 }));
  expect(batch!.events).toMatchObject([
    { text: 'Show HN: Olivar\n\nhttps://olivar.example', root: { id: '1' } },
    { text: 'I like it & https://a.example', parent: { id: '1' }, root: { id: '1' }, author: { handle: 'joao' } },
  ]);
  expect(batch).not.toHaveProperty('gap');
  expect(server!.requests[0]!.query.get('numericFilters')).toBe('created_at_i>1795599400');
});

test('says what is missing when there are more results than are shown', async () => {
  const hit = (second: number) => ({
    objectID: String(second),
    created_at_i: second,
    author: 'a',
    comment_text: 'olivar',
  });
  const { connector, context } = await open(({ query }) => ({
    hits: [hit(1795600000 - Number(query.get('page')))],
    nbPages: 99,
  }));
  const [batch] = await Array.fromAsync(connector.poll!(context, { second: 1795500000 }));
  expect(batch!.gap).toMatchObject({ to: new Date((1795600000 - 9) * 1000) });
});

test('says so too when the search shows its ten pages and counts more', async () => {
  const { connector, context } = await open(({ query }) => ({
    hits: [{ objectID: '1', created_at_i: 1795600000 - Number(query.get('page')), author: 'a', title: 'olivar' }],
    nbPages: 10,
    nbHits: 1003,
  }));
  const [batch] = await Array.fromAsync(connector.poll!(context, { second: 1795500000 }));
  expect(batch!.gap).toMatchObject({ to: new Date((1795600000 - 9) * 1000) });
});

test.each([
  ['deleted', { id: 5, deleted: true }, 'gone'],
  ['dead', { id: 5, dead: true, by: 'a' }, 'gone'],
  ['unknown', null, 'gone'],
  ['there', { id: 5, by: 'a', time: 1795600000, text: 'olivar', parent: 1 }, { text: 'olivar' }],
] as const)('an item that is %s', async (_name, item, expected) => {
  const { connector, context } = await open(() => ({ status: 200, body: item }));
  const found = await connector.refetch!(context, { id: '5' });
  if (typeof expected === 'string') expect(found).toBe(expected);
  else expect(found).toMatchObject(expected);
});
