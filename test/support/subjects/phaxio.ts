import { phaxioConnector } from '../../../integrations/phaxio/connector.js';
import { formOf } from '../../../integrations/phaxio/form.parts.js';
import { signatureOf } from '../../../integrations/phaxio/request.signature.js';
import type { RawRequest } from '../../../src/ingest/connector.js';
import { subjectOf } from '../pdf-subject.js';
import { PAGE, startPhaxio } from '../phaxio-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const TOKEN = 'callback-token';
const NUMBER = '+34910000000';
const CUSTOMER = '+34600111222';

/** As Phaxio posts it: the fax as JSON, and the pages. */
export function phaxioDelivery(fax: object, pages: Buffer | null, token = TOKEN, isChanged = false): RawRequest {
  const part = (head: string, body: Buffer) => [
    Buffer.from(`--frontier\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ];
  const request = (told: object): RawRequest => ({
    method: 'POST',
    url: 'https://crm.example.com/hooks/k',
    headers: { 'content-type': 'multipart/form-data; boundary=frontier' },
    query: {},
    body: Buffer.concat([
      ...part('name="success"', Buffer.from('true')),
      ...part('name="fax"', Buffer.from(JSON.stringify(told))),
      ...(pages ? part('name="file"; filename="fax.pdf"\r\ncontent-type: application/pdf', pages) : []),
      Buffer.from('--frontier--\r\n'),
    ]),
  });
  const signed = request(fax);
  const signature = token && signatureOf(token, signed.url, formOf(signed));
  const sent = isChanged ? request({ ...fax, from_number: '+34600999999' }) : signed;
  return { ...sent, headers: { ...sent.headers, ...(signature && { 'x-phaxio-signature': signature }) } };
}

export const receivedFax = (id: number, minutesAgo: number, more = {}) => ({
  id,
  direction: 'received',
  status: 'success',
  num_pages: 2,
  from_number: CUSTOMER,
  to_number: NUMBER,
  created_at: new Date(Date.now() - (minutesAgo + 2) * 60_000).toISOString(),
  completed_at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
  ...more,
});

async function openPhaxio(trouble?: Trouble): Promise<Subject> {
  const held = [
    receivedFax(1, 50),
    receivedFax(2, 40, { from_number: '', num_pages: 1 }),
    receivedFax(3, 30, { direction: 'sent', from_number: NUMBER, to_number: CUSTOMER }),
    receivedFax(4, 20, { status: 'inprogress' }),
  ];
  const server = await startPhaxio(held, trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: phaxioConnector({ origin: server.origin }),
    source: {
      kind: 'ACCOUNT',
      query: NUMBER,
      settings: { apiKey: 'key' },
      credentials: { apiSecret: 'secret', callbackToken: TOKEN },
    },
    reading: {
      beginning: { until: new Date(Date.now() - 60 * 60_000).toISOString(), seen: [] },
      posts: 3,
      isAtEnd: () => false,
    },
    hooks: {
      deliveries: [
        phaxioDelivery(receivedFax(11, 5), PAGE),
        phaxioDelivery(receivedFax(12, 4), PAGE),
        phaxioDelivery(receivedFax(13, 3, { direction: 'sent', to_number: CUSTOMER }), null),
      ],
      posts: 3,
      edited: 0,
      deleted: 0,
      own: 1,
      forged: [
        phaxioDelivery(receivedFax(11, 5), PAGE, TOKEN, true),
        phaxioDelivery(receivedFax(11, 5), PAGE, ''),
        phaxioDelivery(receivedFax(11, 5), PAGE, 'a-strangers-token'),
      ],
    },
    sending: {
      command: { kind: 'message', visibility: 'private', parent: null, recipient: { id: CUSTOMER } },
      sent: async () =>
        server.posted.map(({ files }, index) => ({ id: String(1001 + index), text: subjectOf(files[0]!.bytes) })),
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const phaxio: SubjectKind = { name: 'phaxio', open: openPhaxio };
