import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { isPopplerInstalled, textOfPages } from '../support/pdf-pages.js';
import { keepCustomer, say } from '../support/quoting.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let addresses = 0;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', PUBLIC_URL: 'https://crm.example.com' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
});
afterAll(() => app?.close());

const price = (amount: string) => ({ amount, currency: 'EUR' });

async function sent(more: object = {}, language = 'es'): Promise<{ id: string; path: string; number: string }> {
  const customerId = await keepCustomer(owner, 'Ana <b>Gil</b> & Söhne', { language });
  const { quote, userErrors } = await say(owner, 'createQuote', {
    customerId,
    lines: [{ description: 'Pan <script>alert(1)</script>', quantity: '2', unitPrice: price('5'), taxPercent: '10' }],
    ...more,
  });
  expect(userErrors).toEqual([]);
  const { link } = await say(owner, 'sendQuote', { id: quote.id });
  return { id: quote.id, number: quote.number, path: new URL(link).pathname };
}

const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  app.app.server.fastify.inject({ url, headers, remoteAddress });

/** Every answer from an address of its own, so that none is too many. */
const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  app.app.server.fastify.inject({
    method: 'POST',
    url,
    remoteAddress: `10.0.0.${++addresses}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });

const statusOf = async (id: string) =>
  (await owner.data('query ($id: ID!) { quote(id: $id) { status acceptedBy rejectionReason } }', { id })).quote;

const orders = async () =>
  (
    await app.app.database.system.query('select count(*)::int as count from orders where organization_id = $1', [
      organization.id,
    ])
  ).rows[0].count;

describe('the page of a quote', () => {
  test('shows it in its own language, escaped, and keeps its address to itself', async () => {
    const { path, number } = await sent({ title: '"Título" <i>', terms: 'Uno.\n<img src=x>' });
    const page = await get(path, { 'accept-language': 'en' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<html lang="es">');
    expect(page.body).toContain(`Presupuesto ${number}`);
    expect(page.body).toContain('Ana &lt;b&gt;Gil&lt;/b&gt; &amp; Söhne');
    expect(page.body).toContain('&quot;Título&quot; &lt;i&gt;');
    expect(page.body.replaceAll(/\s/g, ' ')).toContain('11,00 €');
    expect(page.body).not.toMatch(/<(script|img|i|b)\b/);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    for (const [language, word] of [
      ['pt', 'Aceitar o orçamento'],
      ['en', 'Accept the quote'],
    ] as const) {
      const other = await sent({}, language);
      expect((await get(other.path)).body).toContain(word);
    }
  });

  test('is printed, too, for who has the link and for who is signed in', async () => {
    const { path, id, number } = await sent();
    const pdf = await get(`${path}.pdf`);
    expect(pdf.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${number}.pdf"`,
    });
    if (isPopplerInstalled) expect(textOfPages(pdf.rawPayload).join()).toContain('Pan <script>alert(1)</script>');
    const own = await get(`/quotes/${id}.pdf`, { authorization: owner.authorization });
    expect(own.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const other = await (await app.organization()).as('OWNER');
    expect((await get(`/quotes/${id}.pdf`, { authorization: other.authorization })).statusCode).toBe(404);
    expect((await get(`/quotes/${id}.pdf`)).statusCode).toBe(401);
    const partner = await organization.as('PARTNER');
    expect((await get(`/quotes/${id}.pdf`, { authorization: partner.authorization })).statusCode).toBe(403);
  });

  test('takes a yes once, however many say it at the same moment', async () => {
    const { path, id } = await sent();
    const before = await orders();
    const answers = await Promise.all(['Ana', 'Luis', 'Eva', 'Pau'].map(name => post(`${path}/accept`, { name })));
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual(
      answers.map(() => [303, path]),
    );
    expect(await orders()).toBe(before + 1);
    const { status, acceptedBy } = await statusOf(id);
    expect(status).toBe('ACCEPTED');
    expect(['Ana', 'Luis', 'Eva', 'Pau']).toContain(acceptedBy);
    const page = await get(path);
    expect(page.body).toMatch(/Su pedido es el O-\d{4}-\d{4}/);
    expect(page.body).not.toContain('<form');
    const late = await post(`${path}/reject`, { reason: 'No.' });
    expect(late.statusCode).toBe(409);
    expect((await statusOf(id)).status).toBe('ACCEPTED');
  });

  test('asks for a name, and remembers what was typed', async () => {
    const { path, id } = await sent();
    expect((await post(`${path}/accept`, { name: '  ' })).body).toContain('Díganos su nombre');
    const long = await post(`${path}/accept`, { name: `"${'x'.repeat(300)}` });
    expect(long.statusCode).toBe(422);
    expect(long.body).toContain('value="&quot;xxx');
    expect((await statusOf(id)).status).toBe('SENT');
  });

  test('takes a no, with a reason or without', async () => {
    const { path, id } = await sent();
    expect((await post(`${path}/reject`, { reason: 'Muy caro' })).statusCode).toBe(303);
    expect(await statusOf(id)).toEqual({ status: 'REJECTED', acceptedBy: null, rejectionReason: 'Muy caro' });
    expect((await get(path)).body).toContain('fue rechazado');
    expect((await post(`${path}/accept`, { name: 'Ana' })).statusCode).toBe(409);
  });

  test('says so when it is too late, or when another revision stands in for it', async () => {
    const late = await sent();
    await app.app.database.system.query(
      `update quotes set valid_until = '2020-01-01' where organization_id = $1 and number = $2`,
      [organization.id, late.number],
    );
    expect((await get(late.path)).body).toContain('ha caducado');
    const before = await orders();
    const refused = await post(`${late.path}/accept`, { name: 'Ana' });
    expect([refused.statusCode, refused.body.includes('ha caducado')]).toEqual([409, true]);
    const old = await sent();
    await say(owner, 'reviseQuote', { id: old.id });
    expect((await get(old.path)).body).toContain('Una versión más nueva');
    expect((await get(`${old.path}.pdf`)).statusCode).toBe(410);
    expect((await post(`${old.path}/accept`, { name: 'Ana' })).statusCode).toBe(409);
    expect(await orders()).toBe(before);
  });

  test('ends when another link is given out, and is unknown to who guesses', async () => {
    const { path, id } = await sent();
    const { link } = await say(owner, 'sendQuote', { id });
    const gone = await get(path, { 'accept-language': 'pt' });
    expect([gone.statusCode, gone.body.includes('Este link foi substituído')]).toEqual([404, true]);
    expect((await get(new URL(link).pathname)).statusCode).toBe(200);
    for (const token of ['x', `${'a'.repeat(43)}`, '%00', '..%2f..', "'or'1"])
      expect([token, (await get(`/quote/${token}`)).statusCode]).toEqual([token, 404]);
    expect((await post(`/quote/${'a'.repeat(43)}/accept`, { name: 'Ana' })).statusCode).toBe(404);
    const { rows } = await app.app.database.system.query(
      'select link_digest from quotes where organization_id = $1 and link_digest is not null',
      [organization.id],
    );
    expect(rows.some(row => path.includes(row.link_digest) || link.includes(row.link_digest))).toBe(false);
  });

  test('takes no form that another site sends', async () => {
    const { path, id } = await sent();
    const host = 'crm.example.com';
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', host },
      { origin: 'nonsense', host },
    ] as Record<string, string>[])
      expect((await post(`${path}/accept`, { name: 'Ana' }, headers)).statusCode).toBe(403);
    expect((await statusOf(id)).status).toBe('SENT');
    const json = await app.app.server.fastify.inject({
      method: 'POST',
      url: `${path}/accept`,
      payload: { name: 'Ana' },
    });
    expect(json.statusCode).toBe(415);
    const own = await post(
      `${path}/accept`,
      { name: 'Ana' },
      { 'sec-fetch-site': 'same-origin', origin: 'null', host },
    );
    expect(own.statusCode).toBe(303);
  });

  test('is not asked for without end from one address', async () => {
    const { path } = await sent({}, 'en');
    let last = await get(path, {}, '2001:db8:1:2::');
    for (let at = 0; at < 300 && last.statusCode === 200; at++)
      last = await get(path, {}, `2001:db8:1:2::${at.toString(16)}`);
    expect([last.statusCode, last.headers['retry-after']]).toEqual([429, '60']);
    expect(last.body).toContain('<html');
    expect((await get(path, {}, '2001:db8:1:3::1')).statusCode).toBe(200);
  });
});
