import { signatureOf } from '../../../integrations/twilio/request.signature.js';
import { twilioVoiceConnector } from '../../../integrations/twilio/voice.connector.js';
import type { RawRequest } from '../../../src/ingest/connector.js';
import { startTwilioCalls, type TwilioCall } from '../twilio-calls.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const SID = `AC${'0'.repeat(32)}`;
const NUMBER = '+34910000000';
const CUSTOMER = '+34600111222';
const HOOK = 'https://crm.example.com/hooks/k';

function delivery(fields: Record<string, string>, token = TOKEN, signed = fields): RawRequest {
  return {
    method: 'POST',
    url: HOOK,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token && { 'x-twilio-signature': signatureOf(token, HOOK, new URLSearchParams(signed)) }),
    },
    query: {},
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

const MINUTES = 60_000;
const told = (id: string, CallStatus: string, minute: number, more = {}) => ({
  CallSid: `CA${id.padStart(32, '0')}`,
  AccountSid: SID,
  From: CUSTOMER,
  To: NUMBER,
  Direction: 'inbound',
  CallStatus,
  Timestamp: new Date(Date.parse('2026-11-25T10:00:00Z') + minute * MINUTES).toUTCString(),
  ...more,
});

/** An hour ago: one that was taken, one that nobody took, one of ours. */
function recorded(): TwilioCall[] {
  const at = (minute: number) => new Date(Date.now() - 60 * MINUTES + minute * MINUTES).toUTCString();
  const call = (id: number, minute: number, more: Record<string, string>) => ({
    sid: `CA${String(id).padStart(32, '1')}`,
    from: CUSTOMER,
    to: NUMBER,
    direction: 'inbound',
    status: 'completed',
    duration: '192',
    date_created: at(minute),
    date_updated: at(minute + 4),
    start_time: at(minute),
    end_time: at(minute + 4),
    ...more,
  });
  return [
    call(1, 0, {}),
    call(2, 10, { status: 'no-answer', duration: '0' }),
    call(3, 20, { from: NUMBER, to: CUSTOMER, direction: 'outbound-dial', status: 'busy', duration: '0' }),
  ];
}

async function openVoice(trouble?: Trouble): Promise<Subject> {
  const server = await startTwilioCalls(recorded(), [], trouble);
  if (trouble === 'gone') await server.close();
  const first = told('1', 'ringing', 0);
  return {
    connector: twilioVoiceConnector({ origin: server.origin }),
    source: { kind: 'ACCOUNT', query: NUMBER, settings: { accountSid: SID }, credentials: { authToken: TOKEN } },
    reading: {
      beginning: { until: new Date(Date.now() - 60 * MINUTES).toISOString() },
      posts: 3,
      isAtEnd: () => false,
      edit() {
        const [call] = server.calls;
        server.recordings.push({
          sid: 'RE1',
          call_sid: call!.sid,
          status: 'completed',
          date_created: new Date().toUTCString(),
        });
      },
    },
    hooks: {
      deliveries: [
        delivery(first),
        delivery(told('1', 'in-progress', 1)),
        delivery(told('1', 'completed', 4, { CallDuration: '180' })),
        delivery(told('2', 'no-answer', 5)),
        delivery(
          told('3', 'completed', 9, { From: NUMBER, To: CUSTOMER, Direction: 'outbound-api', CallDuration: '8' }),
        ),
      ],
      posts: 3,
      edited: 3,
      deleted: 0,
      own: 1,
      forged: [
        delivery({ ...first, From: '+34600999999' }, TOKEN, first),
        delivery(first, ''),
        delivery(first, 'a-strangers-token'),
      ],
    },
    sending: {
      command: {
        kind: 'call',
        visibility: 'private',
        parent: null,
        recipient: { id: CUSTOMER },
        agent: '+34910000111',
      },
      sent: async () => server.calls.slice(3).map(({ sid, to }) => ({ id: sid, text: to })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const twilioVoice: SubjectKind = { name: 'twilio-voice', open: openVoice };
