import { afterEach, describe, expect, test } from '@jest/globals';
import type { Draft, OAuthContext, ParentPost, PostKind, Rendered, SendCommand } from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Instance, mastodonInstances } from '../../test/support/mastodon-instance.js';

const instances = mastodonInstances();
const instance = instances.open;
afterEach(instances.close);

const REPLY_TO = {
  id: '101',
  visibility: 'public',
  spoilerText: '',
  acct: 'clienta@otra.example',
  instance: 'mastodon.example',
};
const PARENT: ParentPost = {
  ref: { id: 'mastodon.example/101', url: 'https://otra.example/@clienta/101' },
  kind: 'MENTION' as PostKind,
  author: { id: 'clienta@otra.example', handle: 'clienta@otra.example' },
  own: false,
  text: '¿Hay pan?',
  occurredAt: new Date(),
  replyTo: REPLY_TO,
};
const answering = (replyTo: Partial<typeof REPLY_TO>): ParentPost => ({
  ...PARENT,
  replyTo: { ...REPLY_TO, ...replyTo },
});

function render({ connector, context }: Instance, draft: Partial<Draft>, parent: ParentPost | null = PARENT) {
  return connector.render!(context, { text: '', visibility: 'public', ...draft }, parent);
}

function command(at: Instance, text: string, given: Partial<SendCommand> = {}): SendCommand {
  const { parent = PARENT, visibility = 'public' } = given;
  const rendered = render(at, { text, language: 'es', visibility }, parent) as Rendered;
  return { key: newId(), kind: 'reply', visibility, parent, rendered, media: [], firstTriedAt: new Date(), ...given };
}

describe('an answer, before it is sent,', () => {
  test('names whom it answers, once', async () => {
    const at = await instance();
    expect(render(at, { text: 'Sí' })).toMatchObject({
      text: '@clienta@otra.example Sí',
      notes: [{ code: 'MENTION_ADDED', parameters: { handle: '@clienta@otra.example' } }],
    });
    for (const text of ['Sí, @Clienta@otra.example.', '@clienta@otra.example sí']) {
      expect(render(at, { text })).toMatchObject({ text });
      expect(render(at, { text })).not.toHaveProperty('notes');
    }
    expect(render(at, { text: 'Sí, @clienta' })).toMatchObject({ text: '@clienta@otra.example Sí, @clienta' });
    const local = answering({ acct: 'molinera' });
    for (const text of ['Sí @molinera', 'Sí @molinera@mastodon.example'])
      expect(render(at, { text }, local)).toMatchObject({ text });
    expect(render(at, { text: 'Y otra cosa' }, { ...PARENT, own: true })).toMatchObject({ text: 'Y otra cosa' });
  });

  test('is seen by no more people than what it answers, and keeps its warning', async () => {
    const at = await instance();
    expect(render(at, { text: 'Sí' }, answering({ visibility: 'private', spoilerText: 'Comida' }))).toMatchObject({
      payload: { visibility: 'private', spoilerText: 'Comida' },
      notes: [
        { code: 'VISIBILITY_KEPT', parameters: { visibility: 'private' } },
        { code: 'WARNING_KEPT', parameters: { warning: 'Comida' } },
        { code: 'MENTION_ADDED' },
      ],
    });
    expect(render(at, { text: 'Sí', visibility: 'private' })).toMatchObject({ payload: { visibility: 'direct' } });
    expect(render(at, { text: 'Sí', visibility: 'private' }, answering({ visibility: 'direct' }))).toMatchObject({
      payload: { visibility: 'direct' },
      notes: [{ code: 'MENTION_ADDED' }],
    });
  });

  test('is as long as the instance counts it: links 23, names without their host, the warning too', async () => {
    const at = await instance();
    const link = `https://pan.example/${'largo/'.repeat(20)}`;
    expect(render(at, { text: `@clienta@otra.example 👩‍🍳 ${link}` })).toMatchObject({
      length: '@clienta '.length + 1 + 1 + 23,
      notes: [{ code: 'LINKS_COUNT_SHORT', parameters: { length: 23 } }],
    });
    const warned = answering({ spoilerText: 'Pan' });
    expect(render(at, { text: 'á'.repeat(488) }, warned)).toMatchObject({ length: 500 });
    expect(render(at, { text: 'á'.repeat(489) }, warned)).toMatchObject({
      code: 'TEXT_TOO_LONG',
      parameters: { length: 501, max: 500 },
    });
    const longer = contextFor(at.connector, {
      ...at.account,
      credentials: { ...at.account.credentials, maxCharacters: '5000' },
    });
    expect(at.connector.render!(longer, { text: 'á'.repeat(4000), visibility: 'public' }, PARENT)).toMatchObject({
      length: 4009,
    });
  });

  test.each([
    ['nothing', { text: '  ' }, 'EMPTY'],
    [
      'a file',
      { text: 'x', media: [{ kind: 'file' as const, type: 'application/pdf', bytes: 9 }] },
      'MEDIA_NOT_POSSIBLE',
    ],
    [
      'a film and a picture',
      {
        text: 'x',
        media: [
          { kind: 'video' as const, type: 'video/mp4', bytes: 9 },
          { kind: 'image' as const, type: 'image/png', bytes: 9 },
        ],
      },
      'TOO_MANY_MEDIA',
    ],
    [
      'a heavy picture',
      { text: 'x', media: [{ kind: 'image' as const, type: 'image/png', bytes: 17_000_000 }] },
      'MEDIA_TOO_LARGE',
    ],
  ])('is refused: %s', async (_name, draft, code) => {
    expect(render(await instance(), draft)).toMatchObject({ class: 'invalid', code });
  });
});

describe('an answer', () => {
  test('is published once however often it is sent, under what it answers', async () => {
    const at = await instance();
    const message = command(at, 'Sí, hasta las ocho');
    const sent = await at.connector.send!(at.context, message);
    expect(sent).toEqual({
      state: 'sent',
      ref: { id: 'mastodon.example/1000', url: 'https://mastodon.example/@panaderia/1000' },
      replyTo: { id: '1000', visibility: 'public', spoilerText: '', acct: 'panaderia', instance: 'mastodon.example' },
    });
    expect(await at.connector.send!(at.context, message)).toEqual(sent);
    expect(at.server.statuses).toHaveLength(1);
    const { headers, body } = at.server.requests.find(({ path }) => path === '/api/v1/statuses')!;
    expect(headers['idempotency-key']).toBe(message.key);
    expect(body).toEqual({
      status: '@clienta@otra.example Sí, hasta las ocho',
      visibility: 'public',
      in_reply_to_id: '101',
      language: 'es',
    });
  });

  test('whose receipt was lost is found by its text and place, and no other is taken for it', async () => {
    const at = await instance();
    await at.connector.send!(at.context, command(at, 'Sí', { parent: answering({ id: '90' }) }));
    await at.connector.send!(at.context, command(at, 'No'));
    const message = command(at, 'Sí');
    expect(await at.connector.findSent!(at.context, message)).toBeNull();
    at.server.misbehave('lostAnswer');
    await expect(at.connector.send!(at.context, message)).rejects.toMatchObject({
      fault: { class: 'transient', mayHaveHappened: true },
    });
    at.server.misbehave('no');
    expect(await at.connector.findSent!(at.context, message)).toMatchObject({ ref: { id: 'mastodon.example/1002' } });
    const later = { ...message, firstTriedAt: new Date(Date.now() + 3_600_000) };
    expect(await at.connector.findSent!(at.context, later)).toBeNull();
  });

  test('carries its files with their description once the instance has worked on them', async () => {
    const at = await instance();
    const media = [{ kind: 'image' as const, type: 'image/png', bytes: Buffer.from('png'), description: 'Una hogaza' }];
    await at.connector.send!(at.context, command(at, 'Mira', { media }));
    expect(at.server.requests.map(({ path }) => path)).toEqual([
      '/api/v2/media',
      '/api/v1/media/77',
      '/api/v1/statuses',
    ]);
    expect(at.server.requests[0]!.body).toContain('Una hogaza');
    expect(at.server.requests.at(-1)!.body.media_ids).toEqual(['77']);
  });

  test('to a post seen from another instance is put under what our own calls it', async () => {
    const at = await instance();
    at.server.tagged = [{ id: '555' }];
    await at.connector.send!(
      at.context,
      command(at, 'Sí', {
        parent: {
          ...answering({ instance: 'otra.example' }),
          ref: { id: 'otra.example/7', url: 'https://otra.example/@clienta/7' },
        },
      }),
    );
    expect(at.server.requests.at(-1)!.body.in_reply_to_id).toBe('555');
    expect(at.server.requests[0]!.query.get('q')).toBe('https://otra.example/@clienta/7');
  });

  test('to somebody alone names them, or would reach nobody', async () => {
    const at = await instance();
    const rendered = render(at, { text: 'Tu pedido está listo', visibility: 'private' }, null) as Rendered;
    const message = {
      ...command(at, 'x'),
      kind: 'message' as const,
      parent: null,
      rendered,
      visibility: 'private' as const,
      recipient: { handle: 'clienta@otra.example' },
    };
    await at.connector.send!(at.context, message);
    expect(at.server.requests.at(-1)!.body).toEqual({
      status: '@clienta@otra.example Tu pedido está listo',
      visibility: 'direct',
    });
    expect(await at.connector.findSent!(at.context, message)).toMatchObject({ ref: { id: 'mastodon.example/1000' } });
  });

  test('is deleted, twice as well as once', async () => {
    const at = await instance();
    const sent = await at.connector.send!(at.context, command(at, 'Adiós'));
    if (sent.state !== 'sent') throw new Error('not sent');
    await at.connector.delete!(at.context, sent.ref);
    await at.connector.delete!(at.context, sent.ref);
    expect(at.server.statuses).toEqual([]);
  });

  test.each([
    ['limited', { class: 'rate', retryAt: expect.any(Date) }],
    ['broken', { class: 'transient', mayHaveHappened: true }],
    ['expired', { class: 'auth', scope: 'account' }],
  ] as const)('by an instance that is %s fails in the port’s words', async (mood, fault) => {
    const at = await instance();
    const message = command(at, 'Sí');
    at.server.misbehave(mood);
    await expect(at.connector.send!(at.context, message)).rejects.toMatchObject({ fault });
  });

  test('to what is gone is not sent', async () => {
    const at = await instance();
    await expect(
      at.connector.send!(at.context, command(at, 'Sí', { parent: answering({ id: 'gone' }) })),
    ).rejects.toMatchObject({ fault: { class: 'not_found' } });
  });
});

describe('signing in', () => {
  test('registers with the instance once, and exchanges the code with its proof', async () => {
    const at = await instance();
    const oauth = at.connector.connection!.oauth!;
    const contextOf = (given: Record<string, string>): OAuthContext => ({
      given,
      http: at.context.http,
      signal: at.context.signal,
      now: () => new Date(),
    });
    const request = { redirectUri: 'https://crm.example/connected', state: 'a state', codeChallenge: 'challenge' };
    const given = { instance: 'mastodon.example' };
    const { url, keeps } = await oauth.begin(contextOf(given), request);
    expect(keeps).toEqual({ clientId: 'app-id', clientSecret: 'app-secret', redirectUri: request.redirectUri });
    expect(url).not.toContain('app-secret');
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: 'app-id',
      state: 'a state',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
      redirect_uri: request.redirectUri,
    });
    await oauth.begin(contextOf({ ...given, ...keeps }), request);
    expect(at.server.requests.filter(({ path }) => path === '/api/v1/apps')).toHaveLength(1);

    const answer = { code: 'right', redirectUri: request.redirectUri, codeVerifier: 'verifier' };
    await expect(oauth.exchange(contextOf({ ...given, ...keeps }), answer)).resolves.toEqual({
      credentials: { accessToken: at.server.token, maxCharacters: '500' },
    });
    expect(at.server.requests.find(({ path }) => path === '/oauth/token')!.body).toMatchObject({
      code_verifier: 'verifier',
      grant_type: 'authorization_code',
    });
    await expect(oauth.exchange(contextOf({ ...given, ...keeps }), { ...answer, code: 'used' })).rejects.toMatchObject({
      fault: { class: 'auth', message: expect.stringContaining('Code expired') },
    });
    await expect(oauth.exchange(contextOf(given), answer)).rejects.toMatchObject({ fault: { class: 'invalid' } });
    await expect(oauth.begin(contextOf({ instance: '10.0.0.1' }), request)).rejects.toMatchObject({
      fault: { class: 'invalid' },
    });
  });
});
