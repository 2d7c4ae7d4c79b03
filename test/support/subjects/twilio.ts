import { twilioConnector } from '../../../integrations/twilio/connector.js';
import { signatureOf } from '../../../integrations/twilio/request.signature.js';
import type { PostKind, RawRequest } from '../../../src/ingest/connector.js';
import { startTwilio, type TwilioMessage } from '../twilio-server.js';
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

const incoming = (id: string, Body: string) => ({
  MessageSid: `SM${id.padStart(32, '0')}`,
  AccountSid: SID,
  From: CUSTOMER,
  To: NUMBER,
  Body,
  NumMedia: '0',
  SmsStatus: 'received',
});

/** An hour ago, five minutes apart. */
function recorded(): TwilioMessage[] {
  const texts = ['¿Abrís el lunes? 🥖', 'Y el martes', 'Gracias', 'Reservo dos'];
  return texts.map((body, index) => {
    const at = new Date(Date.now() - 3_600_000 + index * 300_000).toUTCString();
    const [from, to] = index === 2 ? [NUMBER, CUSTOMER] : [CUSTOMER, NUMBER];
    return {
      sid: `SM${index.toString().padStart(32, '1')}`,
      from,
      to,
      body,
      direction: index === 2 ? 'outbound-api' : 'inbound',
      status: 'received',
      date_created: at,
      date_sent: at,
    };
  });
}

async function openTwilio(trouble?: Trouble): Promise<Subject> {
  const server = await startTwilio(recorded(), trouble);
  if (trouble === 'gone') await server.close();
  const first = incoming('1', '¿Abrís el lunes? 🥖');
  return {
    connector: twilioConnector({ origin: server.origin }),
    source: { kind: 'ACCOUNT', query: NUMBER, settings: { accountSid: SID }, credentials: { authToken: TOKEN } },
    reading: { beginning: { until: new Date(Date.now() - 7_200_000).toISOString() }, posts: 4, isAtEnd: () => false },
    hooks: {
      deliveries: [delivery(first), delivery(incoming('2', 'Y el martes'))],
      posts: 2,
      edited: 0,
      deleted: 0,
      own: 0,
      forged: [
        delivery({ ...first, Body: 'Otra cosa' }, TOKEN, first),
        delivery(first, ''),
        delivery(first, 'a-strangers-token'),
      ],
    },
    sending: {
      command: {
        kind: 'reply',
        visibility: 'private',
        parent: {
          ref: { id: first.MessageSid },
          kind: 'DIRECT_MESSAGE' as PostKind,
          author: { id: CUSTOMER, handle: CUSTOMER },
          own: false,
          text: first.Body,
          occurredAt: new Date('2026-11-25T10:00:00Z'),
          replyTo: { to: CUSTOMER },
        },
      },
      sent: async () => server.messages.slice(4).map(({ sid, body }) => ({ id: sid, text: body })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const twilio: SubjectKind = { name: 'twilio', open: openTwilio };
