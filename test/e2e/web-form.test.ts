import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { signForm } from '../../integrations/web/embed.signature.js';
import { storedDelivery } from '../../src/modules/social/index.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { vault } from '../support/connector-context.js';
import { ConnectAccountDocument } from '../support/operations.generated.js';
import { inboxOf, SITE_CONFIG, SITE_SECRET, siteOf, type TestSite } from '../support/site.js';
import { eventually } from '../support/subscriber.js';

const ORIGIN = 'https://www.horno.example';
let app: TestApp;
let site: TestSite;

beforeAll(async () => {
  app = await openTestApp({ ...SITE_CONFIG, TRUST_PROXY: 'true', PUBLIC_URL: 'https://crm.example.com' });
});
afterAll(() => app.close());
beforeEach(async () => {
  site = await siteOf(app, `${ORIGIN}, https://horno.example`, { thanks: `${ORIGIN}/gracias`, honeypot: 'fax_2' });
});

const token = (at = new Date(), secret = SITE_SECRET) => signForm(secret, ORIGIN, at);
let address = 0;
const fill = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.app.server.fastify.inject({
    method: 'POST',
    url: `/hooks/${site.key}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: ORIGIN,
      'x-forwarded-for': `192.0.2.${address}`,
      ...headers,
    },
    payload: new URLSearchParams({ token: token(), ...fields }).toString(),
  });
const stored = async (): Promise<number> => {
  const { rows } = await app.app.database.system.query(
    'select count(*)::integer as count from webhook_deliveries where organization_id = $1',
    [site.organization.id],
  );
  return rows[0].count;
};
const order = { name: 'Clara', email: 'clara@example.com', subject: 'Una tarta', message: '¿La hacéis sin gluten? 🎂' };

describe("a form on the owner's site", () => {
  beforeEach(() => {
    address += 1;
  });

  test('is in the inbox with all that was filled in, and its sender is thanked', async () => {
    const answer = await fill({ ...order, phone: '+34 600 111 222', personas: '12' });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers['location']).toBe(`${ORIGIN}/gracias`);
    const [post] = await eventually(async () => {
      const posts = await inboxOf(site);
      return posts.length > 0 ? posts : null;
    });
    expect(post).toMatchObject({ title: 'Una tarta', own: false, author: { displayName: 'Clara' } });
    expect(post!.text).toBe(
      '¿La hacéis sin gluten? 🎂\n\nname: Clara\nemail: clara@example.com\nphone: +34 600 111 222\npersonas: 12',
    );
  });

  test('proves nothing by the address that was typed', async () => {
    const customer = `mutation { createCustomer(input: { name: "Clara", emails: ["clara@example.com"] }) { userErrors { code } } }`;
    await site.owner.send(customer);
    await fill(order);
    await eventually(async () => (await inboxOf(site)).length === 1);
    const { rows } = await app.app.database.system.query(
      `select customer_id, verified_email, bio from social_identities where organization_id = $1 and external_id like 'c-%'`,
      [site.organization.id],
    );
    expect(rows).toEqual([{ customer_id: null, verified_email: null, bio: 'clara@example.com' }]);
  });

  test('leaves nothing of its sender but what they wrote', async () => {
    await fill(order, { 'user-agent': 'Mozilla/5.0', referer: `${ORIGIN}/tartas?cliente=7` });
    const { system } = app.app.database;
    const { rows } = await system.query('select id from webhook_deliveries where organization_id = $1', [
      site.organization.id,
    ]);
    const delivery = await storedDelivery(system, vault, rows[0].id);
    expect(delivery!.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
  });

  test('leads only to pages of the site', async () => {
    expect((await fill({ ...order, thanks: 'https://evil.example/' })).headers['location']).toBe(`${ORIGIN}/gracias`);
    expect((await fill({ ...order, thanks: '/ok?de=tarta' })).headers['location']).toBe(`${ORIGIN}/ok?de=tarta`);
    const script = await fill(order, { accept: 'application/json' });
    expect(script.json()).toEqual({ ok: true });
    expect(script.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  test('that a machine filled in is answered as if all were well, and is not kept', async () => {
    for (const trap of ['honeypot', 'fax_2']) {
      const answer = await fill({ ...order, [trap]: 'http://spam.example' });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers['location']).toBe(`${ORIGIN}/gracias`);
    }
    expect(await stored()).toBe(0);
  });

  test.each([
    ['without a signature', { token: '' }, {}],
    ["with a stranger's signature", { token: token(new Date(), 'another secret text') }, {}],
    ['that has lain open since yesterday', { token: token(new Date(Date.now() - 86_400_000)) }, {}],
    ['from a foreign page', {}, { origin: 'https://evil.example' }],
    ['from nowhere', {}, { origin: 'null' }],
    ['as something else than a form', {}, { 'content-type': 'multipart/form-data; boundary=x' }],
  ])('%s is refused', async (_what, fields, headers) => {
    const { statusCode } = await fill({ ...order, ...fields }, headers);
    expect([400, 403]).toContain(statusCode);
    expect(await stored()).toBe(0);
  });

  test('sent twice by an impatient person is one', async () => {
    await Promise.all([fill({ ...order, id: 'a1' }), fill({ ...order, id: 'a1' })]);
    await fill({ ...order, id: 'a1' });
    await fill({ ...order, id: 'a2', message: 'Otra cosa' });
    await eventually(async () => (await inboxOf(site)).length === 2);
    expect(await stored()).toBe(2);
  });

  test('sent in a flood is taken up to a measure, and others are still heard', async () => {
    const answers = [];
    for (let n = 0; n < 40; n += 1) answers.push((await fill({ ...order, id: `f${n}` })).statusCode);
    expect(answers.filter(status => status === 303)).toHaveLength(30);
    expect(answers.filter(status => status === 429)).toHaveLength(10);
    expect(await stored()).toBe(30);
    address += 1;
    expect((await fill({ ...order, id: 'other' })).statusCode).toBe(303);
  });

  test('belongs to a site that is connected like any other account, whose address it is sent to', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const connect = async (origins: string) =>
      (
        await owner.data(ConnectAccountDocument, {
          input: {
            connector: 'web',
            displayName: 'Horno San Blas',
            secrets: [{ name: 'secret', value: SITE_SECRET }],
            settings: [{ name: 'origins', value: origins }],
          },
        })
      ).connectAccount;
    expect((await connect('horno')).userErrors).toMatchObject([{ message: expect.stringContaining('none') }]);
    const { account, userErrors } = await connect(ORIGIN);
    expect(userErrors).toEqual([]);
    expect(account).toMatchObject({ handle: 'www.horno.example', network: 'WEB' });
    const key = account!.webhookUrl!.split('/').at(-1)!;
    site = { organization, owner, accountId: '', key };
    expect((await fill(order)).statusCode).toBe(200);
    await eventually(async () => (await inboxOf(site)).length === 1);
  });

  test('can be signed for the page by a script of that page, and of no other', async () => {
    const ask = (origin: string) =>
      app.app.server.fastify.inject({ url: `/chat/${site.key}/token`, headers: { origin } });
    const { token: given } = (await ask(ORIGIN)).json();
    expect((await fill({ ...order, token: given })).statusCode).toBe(303);
    expect((await ask('https://evil.example')).statusCode).toBe(403);
  });
});
