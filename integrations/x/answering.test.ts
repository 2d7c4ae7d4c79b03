import { afterEach, describe, expect, test } from '@jest/globals';
import type { Costs, Draft, ParentPost, Rendered, SendCommand, SourceDescription } from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { contextFor } from '../../test/support/connector-context.js';
import { xConnector } from './connector.js';
import { CREDENTIALS, fixture, OUR_ID, openXServer, type XServer } from './test.server.js';

const ACCOUNT: SourceDescription = {
  kind: 'ACCOUNT',
  query: '@panaderia',
  credentials: CREDENTIALS,
  settings: { userId: OUR_ID },
};
const MENTION: ParentPost = {
  ref: { id: '1990412345678901210' },
  kind: 'MENTION' as ParentPost['kind'],
  author: { id: '9001', handle: 'clienta' },
  own: false,
  text: 'Qué pan',
  occurredAt: new Date('2026-11-18T11:06:00Z'),
  mentions: [{ id: OUR_ID, handle: 'panaderia' }],
  replyability: { public: true, private: false },
  replyTo: { postId: '1990412545678901250' },
};

const servers: XServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function opened(settings: Record<string, unknown> = {}) {
  const server = await openXServer();
  servers.push(server);
  server.includes = fixture('mentions').includes;
  const connector = xConnector({ origin: server.origin });
  const source = { ...ACCOUNT, settings: { ...ACCOUNT.settings, ...settings } };
  const spent: { unit: string; settled: number }[] = [];
  const costs: Costs = {
    reserve: async ({ unit }) => ({ settle: async settled => void (settled > 0 && spent.push({ unit, settled })) }),
  };
  const context = contextFor(connector, source, { services: { costs } });
  const render = (draft: Partial<Draft>, parent: ParentPost | null = MENTION) =>
    connector.render!(context, { text: '', visibility: 'public', ...draft }, parent);
  const command = (text: string, given: Partial<SendCommand> = {}): SendCommand => ({
    key: newId(),
    kind: 'reply',
    visibility: 'public',
    parent: MENTION,
    rendered: render({ text, visibility: given.visibility ?? 'public' }, given.parent ?? MENTION) as Rendered,
    media: [],
    firstTriedAt: new Date(),
    ...given,
  });
  return { server, connector, context, render, command, spent };
}

describe('what would be sent', () => {
  test.each([
    ['letters count one', 'a'.repeat(280), 280],
    ['emoji and Chinese characters count two', '🥐麵包', 6],
    ['a family of emoji counts two as well', '👩‍👩‍👧‍👦', 2],
    ['an accent written by itself counts with its letter', 'cafe\u0301', 4],
    ['a link counts 23 however long', `Mira ${`https://example.com/${'pan'.repeat(60)}`}`, 28],
    ['those who are in the conversation do not count at the beginning', '@clienta @panaderia Gracias', 7],
    ['strangers count', '@nadie Gracias', 14],
  ])('%s', async (_, text, length) => {
    const { render } = await opened();
    expect(render({ text })).toMatchObject({ length });
  });

  test.each([
    ['EMPTY', { text: ' \uFEFF ' }, undefined],
    ['TEXT_TOO_LONG', { text: 'a'.repeat(281) }, { length: 281, max: 280 }],
    ['TOO_MANY_TAGS', { text: '$PAN y $TRIGO' }, { count: 2, max: 1 }],
    ['TOO_MANY_MEDIA', { text: 'a', media: pictures(5) }, { count: 5, max: 4 }],
    [
      'TOO_MANY_MEDIA',
      { text: 'a', media: [...pictures(1), { kind: 'video' as const, type: 'video/mp4', bytes: 1 }] },
      { count: 2, max: 1 },
    ],
    ['MEDIA_TOO_LARGE', { text: 'a', media: pictures(1, 6_000_000) }, { bytes: 6_000_000, max: 5_242_880 }],
    [
      'MEDIA_NOT_POSSIBLE',
      { text: 'a', media: [{ kind: 'audio' as const, type: 'audio/ogg', bytes: 1 }] },
      { type: 'audio/ogg' },
    ],
    ['TEXT_TOO_LONG', { text: 'a'.repeat(10_001), visibility: 'private' as const }, { length: 10_001, max: 10_000 }],
  ])('is refused before it is sent: %s', async (code, draft, parameters) => {
    const { render } = await opened();
    const fault = render(draft);
    expect(fault).toMatchObject({ class: 'invalid', code, ...(parameters && { parameters }) });
  });

  test('to somebody who did not call us is refused, unless the plan allows it or the post is ours', async () => {
    const stranger: ParentPost = {
      ...MENTION,
      replyability: { public: false, private: false, reason: 'NOT_SUMMONED' },
    };
    const { render } = await opened();
    expect(render({ text: 'Hola' }, stranger)).toMatchObject({ code: 'NOT_SUMMONED' });
    expect(render({ text: 'Hola' }, { ...stranger, own: true })).toMatchObject({ length: 4 });
    const enterprise = await opened({ access: 'enterprise' });
    expect(enterprise.render({ text: 'Hola' }, stranger)).toMatchObject({ length: 4 });
  });

  test('may be long with Premium, and a link is noted', async () => {
    const { render } = await opened({ premium: 'true' });
    expect(render({ text: 'a'.repeat(25_000) })).toMatchObject({ length: 25_000 });
    expect(render({ text: 'Ver https://example.com' })).toMatchObject({ notes: [{ code: 'LINKS_COUNT_SHORT' }] });
  });
});

describe('an answer', () => {
  test('goes to the present version of the post, as the account, for a cent', async () => {
    const { server, connector, context, command, spent } = await opened();
    const sent = await connector.send!(context, command('¡Gracias! 🥐'));
    expect(sent).toMatchObject({ state: 'sent', ref: { id: expect.stringMatching(/^\d{19}$/) } });
    expect(server.asked('/2/tweets', 'POST')).toMatchObject([
      {
        authorization: 'Bearer account-token',
        body: { text: '¡Gracias! 🥐', reply: { in_reply_to_tweet_id: '1990412545678901250' } },
      },
    ]);
    expect(spent).toEqual([{ unit: 'write', settled: 1 }]);
  });

  test('with a link costs twenty times as much', async () => {
    const { connector, context, command, spent } = await opened();
    await connector.send!(context, command('Ver https://example.com'));
    expect(spent).toEqual([{ unit: 'writeWithLink', settled: 1 }]);
  });

  test('whose sending ended in nothing known is found by its text and what it answers, and not sent twice', async () => {
    const { server, connector, context, command } = await opened();
    const given = command('Abrimos a las 7: https://example.com');
    server.answer('/2/tweets', ({ body }) => {
      server.sent.push({
        id: '1990500000000000001',
        text: body.text,
        parentId: body.reply.in_reply_to_tweet_id,
        authorId: OUR_ID,
        at: new Date(),
      });
      return 'break';
    });
    await expect(connector.send!(context, given)).rejects.toMatchObject({
      fault: { class: 'transient', mayHaveHappened: true },
    });
    server.answer('/2/tweets', undefined);
    expect(await connector.findSent!(context, given)).toMatchObject({ ref: { id: '1990500000000000001' } });
    expect(await connector.findSent!(context, command('Abrimos a las 8'))).toBeNull();
    // X refuses the same text again: that is how we know it was ours.
    expect(await connector.send!(context, given)).toMatchObject({ state: 'sent', ref: { id: '1990500000000000001' } });
    expect(server.sent).toHaveLength(1);
  });

  test('that X takes for a repetition of something else has failed', async () => {
    const { server, connector, context, command } = await opened();
    server.answer('/2/tweets', () => ({
      status: 403,
      body: { detail: 'You are not allowed to create a Tweet with duplicate content.' },
    }));
    expect(await connector.send!(context, command('Hola'))).toMatchObject({
      state: 'failed',
      fault: { class: 'duplicate' },
    });
  });

  test.each([
    [
      403,
      {
        detail:
          'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author.',
      },
      { class: 'forbidden', code: 'NOT_SUMMONED' },
    ],
    [402, { title: 'CreditsDepleted', type: 'https://api.x.com/2/problems/credits' }, { class: 'quota' }],
    [503, {}, { class: 'transient', mayHaveHappened: true }],
    [400, { detail: 'One or more parameters to your request was invalid.' }, { class: 'invalid' }],
  ])('that X refuses with %i says why', async (status, body, fault) => {
    const { server, connector, context, command, spent } = await opened();
    server.answer('/2/tweets', () => ({ status, body }));
    await expect(connector.send!(context, command('Hola'))).rejects.toMatchObject({ fault });
    expect(spent.length).toBe(status === 503 ? 1 : 0);
  });

  test('carries its pictures, with what they show', async () => {
    const { server, connector, context, command } = await opened();
    const bytes = Buffer.alloc(1_500_000, 7);
    const media = [{ kind: 'image' as const, type: 'image/png', bytes, description: 'Una docena' }];
    await connector.send!(context, command('Así quedaron', { media }));
    const [start] = server.asked(/initialize/);
    expect(start!.body).toEqual({ media_type: 'image/png', media_category: 'tweet_image', total_bytes: 1_500_000 });
    expect(server.asked(/append/)).toHaveLength(2);
    expect(server.asked(/metadata/)[0]!.body).toMatchObject({ metadata: { alt_text: { text: 'Una docena' } } });
    expect(server.asked('/2/tweets', 'POST')[0]!.body.media.media_ids).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  test('whose pictures could not be uploaded was certainly not sent', async () => {
    const { server, connector, context, command } = await opened();
    server.answer('/2/media/upload/initialize', () => 'break');
    const media = [{ kind: 'image' as const, type: 'image/png', bytes: Buffer.alloc(9) }];
    const error: any = await connector.send!(context, command('Hola', { media })).catch(thrown => thrown);
    expect(error.fault).toMatchObject({ class: 'transient' });
    expect(error.fault).not.toHaveProperty('mayHaveHappened');
  });

  test('is deleted once, and again does nothing; answers of others are hidden and shown', async () => {
    const { server, connector, context, command } = await opened();
    const sent: any = await connector.send!(context, command('Hola'));
    await connector.delete!(context, sent.ref);
    await connector.delete!(context, sent.ref);
    expect(server.sent).toEqual([]);
    await connector.hide!(context, { id: '1990412345678901220' }, true);
    await connector.hide!(context, { id: '1990412345678901220' }, false);
    expect(server.asked('/2/tweets/1990412345678901220/hidden', 'PUT').map(({ body }) => body)).toEqual([
      { hidden: true },
      { hidden: false },
    ]);
  });
});

test('a direct message goes to who wrote, is found again and deleted', async () => {
  const { server, connector, context, command } = await opened();
  const parent = { ...MENTION, ref: { id: 'dm:1990412745678901270' }, replyTo: { participantId: '9001' } };
  const given = command('¡Claro!', { visibility: 'private', parent });
  const sent: any = await connector.send!(context, given);
  expect(sent).toMatchObject({
    state: 'sent',
    ref: { id: expect.stringMatching(/^dm:\d+$/) },
    replyTo: { participantId: '9001' },
  });
  expect(server.sent).toMatchObject([{ participantId: '9001', text: '¡Claro!' }]);
  expect(await connector.findSent!(context, given)).toMatchObject({ ref: sent.ref });
  await connector.delete!(context, sent.ref);
  expect(server.sent).toEqual([]);
});

test('old access keys of OAuth 1.0a sign what is written', async () => {
  const { server } = await opened();
  const connector = xConnector({ origin: server.origin });
  const credentials = { consumerKey: 'key', consumerSecret: 'secret', accessToken: 'token', accessSecret: 'hidden' };
  const context = contextFor(connector, { ...ACCOUNT, credentials });
  await connector.hide!(context, { id: '1990412345678901220' }, true);
  const { authorization } = server.requests[0]!;
  expect(authorization).toMatch(/^OAuth .*oauth_signature=/);
  expect(authorization).not.toContain('hidden');
});

function pictures(count: number, bytes = 1000) {
  return Array.from({ length: count }, () => ({ kind: 'image' as const, type: 'image/jpeg', bytes }));
}
