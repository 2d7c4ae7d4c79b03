import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import type { Rendered, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { subjectOf } from '../../test/support/pdf-subject.js';
import { PAGE, type PhaxioServer, startPhaxio } from '../../test/support/phaxio-server.js';
import { phaxioDelivery, receivedFax } from '../../test/support/subjects/phaxio.js';
import { phaxioConnector } from './connector.js';
import { formOf } from './form.parts.js';
import { isSigned, signatureOf } from './request.signature.js';

const source = {
  kind: 'ACCOUNT' as const,
  query: '+34 910 00 00 00',
  settings: { apiKey: 'key' },
  credentials: { apiSecret: 'secret', callbackToken: 'callback-token' },
};
let server: PhaxioServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(faxes: Record<string, unknown>[] = []) {
  server = await startPhaxio(faxes);
  const connector = phaxioConnector({ origin: server.origin });
  return { connector, context: contextFor(connector, source) };
}

const connector = phaxioConnector();
const context = contextFor(connector, source);
const parse = (fax: object, pages: Buffer | null) => connector.parseWebhook!(context, phaxioDelivery(fax, pages));
const command = (text: string, media: SendCommand['media'] = []): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'message',
  visibility: 'private',
  parent: null,
  recipient: { id: '+34600111222' },
  rendered: { text, length: text.length, payload: {} },
  media,
  firstTriedAt: new Date(),
});

const vector = '../shared/fixtures/phaxio/signature-vector.json';
(existsSync(vector) ? test : test.skip)('signs as the official library does (skipped without its vector)', () => {
  const { callback_token, url, params, signature } = JSON.parse(readFileSync(vector, 'utf8'));
  expect(signatureOf(callback_token, url, { fields: new Map(Object.entries(params)), files: [] })).toBe(signature);
});

test('the pages are signed with the rest', () => {
  const request = phaxioDelivery(receivedFax(1, 5), PAGE);
  expect(isSigned(request, 'callback-token')).toBe(true);
  const at = request.body.indexOf('one page');
  const changed = Buffer.from(request.body);
  changed.write('two', at);
  expect(isSigned({ ...request, body: changed }, 'callback-token')).toBe(false);
});

test('reads a posted form as it was written, bytes and all', () => {
  const { fields, files } = formOf(phaxioDelivery({ id: 1 }, PAGE));
  expect(Object.fromEntries(fields)).toEqual({ success: 'true', fax: '{"id":1}' });
  expect(files).toEqual([{ field: 'file', fileName: 'fax.pdf', type: 'application/pdf', bytes: PAGE }]);
  const plain = { method: 'POST', url: 'https://x', query: {}, headers: { 'content-type': 'text/plain' }, body: PAGE };
  expect(formOf(plain)).toEqual({ fields: new Map(), files: [] });
});

test('keeps the PDF of a fax, and what is known of its sender', () => {
  const { events } = parse(receivedFax(7, 5), PAGE);
  expect(events).toMatchObject([
    {
      kind: 'FAX',
      ref: { id: '7' },
      text: 'Fax from +34600111222, 2 pages',
      author: { id: '+34600111222', verifiedPhone: '+34600111222' },
      root: { id: '+34910000000:+34600111222' },
      media: [{ kind: 'file', url: '', content: { bytes: PAGE, type: 'application/pdf', name: 'fax-7.pdf' } }],
    },
  ]);
  const [hidden] = parse(receivedFax(8, 5, { from_number: null, num_pages: 1 }), PAGE).events as UpsertEvent[];
  expect(hidden).toMatchObject({ text: 'Fax from an unknown number, 1 page', replyability: { private: false } });
});

test('asks for the pages where the callback has none', async () => {
  expect(parse(receivedFax(7, 5), null)).toEqual({ events: [], notices: [{ id: '7' }] });
  const it = await open([receivedFax(7, 5)]);
  expect(await it.connector.refetch!(it.context, { id: '7' })).toMatchObject({ media: [{ content: { bytes: PAGE } }] });
  expect(await it.connector.refetch!(it.context, { id: '8' })).toBe('gone');
});

test('tells what became of a fax of ours, and does not take it for news', () => {
  const sent = { direction: 'sent', tags: { key: 'k' }, to_number: '+34600111222' };
  expect(parse(receivedFax(7, 5, sent), null)).toMatchObject({
    events: [],
    receipts: [{ ref: { id: '7' }, state: 'delivered' }],
  });
  const failed = { ...sent, status: 'failure', recipients: [{ error_message: 'No answer', error_type: 'noAnswer' }] };
  expect(parse(receivedFax(7, 5, failed), null).receipts).toMatchObject([
    { state: 'failed', fault: { message: 'No answer', code: 'noAnswer' } },
  ]);
  expect(parse(receivedFax(7, 5, { ...sent, status: 'inprogress' }), null)).toEqual({ events: [], receipts: [] });
});

test('sends the files as they are, a text as a page before them, and finds them by their tag', async () => {
  const it = await open();
  const file = { bytes: PAGE, type: 'application/pdf', name: 'oferta.pdf', kind: 'file' as const };
  const hooked = { ...it.context, hookUrl: 'https://crm.example.com/hooks/k' };
  expect(await it.connector.findSent!(it.context, command(''))).toBeNull();
  expect(await it.connector.send!(hooked, command('Adjuntamos la oferta', [file]))).toEqual({
    state: 'queued',
    ref: { id: '1001' },
  });
  const [form] = server!.posted;
  expect(Object.fromEntries(form!.fields)).toEqual({
    to: '+34600111222',
    caller_id: '+34910000000',
    'tag[key]': command('').key,
    callback_url: 'https://crm.example.com/hooks/k',
  });
  expect(form!.files.map(({ field, fileName }) => [field, fileName])).toEqual([
    ['file[]', 'text.pdf'],
    ['file[]', 'oferta.pdf'],
  ]);
  expect(subjectOf(form!.files[0]!.bytes)).toBe('Adjuntamos la oferta');
  expect(form!.files[1]!.bytes).toEqual(PAGE);
  expect(await it.connector.findSent!(it.context, command(''))).toMatchObject({ ref: { id: '1001' } });
  await it.connector.send!(it.context, command('', [file]));
  expect(server!.posted[1]!.files).toMatchObject([{ field: 'file', bytes: PAGE }]);
});

test('only a PDF can be faxed', () => {
  const render = (text: string, type?: string) =>
    connector.render!(
      context,
      { text, visibility: 'private', ...(type && { media: [{ kind: 'file' as const, type, bytes: 10 }] }) },
      null,
    );
  expect(render('Hola', 'image/png')).toMatchObject({ code: 'MEDIA_NOT_POSSIBLE' });
  expect((render('', 'application/pdf') as Rendered).text).toBe('');
  expect(render(' ')).toMatchObject({ code: 'EMPTY' });
});

test('does not fetch again what was read', async () => {
  const it = await open([receivedFax(1, 50), receivedFax(2, 40)]);
  const read = async (cursor: unknown) => Array.fromAsync(it.connector.poll!(it.context, cursor as never));
  const files = () => server!.requests.filter(({ path }) => path.endsWith('/file')).length;
  const batches = await read({ until: new Date(Date.now() - 3_600_000).toISOString(), seen: [] });
  expect(files()).toBe(2);
  await read(batches.at(-1)!.cursor);
  expect(files()).toBe(2);
});
