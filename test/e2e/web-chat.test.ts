import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { ReplyStateDocument, ReplyToPostDocument } from '../support/operations.generated.js';
import { listen } from '../support/posts.js';
import { inboxOf, SITE_CONFIG, siteOf, type TestSite } from '../support/site.js';
import { eventually } from '../support/subscriber.js';

const ORIGIN = 'https://www.horno.example';
let app: TestApp;
let site: TestSite;

beforeAll(async () => {
  app = await openTestApp(SITE_CONFIG);
});
afterAll(() => app.close());
beforeEach(async () => {
  site = await siteOf(app, ORIGIN);
});

const ask = (path: string, more: { body?: object; visitor?: string; origin?: string; method?: 'OPTIONS' } = {}) =>
  app.app.server.fastify.inject({
    method: more.method ?? (more.body ? 'POST' : 'GET'),
    url: `/chat/${site.key}${path}`,
    headers: {
      origin: more.origin ?? ORIGIN,
      ...(more.body && { 'content-type': 'application/json' }),
      ...(more.visitor !== undefined && { authorization: `Bearer ${more.visitor}` }),
    },
    ...(more.body && { payload: JSON.stringify(more.body) }),
  });
const visitor = async (): Promise<string> => (await ask('/visitor', { body: {} })).json().visitor;
const write = (who: string, id: string, text: string) =>
  ask('/messages', { body: { kind: 'chat', visitor: who, id, text, page: `${ORIGIN}/tartas` } });
const shownTo = async (who: string, after = '') => (await ask(`/messages?after=${after}`, { visitor: who })).json();
const heard = (text: string) => eventually(async () => (await inboxOf(site)).find(post => post.text === text) ?? null);
const reply = async (postId: string, text: string) => {
  const { replyToPost } = await site.owner.data(ReplyToPostDocument, { input: { postId, text } });
  expect(replyToPost.userErrors).toEqual([]);
  return replyToPost.reply!.id;
};
const stateOf = async (id: string) => (await site.owner.data(ReplyStateDocument, { id })).reply!.state;

describe('the chat of a site', () => {
  test('brings what a visitor writes to the inbox, and the answer back to them', async () => {
    const who = await visitor();
    expect((await write(who, 'mensaje-0001', '¿Abrís el domingo?')).statusCode).toBe(202);
    const post = await heard('¿Abrís el domingo?');
    const before = await shownTo(who);
    expect(before.messages).toMatchObject([{ id: 'mensaje-0001', own: false, text: '¿Abrís el domingo?' }]);
    const waiting = shownTo(who, before.version);
    const id = await reply(post.id, 'Sí, de 8 a 14.');
    const after = await waiting;
    expect(after).toMatchObject({
      by: 'Horno San Blas',
      messages: [{ own: false }, { own: true, text: 'Sí, de 8 a 14.' }],
    });
    expect(Object.keys(after.messages[1]).sort()).toEqual(['at', 'id', 'own', 'text']);
    await eventually(async () => (await stateOf(id)) === 'DELIVERED');
    expect((await ask('/seen', { visitor: who, body: { ids: [after.messages[1].id] } })).statusCode).toBe(204);
    await eventually(async () => (await stateOf(id)) === 'READ');
  });

  test('keeps one conversation for each visitor, opened again by what they write', async () => {
    const who = await visitor();
    await write(who, 'mensaje-0001', 'Hola');
    const id = await reply((await heard('Hola')).id, 'Buenas.');
    await eventually(async () => (await stateOf(id)) !== 'QUEUED' && (await stateOf(id)) !== 'SENDING');
    await write(who, 'mensaje-0002', '¿Y tartas?');
    await heard('¿Y tartas?');
    const { rows } = await app.app.database.system.query(
      'select status from conversations where organization_id = $1',
      [site.organization.id],
    );
    expect(rows).toEqual([{ status: 'OPEN' }]);
  });

  test('shows a visitor nothing of what another said or was told', async () => {
    const [one, other] = [await visitor(), await visitor()];
    await write(one, 'mensaje-0001', 'Mi pedido es el 45');
    const id = await reply((await heard('Mi pedido es el 45')).id, 'Está listo.');
    await eventually(async () => (await shownTo(one)).messages.length === 2);
    expect((await shownTo(other)).messages).toEqual([]);
    const [, answer] = (await shownTo(one)).messages;
    await ask('/seen', { visitor: other, body: { ids: [answer.id] } });
    expect(await stateOf(id)).toBe('DELIVERED');
    // An id that is taken already by somebody else is not theirs.
    await write(other, 'mensaje-0001', 'Otro');
    await heard('Otro');
    expect((await shownTo(one)).messages[0].text).toBe('Mi pedido es el 45');
  });

  test('takes no token but its own', async () => {
    const who = await visitor();
    const forged = who.replace(/.$/, last => (last === '0' ? '1' : '0'));
    const elsewhere = await siteOf(app, ORIGIN);
    const { visitor: foreign } = (
      await app.app.server.fastify.inject({
        method: 'POST',
        url: `/chat/${elsewhere.key}/visitor`,
        headers: { origin: ORIGIN },
      })
    ).json();
    for (const token of [forged, foreign, who.split('.')[0]!, '', 'v-.']) {
      expect((await ask('/messages', { visitor: token })).statusCode).toBe(401);
      expect((await write(token, 'mensaje-0001', 'x')).statusCode).toBe(401);
    }
    expect((await ask('/messages')).statusCode).toBe(401);
  });

  test('answers no page of anybody else', async () => {
    const who = await visitor();
    for (const path of ['/messages', '/token'])
      expect((await ask(path, { visitor: who, origin: 'https://evil.example' })).statusCode).toBe(403);
    const foreign = await ask('/messages', { method: 'OPTIONS', origin: 'https://evil.example' });
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
    const allowed = await ask('/messages', { method: 'OPTIONS' });
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-headers': 'authorization, content-type',
    });
  });

  test('keeps a message once, however often it is sent', async () => {
    const who = await visitor();
    await Promise.all([write(who, 'mensaje-0001', 'Hola'), write(who, 'mensaje-0001', 'Hola')]);
    expect((await write(who, 'mensaje-0001', 'Hola')).statusCode).toBe(202);
    await heard('Hola');
    await write(who, 'mensaje-0002', 'Y más');
    await heard('Y más');
    expect((await shownTo(who)).messages).toHaveLength(2);
  });

  test('withdraws from the visitor what we delete', async () => {
    const who = await visitor();
    await write(who, 'mensaje-0001', '¿Precio?');
    const id = await reply((await heard('¿Precio?')).id, 'Un euro');
    await eventually(async () => (await shownTo(who)).messages.length === 2);
    await site.owner.data('mutation ($id: ID!) { deleteReply(input: { id: $id }) { userErrors { code } } }', { id });
    const messages = await eventually(async () => {
      const { messages: now } = await shownTo(who);
      return now[1].deleted ? now : null;
    });
    expect(messages[1]).not.toHaveProperty('text');
  });

  test('lets nobody wait on when the product stops', async () => {
    const stopping = await openTestApp(SITE_CONFIG);
    site = await siteOf(stopping, ORIGIN);
    const crm = new URL(await listen(stopping)).origin;
    const from = { headers: { origin: ORIGIN } };
    const { visitor: who } = (await (
      await fetch(`${crm}/chat/${site.key}/visitor`, { ...from, method: 'POST' })
    ).json()) as { visitor: string };
    const look = async (after: string) => {
      const headers = { ...from.headers, authorization: `Bearer ${who}` };
      const answer = await fetch(`${crm}/chat/${site.key}/messages?after=${after}`, { headers });
      return (await answer.json()) as { version: string };
    };
    const { version } = await look('');
    const asked = performance.now();
    const waiting = look(version);
    await new Promise(done => stopping.app.server.fastify.server.once('request', done));
    await stopping.close();
    expect((await waiting).version).toBe(version);
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  test('serves a small script that browsers may keep', async () => {
    const script = await app.app.server.fastify.inject({ url: `/chat/${site.key}.js` });
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(script.headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(Buffer.byteLength(script.body)).toBeLessThan(12 * 1024);
    expect(script.body).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
    const again = await app.app.server.fastify.inject({
      url: `/chat/${site.key}.js`,
      headers: { 'if-none-match': String(script.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
    expect((await app.app.server.fastify.inject({ url: '/chat/nobody-has-this-key.js' })).statusCode).toBe(404);
  });
});
