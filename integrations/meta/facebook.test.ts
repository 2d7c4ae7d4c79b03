import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { startJson } from '../../test/support/json-server.js';
import { command, NOW, openGraphs, parent, source, told } from '../../test/support/meta-account.js';
import { facebookConnector } from './facebook.connector.js';

const graph = openGraphs();
const { open } = graph;
afterEach(() => graph.close());

describe('Facebook', () => {
  const facebook = source({ pageId: '137542570280222' });

  const folder = '../shared/fixtures/meta';
  (existsSync(folder) ? test : test.skip)(
    'reads what pages were recorded to tell (skipped without the recordings)',
    () => {
      const connector = facebookConnector();
      const read = (name: string) => {
        const request = told(JSON.parse(readFileSync(`${folder}/page-feed.${name}.json`, 'utf8')));
        return connector.parseWebhook!(contextFor(connector, facebook), request).events;
      };
      expect(read('comment-add')).toMatchObject([
        { op: 'upsert', kind: 'COMMENT', text: 'Good', author: { id: '139560936744123' }, own: false },
      ]);
      expect(read('comment-add-on-video')).toMatchObject([
        { parent: { id: '137542570280222_139560936744456', author: { id: '137542570280222' } } },
      ]);
      expect(read('comment-by-page-itself')).toMatchObject([{ own: true, text: 'Public reply!' }]);
      expect(read('comment-edited')).toMatchObject([{ text: 'Great', editedAt: expect.any(Date) }]);
      expect(read('comment-remove')).toMatchObject([{ op: 'delete', tombstone: true }]);
      expect(read('post-remove')).toMatchObject([{ op: 'delete' }]);
      expect(read('reaction-add')).toEqual([]);
    },
  );

  test('is called by the app in its own name, and told of the page', async () => {
    const connector = await open(facebookConnector);
    await connector.subscribe!(contextFor(connector, facebook), {
      url: 'https://crm.example.com/hooks/k',
      secret: 's',
    });
    expect(graph.server.requests.map(({ path }) => path)).toEqual([
      '600/subscriptions',
      '137542570280222/subscribed_apps',
    ]);
    expect(graph.server.requests[0]!.body).toMatchObject({ object: 'page', verify_token: 's' });
    const proof = createHmac('sha256', 'secret').update('EAAB').digest('hex');
    expect(graph.server.requests[1]!.query.get('appsecret_proof')).toBe(proof);
  });

  test('answers a comment in private by the comment, and a message by the person', async () => {
    const connector = await open(facebookConnector);
    const context = contextFor(connector, facebook);
    const recipient = { id: '7001' };
    await connector.send!(context, command({ visibility: 'private', recipient }));
    await connector.send!(
      context,
      command({
        visibility: 'private',
        parent: parent({ kind: 'DIRECT_MESSAGE' as PostKind, replyTo: { to: 'p-7' } }),
      }),
    );
    expect(graph.server.requests.map(({ body }) => (body as { recipient: object }).recipient)).toEqual([
      { comment_id: '1_2' },
      { id: 'p-7' },
    ]);
  });

  test('a comment can be answered in public for ever, in private for a week', () => {
    const connector = facebookConnector();
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const old = parent({ replyTo: { commentId: '1_2' }, occurredAt: new Date(NOW.getTime() - 8 * 86_400_000) });
    const render = (visibility: 'public' | 'private') => connector.render!(context, { text: 'Sí', visibility }, old);
    expect(render('public')).toMatchObject({ text: 'Sí' });
    expect(render('private')).toMatchObject({ code: 'WINDOW_CLOSED' });
    expect(connector.capabilities.reply).not.toHaveProperty('windowHours');
  });

  test('reads answers among the comments too, and tells when a post has more than are listed', async () => {
    const given = Array.from({ length: 50 }, (_, index) => ({
      id: `1_${index}`,
      message: 'Hola',
      created_time: new Date(NOW.getTime() - index * 1000).toISOString(),
    }));
    const connector = await open(facebookConnector, () => ({
      data: [{ id: '1', created_time: NOW.toISOString(), comments: { data: given } }],
    }));
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const since = { until: new Date(NOW.getTime() - 3_600_000).toISOString() };
    const [batch] = await Array.fromAsync(connector.poll!(context, since));
    expect(graph.server.requests[0]!.query.get('fields')).toContain('comments.filter(stream)');
    expect(batch!.gap).toMatchObject({ to: new Date(NOW.getTime() - 49_000) });
  });

  test('reads what visitors wrote on the page again, and is not stopped by a post that cannot be read', async () => {
    const created_time = new Date(NOW.getTime() - 60_000).toISOString();
    const post = { id: '1_5', message: 'Qué rico todo', from: { id: '7001', name: 'Aitor' }, created_time };
    const connector = await open(facebookConnector, () => ({ data: [{ nothing: true }, post] }));
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const since = { until: new Date(NOW.getTime() - 3_600_000).toISOString() };
    const [batch] = await Array.fromAsync(connector.poll!(context, since));
    expect(batch!.events).toMatchObject([{ kind: 'MENTION', ref: { id: '1_5' }, own: false }]);
    const value = { item: 'status', verb: 'add', post_id: '1_5', message: 'Qué rico todo', from: post.from };
    const entry = [{ id: '137542570280222', time: 1, changes: [{ field: 'feed', value }] }];
    const [heard] = connector.parseWebhook!(context, told({ object: 'page', entry })).events as UpsertEvent[];
    expect(heard).toMatchObject({ ref: { id: '1_5' }, revision: (batch!.events[0] as UpsertEvent).revision });
  });

  test('an error that Meta does not know itself may have come after the comment was made', async () => {
    const body = { error: { code: 1, message: 'An unknown error occurred' } };
    const graph = await startJson(() => ({ status: 400, body }));
    const connector = facebookConnector({ origin: graph.origin });
    await expect(connector.send!(contextFor(connector, facebook), command({}))).rejects.toMatchObject({
      fault: { class: 'transient', mayHaveHappened: true },
    });
    await graph.close();
  });

  test('reads a mention, which is told by its id only', async () => {
    const connector = await open(facebookConnector, ({ path }) =>
      path === '5_6'
        ? {
            id: '5_6',
            message: 'Fui a Olivar',
            from: { id: '7002', name: 'João' },
            created_time: '2026-11-27T10:00:00+0000',
          }
        : undefined,
    );
    const context = contextFor(connector, facebook);
    const change = { field: 'mention', value: { post_id: '5_6', item: 'post', verb: 'add' } };
    const { notices } = connector.parseWebhook!(
      context,
      told({ object: 'page', entry: [{ id: '137542570280222', changes: [change] }] }),
    );
    expect(notices).toEqual([{ id: '5_6' }]);
    expect(await connector.refetch!(context, notices![0]!)).toMatchObject({ kind: 'MENTION', text: 'Fui a Olivar' });
  });

  test('hides a comment, shows it again, and deletes what is gone already', async () => {
    const connector = await open(facebookConnector);
    const context = contextFor(connector, facebook);
    await connector.hide!(context, { id: '1_2' }, true);
    expect(graph.server.requests[0]).toMatchObject({ path: '1_2', body: { is_hidden: true } });
    await expect(connector.delete!(context, { id: '1_9' })).resolves.toBeUndefined();
  });

  test('signs in step by step: a person’s token, a long-lived one, the page’s', async () => {
    const connector = await open(facebookConnector, ({ path, query, headers }) =>
      path === 'oauth/access_token'
        ? { access_token: query.get('grant_type') ? 'long' : `short-for-${query.get('code')}` }
        : path === '1'
          ? { access_token: `page-by-${headers.authorization}` }
          : undefined,
    );
    const { http } = contextFor(connector, facebook);
    const context = {
      http,
      given: { appId: '600', appSecret: 's', pageId: '1' },
      signal: AbortSignal.timeout(5000),
      now: () => NOW,
    };
    const { oauth } = connector.connection!;
    const asked = { redirectUri: 'https://crm.example.com/oauth/callback', state: 'st', codeChallenge: 'cc' };
    const { url } = await oauth!.begin(context, asked);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: '600',
      state: 'st',
      code_challenge: 'cc',
    });
    const answer = { code: 'c', redirectUri: asked.redirectUri, codeVerifier: 'v' };
    expect(await oauth!.exchange(context, answer)).toEqual({ credentials: { token: 'page-by-Bearer long' } });
    expect(graph.server.requests[1]!.query.get('fb_exchange_token')).toBe('short-for-c');
  });
});
