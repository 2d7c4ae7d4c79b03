import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { command, openGraphs, parent, source, told } from '../../test/support/meta-account.js';
import { instagramConnector } from './instagram.connector.js';

const graph = openGraphs();
const { open } = graph;
afterEach(() => graph.close());

describe('Instagram', () => {
  const instagram = source({ instagramId: '17841405309211844', pageId: '9' });

  const folder = '../shared/fixtures/instagram';
  (existsSync(folder) ? test : test.skip)('reads Meta’s own examples (skipped without them)', () => {
    const connector = instagramConnector();
    const context = contextFor(connector, instagram);
    const read = (name: string) =>
      connector.parseWebhook!(context, told(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))));
    expect(read('comments').events).toMatchObject([
      { text: 'text', author: { handle: 'someuser' }, parent: { id: '17865799348089000' } },
    ]);
    expect(read('mentions').notices).toEqual([{ id: 'mention:17918195224117851:17894227972186120' }]);
  });

  test('reads a mention through our own account, and answers it there', async () => {
    const connector = await open(instagramConnector, ({ query, method }) =>
      method === 'GET' && query.get('fields')?.startsWith('mentioned_comment.comment_id(6)')
        ? {
            mentioned_comment: {
              id: '6',
              text: '@olivar top',
              username: 'joao',
              timestamp: '2026-11-27T10:00:00+0000',
              media: { id: '5' },
            },
          }
        : undefined,
    );
    const context = contextFor(connector, instagram);
    const event = (await connector.refetch!(context, { id: 'mention:5:6' })) as UpsertEvent;
    expect(event).toMatchObject({ kind: 'MENTION', author: { handle: 'joao' }, ref: { id: '6' } });
    await connector.send!(context, command({ parent: parent({ replyTo: event.replyTo! }) }));
    expect(graph.server.requests.at(-1)).toMatchObject({
      path: '17841405309211844/mentions',
      body: { media_id: '5', comment_id: '6' },
    });
  });

  test('is told only once its page has taken on the app, and writes through the page', async () => {
    const connector = await open(instagramConnector);
    const context = contextFor(connector, instagram);
    await connector.subscribe!(context, { url: 'https://crm.example.com/hooks/k', secret: 's' });
    const recipient = { id: '7001' };
    await connector.send!(context, command({ visibility: 'private', recipient }));
    await connector.send!(
      context,
      command({ visibility: 'private', recipient, parent: parent({ replyTo: { to: '7001' } }) }),
    );
    expect(graph.server.requests.map(({ path }) => path)).toEqual([
      '600/subscriptions',
      '9/subscribed_apps',
      '9/messages',
      '9/messages',
    ]);
    expect(graph.server.requests.slice(2).map(({ body }) => (body as { recipient: object }).recipient)).toEqual([
      { comment_id: '1_2' },
      { id: '7001' },
    ]);
  });

  test('an answer to an answer goes under the first comment, and is looked for there', async () => {
    const connector = await open(instagramConnector, ({ path, method }) =>
      path === '11/replies' && method === 'GET'
        ? {
            data: [{ id: '13', text: 'Sí', from: { id: '17841405309211844' }, timestamp: new Date().toISOString() }],
          }
        : undefined,
    );
    const context = contextFor(connector, instagram);
    const value = {
      id: '12',
      from: { id: '7001', username: 'joao' },
      text: 'Y tú',
      media: { id: '5' },
      parent_id: '11',
    };
    const entry = [{ id: '17841405309211844', time: 1795600000, changes: [{ field: 'comments', value }] }];
    const [event] = connector.parseWebhook!(context, told({ object: 'instagram', entry })).events as UpsertEvent[];
    const answer = command({ parent: parent({ ref: { id: '12' }, replyTo: event!.replyTo! }) });
    await connector.send!(context, answer);
    expect(graph.server.requests.at(-1)).toMatchObject({ path: '11/replies' });
    expect(await connector.findSent!(context, answer)).toMatchObject({ ref: { id: '13' } });
  });

  test('what may have been answered to a mention is not said to be missing, for nobody can see', async () => {
    const connector = await open(instagramConnector);
    const answer = command({ parent: parent({ replyTo: { mentionMediaId: '5' } }) });
    await expect(connector.findSent!(contextFor(connector, instagram), answer)).rejects.toMatchObject({
      fault: { class: 'forbidden' },
    });
  });

  test('refuses what Instagram would: too many hashtags, links or letters', () => {
    const connector = instagramConnector();
    const context = contextFor(connector, instagram);
    const render = (text: string) => connector.render!(context, { text, visibility: 'public' }, null);
    expect(render('#a #b #c #d #e')).toMatchObject({ code: 'TOO_MANY_TAGS' });
    expect(render('https://a.example https://b.example')).toMatchObject({ code: 'TOO_MANY_LINKS' });
    expect(render('a'.repeat(301))).toMatchObject({ code: 'TEXT_TOO_LONG' });
    expect(render('a'.repeat(300))).toMatchObject({ length: 300 });
  });
});
