import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectorContext, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type HfaxdServer, startHfaxd } from '../../test/support/hfaxd-server.js';
import { type Hylafax, isHylafaxInstalled, startHylafax } from '../../test/support/hylafax.js';
import { subjectOf } from '../../test/support/pdf-subject.js';
import { eventually } from '../../test/support/subscriber.js';
import { hylafaxConnector } from './connector.js';
import type { HylafaxConfig } from './hfaxd.session.js';
import { jobIn, receivedIn } from './queue.line.js';

const connector = hylafaxConnector({ allowPrivateAddresses: true });
const KEY = '01939f5e-0000-7000-8000-000000000001';
const BEGINNING = { since: '2026-01-01T00:00:00.000Z', seen: [] };
const contextAt = (port: number): ConnectorContext<HylafaxConfig> =>
  contextFor(connector, {
    kind: 'ACCOUNT',
    query: '+34 910 000 000',
    settings: { host: '127.0.0.1', port: String(port), user: 'crm' },
    credentials: { password: 'secret' },
  });
const command = (key = KEY, text = 'Dos barras, sí'): SendCommand => ({
  key,
  kind: 'message',
  visibility: 'private',
  parent: null,
  recipient: { id: '+34600111222' },
  rendered: { text, length: text.length, payload: {} },
  media: [],
  firstTriedAt: new Date(),
});
let server: HfaxdServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

test('keeps the pages of a fax; only the telephone network vouches for a number', async () => {
  const bytes = Buffer.from('II*\0 page');
  const fax = {
    file: 'fax000000001.tif',
    seconds: 1_795_600_000,
    pages: 2,
    caller: '+34600111222',
    station: '+34 1',
    bytes,
  };
  server = await startHfaxd([fax, { ...fax, file: 'fax000000002.tif', caller: '', station: '+34 600 333|444' }]);
  const batches = await Array.fromAsync(connector.poll!(contextAt(server.port), BEGINNING));
  expect(batches.flatMap(({ events }) => events)).toMatchObject([
    {
      ref: { id: 'fax000000001.tif:1795600000' },
      kind: 'FAX',
      text: 'Fax from +34600111222, 2 pages',
      author: { verifiedPhone: '+34600111222' },
      media: [{ content: { bytes, type: 'image/tiff', name: 'fax000000001.tif' } }],
    },
    { author: { id: '+34600333444' }, root: { id: '+34910000000:+34600333444' } },
  ]);
  expect((batches[1]!.events[0] as UpsertEvent).author).not.toHaveProperty('verifiedPhone');
  // Read once, the pages are not fetched again.
  const again = await Array.fromAsync(connector.poll!(contextAt(server.port), batches.at(-1)!.cursor));
  expect(again.flatMap(({ events }) => events)).toEqual([]);
  expect(server.lines.filter(line => line.startsWith('RETR'))).toHaveLength(2);
});

test('a fax whose pages may not be read came all the same', async () => {
  server = await startHfaxd([
    { file: 'fax1.tif', seconds: 1_795_600_000, pages: 1, caller: '', station: '', bytes: null },
  ]);
  const [batch] = await Array.fromAsync(connector.poll!(contextAt(server.port), BEGINNING));
  expect(batch!.events).toMatchObject([{ text: 'Fax from an unknown number, 1 page', media: [] }]);
});

test('tells once what became of a job of ours', async () => {
  server = await startHfaxd([]);
  const context = contextAt(server.port);
  for (const [key, state, status] of [
    [KEY, 'D', ''],
    [KEY.replace(/1$/, '2'), 'F', 'No answer'],
    ['other', 'F', ''],
  ]) {
    await connector.send!(context, command(key));
    Object.assign(server.jobs.at(-1)!, { state, status });
  }
  const [batch] = await Array.fromAsync(connector.poll!(context, BEGINNING));
  expect(batch!.receipts).toMatchObject([
    { ref: { id: KEY }, state: 'delivered' },
    { state: 'failed', fault: { message: 'No answer' } },
  ]);
  const [later] = await Array.fromAsync(connector.poll!(context, batch!.cursor));
  expect(later!.receipts).toEqual([]);
});

test('sends a text as a page and files as they are, dialling digits only', async () => {
  server = await startHfaxd([]);
  const media = [{ bytes: Buffer.from('%PDF-1.4 oferta'), type: 'application/pdf', kind: 'file' as const }];
  await connector.send!(contextAt(server.port), { ...command(), media });
  const [job] = server.jobs;
  expect(job!.parameters).toMatchObject({ DIALSTRING: '+34600111222', JOBINFO: KEY });
  expect(subjectOf(job!.documents[0]!)).toBe('Dos barras, sí');
  expect(job!.documents[1]).toEqual(media[0]!.bytes);
  const recipient = { id: '123\r\nJKILL 1' };
  await expect(connector.send!(contextAt(server.port), { ...command(), recipient })).rejects.toMatchObject({
    fault: { class: 'not_found' },
  });
});

test('does not reach into a network it is not allowed to', async () => {
  server = await startHfaxd([]);
  const guarded = hylafaxConnector();
  for (const host of ['127.0.0.1', 'localhost']) {
    const settings = { host, port: server.port, user: 'crm' };
    const context = contextFor(guarded, { kind: 'ACCOUNT', query: '+34910000000', settings });
    expect(await guarded.check(context)).toMatchObject({ ok: false });
  }
  expect(server.lines).toEqual([]);
});

test('skips a fax that is still coming in, and lines that are none', () => {
  expect(receivedIn('1795600000|*|1|fax1.tif||')).toBeUndefined();
  expect(receivedIn('1795600000| |1|../../etc/passwd||')).toBeUndefined();
  expect(receivedIn('-rw-r--  1 0 <unknown> fax1.tif')).toBeUndefined();
  expect(jobIn('7|W|somebody elses|')).toBeUndefined();
});

(isHylafaxInstalled ? describe : describe.skip)(
  'a real HylaFAX (skipped where it is not installed, or not run as root)',
  () => {
    let hylafax: Hylafax;
    beforeAll(async () => {
      hylafax = await startHylafax();
    }, 30_000);
    afterAll(() => hylafax?.close());

    test('queues a fax under our key, where it is found again, and not twice', async () => {
      const context = contextAt(hylafax.port);
      expect(await connector.check(context)).toMatchObject({ ok: true });
      expect(await connector.findSent!(context, command())).toBeNull();
      expect(await connector.send!(context, command())).toEqual({ state: 'queued', ref: { id: KEY } });
      await eventually(async () => (await hylafax.queued()).length === 1);
      expect(await connector.findSent!(context, command())).toMatchObject({ ref: { id: KEY } });
      expect(await connector.findSent!(context, command(KEY.replace(/1$/, '2')))).toBeNull();
      expect(await hylafax.queued()).toHaveLength(1);
    });

    test('brings what was received, page by page as it came', async () => {
      const bytes = tiff();
      const name = await hylafax.receive(bytes);
      const [batch] = await Array.fromAsync(connector.poll!(contextAt(hylafax.port), BEGINNING));
      expect(batch!.events).toMatchObject([
        {
          kind: 'FAX',
          text: 'Fax from an unknown number, 1 page',
          media: [{ content: { bytes, type: 'image/tiff', name } }],
        },
      ]);
      const [event] = batch!.events as UpsertEvent[];
      expect(Math.abs(event!.occurredAt.getTime() - Date.now())).toBeLessThan(60_000);
    });
  },
);

/** The smallest TIFF of class F: one white page of one row. */
function tiff(): Buffer {
  const entries = [
    [256, 4, 1728],
    [257, 4, 1],
    [258, 3, 1],
    [259, 3, 3],
    [262, 3, 0],
    [266, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, 1],
    [279, 4, 4],
  ] as const;
  const bytes = Buffer.alloc(12 + 2 + entries.length * 12 + 4);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(12, 4);
  bytes.writeUInt32BE(0x00_1a_6d_35, 8);
  bytes.writeUInt16LE(entries.length, 12);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 14 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  return bytes;
}
