import { afterEach, expect, test } from '@jest/globals';
import type { RawRequest, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { wordCall, wordDuration } from '../../src/ingest/rendering.js';
import { contextFor } from '../../test/support/connector-context.js';
import { startTwilioCalls, type TwilioCall, type TwilioCalls } from '../../test/support/twilio-calls.js';
import { twilioVoiceConnector } from './voice.connector.js';

const [NUMBER, CUSTOMER, AGENT] = ['+34910000000', '+34600111222', '+34910000111'];
const source = {
  kind: 'ACCOUNT' as const,
  query: NUMBER,
  settings: { accountSid: `AC${'0'.repeat(32)}` },
  credentials: { authToken: 'secret' },
};
let server: TwilioCalls | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(calls: TwilioCall[] = [], recordings: Record<string, string>[] = []) {
  server = await startTwilioCalls(calls, recordings);
  const connector = twilioVoiceConnector({ origin: server.origin });
  return { connector, context: contextFor(connector, source) };
}

const parse = (fields: Record<string, string>, query = '') => {
  const connector = twilioVoiceConnector();
  const request: RawRequest = {
    method: 'POST',
    url: `https://crm.example.com/hooks/k${query}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    query: {},
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
  return connector.parseWebhook!(contextFor(connector, source), request);
};
const heard = (CallStatus: string, more = {}) => ({
  CallSid: 'CA1',
  From: CUSTOMER,
  To: NUMBER,
  Direction: 'inbound',
  CallStatus,
  Timestamp: 'Wed, 25 Nov 2026 10:00:00 +0000',
  ...more,
});
const listed = (sid: string, more: Partial<TwilioCall> = {}): TwilioCall =>
  ({
    sid,
    from: CUSTOMER,
    to: NUMBER,
    direction: 'inbound',
    status: 'completed',
    duration: '240',
    start_time: 'Wed, 25 Nov 2026 10:00:00 +0000',
    end_time: 'Wed, 25 Nov 2026 10:04:00 +0000',
    date_updated: 'Wed, 25 Nov 2026 10:04:01 +0000',
    ...more,
  }) as TwilioCall;

test.each([
  ['ringing', 'RINGING', `Call from ${CUSTOMER}: ringing`],
  ['in-progress', 'ANSWERED', `Call from ${CUSTOMER}: answered`],
  ['no-answer', 'MISSED', `Call from ${CUSTOMER}: missed`],
  ['canceled', 'MISSED', `Call from ${CUSTOMER}: missed`],
  ['busy', 'BUSY', `Call from ${CUSTOMER}: busy`],
  ['failed', 'FAILED', `Call from ${CUSTOMER}: failed`],
])('a call that is %s is %s', (given, status, text) => {
  const { events } = parse(heard(given));
  expect(events).toMatchObject([
    {
      ref: { id: 'CA1' },
      kind: 'CALL',
      text,
      own: false,
      author: { verifiedPhone: CUSTOMER },
      call: { status, direction: 'INBOUND' },
    },
  ]);
});

test('a call to another of our numbers is not kept under this one', () => {
  const connector = twilioVoiceConnector();
  const request: RawRequest = {
    method: 'POST',
    url: 'https://crm.example.com/hooks/k',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    query: {},
    body: Buffer.from(new URLSearchParams(heard('ringing', { To: '+34920000000' })).toString()),
  };
  const context = { ...contextFor(connector, source), hookUrl: 'https://crm.example.com/hooks/other' };
  expect(connector.parseWebhook!(context, request).events).toEqual([]);
});

test('says when a call was taken and how long it lasted', () => {
  const { events, notices } = parse(heard('completed', { CallDuration: '192' }));
  expect(events).toMatchObject([
    {
      text: `Call from ${CUSTOMER}: answered, 3 min 12 s`,
      occurredAt: new Date('2026-11-25T09:56:48Z'),
      call: {
        durationSeconds: 192,
        endedAt: new Date('2026-11-25T10:00:00Z'),
        answeredAt: new Date('2026-11-25T09:56:48Z'),
      },
    },
  ]);
  // Who took it, and the recording, are asked for.
  expect(notices).toEqual([{ id: 'CA1' }]);
});

test('of states within one second the later one is the later edit', () => {
  const edits = ['ringing', 'in-progress', 'completed'].map(
    status => (parse(heard(status)).events[0] as UpsertEvent).editedAt!,
  );
  expect(edits).toEqual(edits.toSorted((a, b) => Number(a) - Number(b)));
  expect(new Set(edits.map(Number)).size).toBe(3);
});

test('a leg, or a recording, leads to the call it belongs to', () => {
  expect(parse(heard('completed', { CallSid: 'CA2', ParentCallSid: 'CA1' }))).toEqual({
    events: [],
    notices: [{ id: 'CA1' }],
  });
  expect(parse({ CallSid: 'CA1', RecordingSid: 'RE1', RecordingStatus: 'completed' })).toEqual({
    events: [],
    notices: [{ id: 'CA1' }],
  });
});

test('puts a call together from its legs and its recording', async () => {
  const legs = [
    listed('CA2', {
      parent_call_sid: 'CA1',
      to: 'client:anna',
      direction: 'outbound-dial',
      status: 'no-answer',
      duration: '0',
    }),
    listed('CA3', {
      parent_call_sid: 'CA1',
      to: 'client:ines',
      direction: 'outbound-dial',
      duration: '120',
      start_time: 'Wed, 25 Nov 2026 10:02:00 +0000',
    }),
  ];
  const recording = { sid: 'RE1', call_sid: 'CA3', status: 'completed', media_url: 'https://api.twilio.com/x/RE1' };
  const { connector, context } = await open([listed('CA1'), ...legs], [recording]);
  const call = {
    ref: { id: 'CA1' },
    text: `Call from ${CUSTOMER}: answered, 2 min`,
    media: [{ kind: 'audio', url: 'https://api.twilio.com/x/RE1.mp3' }],
    call: { agent: 'ines', durationSeconds: 120, answeredAt: new Date('2026-11-25T10:02:00Z') },
  };
  expect(await connector.refetch!(context, { id: 'CA1' })).toMatchObject(call);
  expect(await connector.refetch!(context, { id: 'CA2' })).toMatchObject(call);
  expect(await connector.refetch!(context, { id: 'CA9' })).toBe('gone');
});

test('a call that only a machine answered was missed', async () => {
  const leg = listed('CA2', { parent_call_sid: 'CA1', to: AGENT, direction: 'outbound-dial', status: 'no-answer' });
  const { connector, context } = await open([listed('CA1'), leg]);
  expect(await connector.refetch!(context, { id: 'CA1' })).toMatchObject({ call: { status: 'MISSED' } });
});

test('rings the agent first, then the customer, and hears who was meant', async () => {
  const { connector, context } = await open();
  const command: SendCommand = {
    key: '01939f5e-0000-7000-8000-000000000001',
    kind: 'call',
    visibility: 'private',
    parent: null,
    recipient: { id: CUSTOMER },
    rendered: { text: '', length: 0, payload: null },
    media: [],
    firstTriedAt: new Date(),
    agent: AGENT,
  };
  const hookUrl = 'https://crm.example.com/hooks/k';
  expect(await connector.send!({ ...context, hookUrl }, command)).toMatchObject({ state: 'queued' });
  const form = new URLSearchParams(server!.requests.at(-1)!.text);
  expect(form.get('To')).toBe(AGENT);
  expect(form.get('Twiml')).toBe(`<Response><Dial callerId="${NUMBER}"><Number>${CUSTOMER}</Number></Dial></Response>`);
  expect(form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  const callback = new URL(form.get('StatusCallback')!);
  const ringing = { ...heard('no-answer'), From: NUMBER!, To: AGENT!, Direction: 'outbound-api' };
  expect(parse(ringing, callback.search)).toMatchObject({
    events: [
      {
        own: true,
        text: `Call to ${CUSTOMER}: not answered`,
        call: { agent: AGENT },
        root: { id: `${NUMBER}:${CUSTOMER}` },
      },
    ],
  });
  for (const wrong of [{ agent: '<Hangup/>' }, { agent: undefined }, { kind: 'reply' as const }])
    await expect(connector.send!(context, { ...command, ...wrong } as SendCommand)).rejects.toMatchObject({
      fault: { class: 'invalid' },
    });
});

test('words a call for people', () => {
  expect([8, 60, 192, 3600, 3900].map(wordDuration)).toEqual(['8 s', '1 min', '3 min 12 s', '1 h', '1 h 5 min']);
  expect(wordCall({ direction: 'OUTBOUND', status: 'CANCELLED' }, CUSTOMER!)).toBe(`Call to ${CUSTOMER}: cancelled`);
});
