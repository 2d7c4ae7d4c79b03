import { afterEach, describe, expect, test } from '@jest/globals';
import { BAKERY, CUSTOMER, command, NOW, openHome, PARENT, render } from '../../test/support/bluesky-home.js';
import type { BlueskyServer } from '../../test/support/bluesky-server.js';
import { contextFor } from '../../test/support/connector-context.js';
import { recordKeyOf } from './record.key.js';
import { countGraphemes, marksOf } from './rich.text.js';

const servers: BlueskyServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function home(options?: Parameters<typeof openHome>[0]) {
  const opened = await openHome(options);
  servers.push(opened.server);
  return opened;
}

describe('an answer', () => {
  test('names parent and root by address and hash only, and carries its marks at byte offsets', async () => {
    const at = await home();
    at.server.handles.set('molino.example', 'did:plc:mill');
    const text = '🥖 Sí, @customer.example: con @molino.example y @nadie.example. https://pan.example/a_(b). #PanDulce';
    const result = await at.connector.send!(at.context, command(at, text));
    const [[uri, { value }]] = [...at.server.records] as [string, { value: any }][] as any;
    expect(result).toEqual({
      state: 'sent',
      ref: { id: uri, url: `https://bsky.app/profile/${BAKERY}/post/${uri.split('/').at(-1)}` },
      replyTo: { cid: 'bafyrei1', ...{ rootUri: PARENT.replyTo!['rootUri'], rootCid: 'bafyreiroot' } },
    });
    expect(value).toMatchObject({
      text,
      langs: ['es'],
      createdAt: NOW.toISOString(),
      reply: {
        root: { uri: PARENT.replyTo!['rootUri'], cid: 'bafyreiroot' },
        parent: { uri: PARENT.ref.id, cid: 'bafyreiquestion' },
      },
    });
    const bytes = Buffer.from(text);
    expect(
      value.facets.map(({ index, features: [feature] }: any) => [
        bytes.subarray(index.byteStart, index.byteEnd).toString(),
        feature.did ?? feature.uri ?? feature.tag,
      ]),
    ).toEqual([
      ['@customer.example', CUSTOMER],
      ['@molino.example', 'did:plc:mill'],
      ['https://pan.example/a_(b)', 'https://pan.example/a_(b)'],
      ['#PanDulce', 'PanDulce'],
    ]);
  });

  test('sent twice is there once, and is found again when its answer was lost', async () => {
    const at = await home();
    const message = command(at, 'Sí, hasta las ocho');
    expect(await at.connector.findSent!(at.context, message)).toBeNull();
    at.server.misbehave('lostAnswer');
    await expect(at.connector.send!(at.context, message)).rejects.toMatchObject({
      fault: { class: 'transient', mayHaveHappened: true },
    });
    at.server.misbehave('no');
    const found = await at.connector.findSent!(at.context, message);
    expect(found).toMatchObject({ ref: { id: expect.stringContaining(BAKERY) }, replyTo: { rootCid: 'bafyreiroot' } });
    expect(await at.connector.send!(at.context, message)).toEqual({ state: 'sent', ...found });
    expect(at.server.records.size).toBe(1);
    await at.connector.send!(at.context, command(at, 'Sí, hasta las ocho'));
    expect(at.server.records.size).toBe(2);
  });

  test('carries pictures with their description', async () => {
    const at = await home();
    const media = [{ kind: 'image' as const, type: 'image/png', bytes: Buffer.from('png'), description: 'Una hogaza' }];
    await at.connector.send!(at.context, command(at, 'Mira', { media }));
    expect(at.server.blobs.map(String)).toEqual(['png']);
    expect([...at.server.records.values()][0]!.value['embed']).toMatchObject({
      $type: 'app.bsky.embed.images',
      images: [{ alt: 'Una hogaza', image: { $type: 'blob', mimeType: 'image/png' } }],
    });
  });

  test('to a post that came without its hash looks it up where it is kept', async () => {
    const at = await home();
    at.server.records.set(PARENT.ref.id, { cid: 'bafyreinow', value: { text: '¿Hay pan?' } });
    const { replyTo: _, ...parent } = PARENT;
    await at.connector.send!(at.context, command(at, 'Sí', { parent }));
    const refs = { root: { uri: PARENT.ref.id, cid: 'bafyreinow' }, parent: { uri: PARENT.ref.id, cid: 'bafyreinow' } };
    expect([...at.server.records.values()].at(-1)!.value['reply']).toEqual(refs);
    at.server.records.delete(PARENT.ref.id);
    await expect(at.connector.send!(at.context, command(at, 'Sí', { parent }))).rejects.toMatchObject({
      fault: { class: 'not_found' },
    });
  });

  test('is deleted, twice as well as once, and only if it is ours', async () => {
    const at = await home();
    const sent = await at.connector.send!(at.context, command(at, 'Adiós'));
    if (sent.state !== 'sent') throw new Error('not sent');
    await at.connector.delete!(at.context, sent.ref);
    await at.connector.delete!(at.context, sent.ref);
    expect(at.server.records.size).toBe(0);
    await expect(at.connector.delete!(at.context, PARENT.ref)).rejects.toMatchObject({ fault: { class: 'invalid' } });
  });

  test.each([
    ['nothing', { text: ' \n' }, 'EMPTY'],
    ['301 characters', { text: 'á'.repeat(301) }, 'TEXT_TOO_LONG'],
    ['3,001 bytes in fewer characters', { text: '👩‍👩‍👧‍👦'.repeat(121) }, 'TEXT_TOO_LONG'],
    ['a direct message', { text: 'Hola', visibility: 'private' as const }, 'NOT_POSSIBLE'],
    [
      'a film',
      { text: 'Hola', media: [{ kind: 'video' as const, type: 'video/mp4', bytes: 9 }] },
      'MEDIA_NOT_POSSIBLE',
    ],
    [
      'a heavy picture',
      { text: 'Hola', media: [{ kind: 'image' as const, type: 'image/png', bytes: 1_000_001 }] },
      'MEDIA_TOO_LARGE',
    ],
    [
      'five pictures',
      { text: 'Hola', media: Array(5).fill({ kind: 'image', type: 'image/png', bytes: 9 }) },
      'TOO_MANY_MEDIA',
    ],
  ])('is refused before it is sent: %s', async (_name, draft, code) => {
    expect(render(await home(), draft)).toMatchObject({ class: 'invalid', code });
  });

  test('fits with 300 characters as people count them', async () => {
    expect(render(await home(), { text: '👩‍🍳'.repeat(260) + 'á'.repeat(40) })).toMatchObject({ length: 300 });
  });

  test('cannot be written for an account that is only read', async () => {
    const at = await home();
    const keyless = contextFor(at.connector, { kind: 'ACCOUNT', query: BAKERY });
    expect(at.connector.render!(keyless, { text: 'Hola', visibility: 'public' }, PARENT)).toMatchObject({
      code: 'NOT_POSSIBLE',
    });
  });
});

describe('a text', () => {
  test('marks links, hashtags and handles, and not what only looks like them', () => {
    const text = 'a@b.example (https://x.example/p), #1 #año2026! @no @si.example. https://y.example/#no';
    const { facets, handles } = marksOf(text);
    expect(facets.map(({ features: [feature] }) => feature.uri ?? feature.tag)).toEqual([
      'https://x.example/p',
      'año2026',
      'https://y.example/#no',
    ]);
    expect(handles.map(({ handle }) => handle)).toEqual(['si.example']);
    expect(countGraphemes('👩‍👩‍👧‍👦é')).toBe(2);
  });

  test('has a record key that is the same for ever, another for another message, and in the order of their making', () => {
    const keys = Array.from({ length: 100 }, (_, at) => `01932c07-0000-7000-8000-${String(at).padStart(12, '0')}`);
    const records = keys.map(recordKeyOf);
    expect(records).toEqual(keys.map(recordKeyOf));
    expect(new Set(records).size).toBe(100);
    for (const record of records) expect(record).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
    expect(
      recordKeyOf('01932c07-0000-7000-8000-000000000000') < recordKeyOf('01932c07-0001-7000-8000-000000000000'),
    ).toBe(true);
  });
});
