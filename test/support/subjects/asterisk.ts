import { signatureOf } from '../../../integrations/asterisk/cdr.signature.js';
import { asteriskConnector } from '../../../integrations/asterisk/connector.js';
import type { RawRequest } from '../../../src/ingest/connector.js';
import { CUSTOMER, inboundCall, startAsterisk } from '../asterisk-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const SECRET = 'a-long-word-of-our-choice';

interface Signed {
  secret?: string;
  secondsAgo?: number;
  signed?: object;
}

function delivery(record: object, { secret = SECRET, secondsAgo = 0, signed = record }: Signed = {}): RawRequest {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const bytes = (value: object) => Buffer.from(JSON.stringify(value));
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/k',
    headers: {
      'content-type': 'application/json',
      ...(secret && { 'x-timestamp': timestamp, 'x-signature': signatureOf(secret, timestamp, bytes(signed)) }),
    },
    query: {},
    body: bytes(record),
  };
}

const record = (id: string, more: object) => ({
  src: CUSTOMER,
  dst: '200',
  channel: `PJSIP/trunk-0000000${id}`,
  dstchannel: `PJSIP/200-0000000${id}`,
  start: '2026-11-25 10:00:00',
  answer: '2026-11-25 10:00:05',
  end: '2026-11-25 10:03:17',
  billsec: 192,
  disposition: 'ANSWERED',
  uniqueid: `1795600800.${id}`,
  linkedid: `1795600800.${id}`,
  ...more,
});

async function openAsterisk(trouble?: Trouble): Promise<Subject> {
  const server = await startAsterisk(
    [...inboundCall(10, true), ...inboundCall(20, false), ...inboundCall(30, true, '+34600333444')],
    trouble,
  );
  if (trouble === 'gone') await server.close();
  const first = record('1', {});
  return {
    connector: asteriskConnector({ allowPrivateAddresses: true }),
    source: {
      kind: 'ACCOUNT',
      query: '910000000',
      settings: { url: server.url, username: 'crm', app: 'crm' },
      credentials: { password: 'secret', cdrSecret: SECRET },
    },
    reading: {
      beginning: { at: '2026-11-25T09:00:00.000Z' },
      posts: 3,
      isAtEnd: cursor => (cursor as { at: string }).at >= '2026-11-25T10:00:36.500Z',
    },
    hooks: {
      deliveries: [
        delivery(first),
        delivery([record('2', { answer: '', billsec: 0, disposition: 'NO ANSWER' })]),
        delivery(
          record('3', { src: '200', dst: CUSTOMER, channel: 'PJSIP/200-00000003', dstchannel: 'PJSIP/trunk-00000003' }),
        ),
      ],
      posts: 3,
      edited: 3,
      deleted: 0,
      own: 1,
      forged: [
        delivery({ ...first, src: '+34600999999' }, { signed: first }),
        delivery(first, { secret: '' }),
        delivery(first, { secret: 'a-strangers-secret' }),
        delivery(first, { secondsAgo: 301 }),
      ],
    },
    sending: {
      command: { kind: 'call', visibility: 'private', parent: null, recipient: { id: CUSTOMER }, agent: '200' },
      sent: async () => server.originated.map(({ id, extension }) => ({ id, text: extension })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const asterisk: SubjectKind = { name: 'asterisk', open: openAsterisk };
