import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import type { Batch, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import {
  type AsteriskServer,
  CUSTOMER,
  channel,
  event,
  inboundCall,
  startAsterisk,
} from '../../test/support/asterisk-server.js';
import { contextFor } from '../../test/support/connector-context.js';
import { eventually } from '../../test/support/subscriber.js';
import { readEvent } from './ari.event.js';
import { callEvent } from './call.event.js';
import { callTracker } from './call.tracker.js';
import { callsIn, rowsOfCsv, rowsOfJson } from './cdr.rows.js';
import { type AsteriskCursor, asteriskConnector } from './connector.js';

const connector = asteriskConnector({ allowPrivateAddresses: true });
const sourceAt = (url: string, settings = {}) => ({
  kind: 'ACCOUNT' as const,
  query: '910 000 000',
  settings: { url, username: 'crm', app: 'crm', ...settings },
  credentials: { password: 'secret' },
});
const config = connector.configure(sourceAt('https://pbx.example.com:8089/'));
const now = new Date('2026-11-25T10:01:00Z');
let server: AsteriskServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** What a stream of these events tells, in order. */
function told(events: object[], given = config): UpsertEvent[] {
  const tracker = callTracker(given);
  return events.flatMap(each => tracker.read(readEvent(JSON.stringify(each), now)!) ?? []);
}
const statuses = (events: UpsertEvent[]) => events.map(({ call }) => call!.status);

const fixtures = '../shared/fixtures/asterisk-ari';
const isRecorded = existsSync(`${fixtures}/recorded/call.events.json`);

(isRecorded ? test : test.skip)(
  'a recorded call of two channels is the one call of its two records (skipped without the recording)',
  () => {
    const recorded: object[] = JSON.parse(readFileSync(`${fixtures}/recorded/call.events.json`, 'utf8'));
    expect(recorded).toHaveLength(29);
    const heard = told(recorded);
    expect(new Set(heard.map(({ ref }) => ref.id))).toEqual(new Set(['1795326958.0']));
    const rows = rowsOfCsv(readFileSync(`${fixtures}/recorded/cdr-csv.Master.csv`, 'utf8'));
    expect(rows).toHaveLength(2);
    const calls = callsIn(rows, config).map(call => callEvent(call, config));
    expect(calls).toHaveLength(1);
    const [{ revision, text, author, root, call }] = calls as [UpsertEvent];
    const last = heard.at(-1)!;
    expect(last).toMatchObject({ revision, text, author, root });
    expect(call).toMatchObject({ direction: 'INBOUND', status: 'COMPLETED', durationSeconds: 1, agent: '100' });
    expect(text).toBe('Call from +393331112222: answered, 1 s');
    // The record fills in what was missed, and takes nothing back of what was heard.
    expect(calls[0]!.editedAt!.getTime()).toBeLessThanOrEqual(last.editedAt!.getTime());
    expect(Math.abs(calls[0]!.occurredAt.getTime() - last.occurredAt.getTime())).toBeLessThan(1000);
  },
);

(isRecorded ? test : test.skip)('asks only what the official description of ARI has (skipped without it)', async () => {
  server = await startAsterisk([]);
  const context = contextFor(connector, sourceAt(server.url));
  await connector.check(context);
  await connector.send!(context, command());
  await connector.findSent!(context, command());
  const abort = new AbortController();
  const listening = Array.fromAsync(connector.listen!({ ...context, signal: abort.signal }, null));
  await eventually(() => server!.asked.some(({ url }) => url.pathname.endsWith('/events')));
  abort.abort();
  await listening;
  type Operation = { httpMethod: string; parameters?: { name: string; paramType: string }[] };
  const apis: { path: string; operations: Operation[] }[] = ['channels', 'events'].flatMap(
    name => JSON.parse(readFileSync(`${fixtures}/${name}.json`, 'utf8')).apis,
  );
  for (const { method, url, authorization } of server.asked) {
    const path = url.pathname.replace('/ari', '').replace(/(?<=^\/channels\/).+/, '{channelId}');
    const operations = apis.filter(api => api.path === path).flatMap(api => api.operations);
    const operation = operations.find(({ httpMethod }) => httpMethod === method);
    const known = operation?.parameters?.filter(({ paramType }) => paramType === 'query').map(({ name }) => name) ?? [];
    expect({ path, method, exists: operation !== undefined }).toEqual({ path, method, exists: true });
    expect(known).toEqual(expect.arrayContaining([...url.searchParams.keys()]));
    expect(authorization).toMatch(/^Basic /);
  }
  expect(server.asked.length).toBeGreaterThanOrEqual(4);
});

test('a call that an extension takes is one post that grows', () => {
  const heard = told(inboundCall(10, true));
  expect(statuses(heard)).toEqual(['RINGING', 'ANSWERED', 'COMPLETED']);
  expect(new Set(heard.map(({ ref }) => ref.id)).size).toBe(1);
  expect(heard.at(-1)).toMatchObject({
    kind: 'CALL',
    own: false,
    text: `Call from ${CUSTOMER}: answered, 4 s`,
    author: { id: CUSTOMER, verifiedPhone: CUSTOMER },
    root: { id: `910000000:${CUSTOMER}` },
    call: { agent: '200', durationSeconds: 4, cause: 'Normal Clearing' },
  });
  const edits = heard.map(({ editedAt }) => Number(editedAt));
  expect(edits).toEqual(edits.toSorted((a, b) => a - b));
});

test('a caller who gave up was missed', () => {
  const heard = told(inboundCall(10, false));
  expect(statuses(heard)).toEqual(['RINGING', 'MISSED']);
  expect(heard.at(-1)!.text).toBe(`Call from ${CUSTOMER}: missed`);
});

test.each([
  ['BUSY', 17, 'BUSY'],
  ['CHANUNAVAIL', 20, 'FAILED'],
  ['NOANSWER', 19, 'MISSED'],
  ['CANCEL', 16, 'CANCELLED'],
])('a call of ours that ends with %s and cause %i is %s', (dialstatus, cause, status) => {
  const phone = (state: string) => channel('1.1', 'PJSIP/200-0001', state, '200', '0034600111222');
  const trunk = (state: string) => channel('1.2', 'PJSIP/trunk-0002', state, '0034600111222', '', '200');
  const heard = told([
    event(1, 'ChannelCreated', { channel: phone('Ring') }),
    // Before it is known who dials it, it looks like a caller from outside.
    event(1, 'ChannelCreated', { channel: trunk('Down') }),
    event(2, 'Dial', { dialstatus: '', caller: phone('Ring'), peer: trunk('Down') }),
    event(3, 'Dial', { dialstatus, caller: phone('Ring'), peer: trunk('Ringing') }),
    event(3, 'ChannelDestroyed', { cause, cause_txt: '', channel: trunk('Ringing') }),
    event(3, 'ChannelDestroyed', { cause, cause_txt: '', channel: phone('Ring') }),
  ]);
  expect(statuses(heard)).toEqual(['RINGING', status]);
  expect(heard.at(-1)).toMatchObject({
    own: true,
    root: { id: `910000000:${CUSTOMER}` },
    call: { direction: 'OUTBOUND', agent: '200' },
  });
});

test('calls within the house are nobody’s business', () => {
  const phone = channel('1.1', 'PJSIP/200-0001', 'Ring', '200', '201');
  expect(told([event(1, 'ChannelCreated', { channel: phone })])).toEqual([]);
});

test('a recording that is ready after its call belongs to it', () => {
  const recording = { name: 'llamada 1', format: 'wav', state: 'done', target_uri: 'channel:1795600010.1' };
  const heard = told([...inboundCall(10, true), event(40, 'RecordingFinished', { recording })]);
  const url = 'https://pbx.example.com:8089/ari/recordings/stored/llamada%201/file';
  expect(heard.at(-1)).toMatchObject({
    media: [{ kind: 'audio', url }],
    call: { status: 'COMPLETED', durationSeconds: 4, recordingUrl: url },
  });
});

test('a malformed event is passed over', () => {
  for (const frame of ['', '{"', 'null', '{}', '{"type":7}']) expect(readEvent(frame, now)).toBeUndefined();
  const tracker = callTracker(config);
  for (const type of ['Dial', 'ChannelDestroyed', 'RecordingFinished', 'ChannelEnteredBridge', 'Unheard'])
    expect(tracker.read({ type, at: now })).toBeUndefined();
});

test('who comes back finds the calls that are there, and says that others were missed', async () => {
  server = await startAsterisk([]);
  server.channels.push(channel('1.1', 'PJSIP/trunk-0001', 'Ring', CUSTOMER, '910000000'));
  const context = contextFor(connector, sourceAt(server.url));
  const batches: Batch<AsteriskCursor>[] = [];
  const reading = (async () => {
    for await (const batch of connector.listen!(context, { at: '2026-11-25T09:00:00.000Z', wasThere: true })) {
      batches.push(batch);
      server!.hangUp();
    }
  })();
  await expect(reading).rejects.toMatchObject({ fault: { class: 'transient' } });
  expect(batches[0]).toMatchObject({
    events: [{ ref: { id: '1.1' }, call: { status: 'RINGING' } }],
    gap: { from: new Date('2026-11-25T09:00:00Z') },
  });
});

test('reads the records of what was missed, as far back as an hour before', async () => {
  server = await startAsterisk([]);
  const row = (id: string, start: string, end: string) =>
    `"","${CUSTOMER}","200","default","x","PJSIP/trunk-${id}","PJSIP/200-${id}","Dial","","${start}","${start}","${end}",60,60,"ANSWERED","DOCUMENTATION","${id}",""`;
  server.records = [
    row('1795600800.1', '2026-11-25 11:00:00', '2026-11-25 11:01:00'),
    row('1795593600.1', '2026-11-25 09:00:00', '2026-11-25 09:01:00'),
    'rubbish,"',
  ].join('\n');
  const context = contextFor(connector, sourceAt(server.url, { cdrUrl: `${server.url}/cdr.csv` }));
  const [batch] = await Array.fromAsync(connector.poll!(context, { at: '2026-11-25T10:30:00.000Z' }));
  // Written in the clock of a town one hour ahead: the id says so.
  expect(batch!.events).toMatchObject([
    {
      ref: { id: '1795600800.1' },
      occurredAt: new Date(1_795_600_800_000),
      text: `Call from ${CUSTOMER}: answered, 1 min`,
    },
  ]);
});

test('half of a Local channel alone is no call', () => {
  const half = {
    src: CUSTOMER,
    dst: '200',
    channel: 'Local/200@default-0000;2',
    start: '2026-11-25 10:00:00',
    end: '2026-11-25 10:00:09',
    uniqueid: '1.1',
    disposition: 'ANSWERED',
  };
  expect(callsIn(rowsOfJson(half), config)).toEqual([]);
  expect(callsIn(rowsOfJson({ ...half, linkedid: '1.0' }), config)).toMatchObject([{ id: '1.0' }]);
});

function command(more: Partial<SendCommand> = {}): SendCommand {
  return {
    key: '01939f5e-0000-7000-8000-000000000001',
    kind: 'call',
    visibility: 'private',
    parent: null,
    recipient: { id: CUSTOMER },
    rendered: { text: '', length: 0, payload: null },
    media: [],
    firstTriedAt: new Date(),
    agent: '200',
    ...more,
  };
}

test('rings the agent, then the customer, once however often it is asked', async () => {
  server = await startAsterisk([]);
  const context = contextFor(connector, sourceAt(server.url));
  expect(await connector.findSent!(context, command())).toBeNull();
  for (let time = 0; time < 2; time += 1)
    expect(await connector.send!(context, command())).toEqual({ state: 'queued', ref: { id: command().key } });
  expect(server.originated).toEqual([{ id: command().key, extension: CUSTOMER, endpoint: 'PJSIP/200' }]);
  expect(await connector.findSent!(context, command())).toEqual({ ref: { id: command().key } });
  for (const wrong of [{ agent: 'PJSIP/200&PJSIP/201' }, { agent: '' }, { kind: 'reply' as const }])
    await expect(connector.send!(context, command(wrong))).rejects.toMatchObject({ fault: { class: 'invalid' } });
});

test('does not reach into a network it is not allowed to', async () => {
  server = await startAsterisk([]);
  const guarded = asteriskConnector();
  for (const url of [server.url, server.url.replace('127.0.0.1', 'localhost')]) {
    const context = contextFor(guarded, sourceAt(url));
    await expect(Array.fromAsync(guarded.listen!(context, null))).rejects.toMatchObject({ name: 'ConnectorError' });
  }
  expect(server.asked).toEqual([]);
});
