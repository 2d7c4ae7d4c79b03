import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueFirstOwnerLink } from '../../src/modules/access/index.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { PASSWORD } from '../support/callers.js';

let product: TestApp;
let token: string;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  token = (await issueFirstOwnerLink(product.app.access))!.token;
});
afterAll(() => product?.close());

const send = (language: string, form: Record<string, string>, remoteAddress = '127.0.0.1') =>
  product.app.server.fastify.inject({
    method: 'POST',
    url: '/setup',
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': language },
    payload: new URLSearchParams({
      token,
      name: 'Ana',
      email: 'ana@example.com',
      password: PASSWORD,
      ...form,
    }).toString(),
  });

describe('the page of the first owner', () => {
  test('says what is wrong in the language of the reader', async () => {
    const wrong = { es: [] as string[], pt: [] as string[] };
    for (const language of ['es', 'pt'] as const)
      for (const form of [
        { name: '' },
        { name: 'x'.repeat(201) },
        { email: 'none' },
        { password: 'short' },
        { password: 'x'.repeat(129) },
        { organization: 'Not A Slug' },
      ] as Record<string, string>[]) {
        const page = await send(language, form);
        expect(page.statusCode).toBe(422);
        wrong[language].push(/<span class="problem">([^<]*)</.exec(page.body)![1]!);
      }
    expect(wrong.es[3]).toBe('Una contraseña tiene 10 caracteres como mínimo.');
    expect(wrong.pt[3]).toBe('Uma senha tem no mínimo 10 caracteres.');
    expect([...wrong.es, ...wrong.pt].filter(text => /\b(needed|has|is|an)\b/.test(text))).toEqual([]);
    expect(new Set([...wrong.es, ...wrong.pt]).size).toBe(12);
  });

  test('tells on a page, too, whoever tries too often', async () => {
    const ask = (remoteAddress: string) =>
      product.app.server.fastify.inject({
        url: '/setup?token=none',
        remoteAddress,
        headers: { 'accept-language': 'es' },
      });
    // Whoever has one address of version 6 has all of its network.
    for (let at = 0; at < 100; at++) await ask(`2001:db8:1:2::${at.toString(16)}`);
    expect((await ask('2001:db8:1:3::1')).statusCode).not.toBe(429);
    const page = await ask('2001:db8:1:2:ffff::1');
    expect([page.statusCode, page.headers['content-type'], page.headers['retry-after']]).toEqual([
      429,
      'text/html; charset=utf-8',
      '60',
    ]);
    expect(page.body).toContain('Demasiados enlaces');
  });

  test('asks which organisation is meant where there are several', async () => {
    const [, second] = [await product.organization(), await product.organization()];
    const asked = await send('en', {});
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain('name="organization"');
    expect((await send('en', { organization: 'none' })).body).toContain('name="organization" type="text" value="none"');
    expect((await send('en', { organization: second!.slug })).statusCode).toBe(200);
    const { rows } = await product.app.database.system.query('select organization_id as id from members');
    expect(rows).toEqual([{ id: second!.id }]);
  });
});
