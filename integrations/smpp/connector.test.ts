import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Batch, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Smsc, startSmsc } from '../../test/support/smsc-server.js';
import { eventually } from '../../test/support/subscriber.js';
import { type SmppCursor, smppConnector } from './connector.js';

const connector = smppConnector({ allowPrivateAddresses: true });
let smsc: Smsc;
beforeEach(async () => {
  smsc = await startSmsc();
});
afterEach(() => smsc.close());

const sourceOf = (password = 'secret') => ({
  kind: 'ACCOUNT' as const,
  query: '+34910000000',
  settings: { host: '127.0.0.1', port: smsc.port, systemId: 'crm' },
  credentials: { password },
});
const context = (password?: string) => contextFor(connector, sourceOf(password));

function follow(cursor: SmppCursor | null, onBatch: (batch: Batch<SmppCursor>) => Promise<void> = async () => {}) {
  const abort = new AbortController();
  const batches: Batch<SmppCursor>[] = [];
  const running = (async () => {
    const listening = connector.listen!(contextFor(connector, sourceOf(), { signal: abort.signal }), cursor);
    for await (const batch of listening) {
      await onBatch(batch);
      batches.push(batch);
    }
  })().catch(error => error);
  const texts = () => batches.flatMap(batch => batch.events as UpsertEvent[]).map(({ text }) => text);
  return {
    batches,
    texts,
    ended: running,
    async stop() {
      abort.abort();
      return running;
    },
  };
}

const from = { source_addr: '34600111222', source_addr_ton: 1, destination_addr: '34910000000' };
const command = (text: string): SendCommand => ({
  key: '01939f5e-0000-7000-8000-0000000000aa',
  kind: 'message',
  visibility: 'private',
  parent: null,
  recipient: { id: '+34600111222' },
  rendered: { text, length: text.length, payload: {} },
  media: [],
  firstTriedAt: new Date(),
});

test('brings texts in either alphabet, and acknowledges each once it is stored', async () => {
  const following = follow(null);
  await smsc.deliver({ ...from, short_message: 'Mañana a las 8' });
  await smsc.deliver({ ...from, short_message: 'Sí, dos barras 🥖' });
  await eventually(() => smsc.acknowledged.length === 2);
  expect(following.texts()).toEqual(['Mañana a las 8', 'Sí, dos barras 🥖']);
  expect(following.batches.flatMap(batch => batch.events)[0]).toMatchObject({
    author: { id: '+34600111222', verifiedPhone: '+34600111222' },
    root: { id: '+34910000000:+34600111222' },
  });
  await following.stop();
});

test('puts the parts of a long text together, in whatever order they come', async () => {
  const following = follow(null);
  const part = (place: number, message: string) => ({
    ...from,
    esm_class: 0x40,
    short_message: { udh: Buffer.from([5, 0, 3, 7, 2, place]), message },
  });
  await smsc.deliver(part(2, 'fin'));
  await smsc.deliver(part(1, 'principio y '));
  await eventually(() => smsc.acknowledged.length === 2);
  expect(following.texts()).toEqual(['principio y fin']);
  await following.stop();
});

test('a text that was stored and not acknowledged is the same one when it comes again', async () => {
  const dying = follow(null, async batch => {
    if (batch.events.length > 0) smsc.drop();
  });
  await smsc.deliver({ ...from, short_message: 'Hola' });
  expect(await dying.ended).toMatchObject({ fault: { class: 'transient' } });
  const again = follow(dying.batches.at(-1)!.cursor);
  await smsc.deliver({ ...from, short_message: 'Hola' });
  await smsc.deliver({ ...from, short_message: 'Hola' });
  await eventually(() => smsc.acknowledged.length === 2);
  const ids = [...dying.batches, ...again.batches].flatMap(({ events }) => events.map(({ ref }) => ref.id));
  expect(ids).toHaveLength(3);
  // Twice the same delivery, and once the same words anew.
  expect(new Set(ids).size).toBe(2);
  await again.stop();
});

test('a whole text that comes between the parts of another does not acknowledge them', async () => {
  const following = follow(null);
  const part = (place: number, message: string) => ({
    ...from,
    esm_class: 0x40,
    short_message: { udh: Buffer.from([5, 0, 3, 9, 2, place]), message },
  });
  await smsc.deliver(part(1, 'principio y '));
  await smsc.deliver({ ...from, short_message: 'Hola' });
  await eventually(() => following.texts().length === 1);
  await eventually(() => smsc.acknowledged.length === 1);
  await smsc.deliver(part(2, 'fin'));
  await eventually(() => smsc.acknowledged.length === 3);
  expect(following.texts()).toEqual(['Hola', 'principio y fin']);
  await following.stop();
});

test('the first text of an account that is connected anew is not the first of the one before', async () => {
  const ids: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    const following = follow(null);
    await eventually(() => following.batches.length > 0);
    await smsc.deliver({ ...from, short_message: 'Hola' });
    await eventually(() => following.texts().length === 1);
    ids.push(following.batches.flatMap(({ events }) => events)[0]!.ref.id);
    await following.stop();
  }
  expect(new Set(ids).size).toBe(2);
});

test('sending opens no connection to which texts would be delivered unread', async () => {
  await connector.send!(context(), command('Hola'));
  expect(smsc.bound).toEqual(['bind_transmitter']);
});

test('a short id is nobody else’s in another spelling', async () => {
  const following = follow(null);
  await smsc.deliver({ ...from, esm_class: 4, short_message: 'id:10 sub:001 dlvrd:001 stat:UNDELIV err:001 text:' });
  await eventually(() => smsc.acknowledged.length === 1);
  expect(following.batches.flatMap(batch => batch.receipts ?? []).map(({ ref }) => ref.id)).toEqual([
    '+34910000000/10',
  ]);
  await following.stop();
});

test('a report is a receipt under each spelling of the id', async () => {
  const following = follow(null);
  await smsc.deliver({
    ...from,
    esm_class: 4,
    short_message: 'id:4278190335 sub:001 dlvrd:001 stat:DELIVRD err:000 text:',
  });
  await eventually(() => smsc.acknowledged.length === 1);
  const receipts = following.batches.flatMap(batch => batch.receipts ?? []);
  expect(receipts.map(({ ref }) => ref.id)).toEqual(
    expect.arrayContaining(['4278190335', 'ff0000ff', 'FF0000FF'].map(id => `+34910000000/${id}`)),
  );
  expect(receipts.every(({ state }) => state === 'delivered')).toBe(true);
  await following.stop();
});

test('sends a long text as parts that say how they join, and asks for one report', async () => {
  const text = `${'á'.repeat(100)}🥖`;
  expect(await connector.send!(context(), command(text))).toEqual({
    state: 'queued',
    ref: { id: '+34910000000/net2' },
    replyTo: { to: '+34600111222' },
  });
  const parts = smsc.submitted.map(pdu => pdu['short_message'] as { udh: Buffer[]; message: string });
  expect(parts.map(({ message }) => message).join('')).toBe(text);
  expect(parts.map(({ udh }) => [...udh[0]!])).toEqual([
    [0, 3, 0xaa, 2, 1],
    [0, 3, 0xaa, 2, 2],
  ]);
  expect(smsc.submitted.map(pdu => pdu['registered_delivery'])).toEqual([0, 1]);
});

test.each([
  ['limited', { class: 'rate' }],
  ['expired', { class: 'auth' }],
  ['broken', { class: 'transient' }],
  ['lostAnswer', { class: 'transient', mayHaveHappened: true }],
] as const)('a message centre that is %s is a fault of its class', async (trouble, fault) => {
  smsc.misbehave(trouble);
  await expect(connector.send!(context(), command('Hola'))).rejects.toMatchObject({ fault });
});

test('says so when the password is wrong, and when nobody answers', async () => {
  expect(await connector.check(context())).toMatchObject({ ok: true, account: { id: '+34910000000' } });
  expect(await connector.check(context('wrong'))).toMatchObject({ ok: false, problem: { class: 'auth' } });
  const nowhere = { ...sourceOf(), settings: { ...sourceOf().settings, port: 1 } };
  expect(await connector.check(contextFor(connector, nowhere))).toMatchObject({
    ok: false,
    problem: { class: 'transient' },
  });
});

test.each(['127.0.0.1', 'localhost'])('does not reach into our own network, as at %s', async host => {
  const guarded = smppConnector();
  const source = { ...sourceOf(), settings: { ...sourceOf().settings, host } };
  expect(await guarded.check(contextFor(guarded, source))).toMatchObject({ ok: false });
  expect(smsc.bound).toEqual([]);
});

test('stops at once when it is told to', async () => {
  const following = follow(null);
  await eventually(() => following.batches.length > 0);
  expect(await following.stop()).toBeUndefined();
});
