import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { kannelConnector } from '../../../integrations/kannel/connector.js';
import type { RawRequest } from '../../../src/ingest/connector.js';
import type { Sending, Subject, SubjectKind } from './subject.js';

const TOKEN = 'a-long-word-of-our-choice';

function called(query: string, token: string | null = TOKEN): RawRequest {
  const url = `https://crm.example.com/hooks/k?kind=mo&${token === null ? '' : `token=${token}&`}${query}`;
  return { method: 'GET', url, headers: {}, query: {}, body: Buffer.alloc(0) };
}

const FIRST =
  'id=m1&from=%2B34600111222&to=13013&ts=1795600000&text=%00h%00o%00l%00a%00++%AC&coding=2&charset=UTF-16BE';
const SECOND = 'id=m2&from=%2B34600111222&to=13013&ts=1795600060&text=%C2%BFabr%C3%ADs%3F&coding=0&charset=UTF-8';

/** What Kannel's sendsms does, without a telephone network behind it. The real one is tested beside the adapter. */
async function openKannel(): Promise<Subject> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const sent: { id: string; text: string }[] = [];
  const server = http.createServer((request, response) => {
    const query = new URL(request.url!, 'http://kannel').searchParams;
    if (ill === 'expired') return response.writeHead(403).end('Authorization failed for sendsms');
    if (ill === 'limited') return response.writeHead(429, { 'retry-after': '7' }).end('Too many');
    if (ill === 'broken') return response.writeHead(503).end('Temporal failure, try again later.');
    sent.push({ id: query.get('account') ?? '', text: query.get('text') ?? '' });
    if (ill === 'lostAnswer') return request.socket.destroy();
    response.writeHead(202).end('0: Accepted for delivery');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    connector: kannelConnector(),
    source: {
      kind: 'ACCOUNT',
      query: '13013',
      settings: {
        sendUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cgi-bin/sendsms`,
        username: 'crm',
      },
      credentials: { password: 'crm-password', token: TOKEN },
    },
    hooks: {
      deliveries: [called(FIRST), called(SECOND)],
      posts: 2,
      edited: 0,
      deleted: 0,
      own: 0,
      forged: [called(FIRST, null), called(FIRST, 'another')],
    },
    sending: {
      command: { kind: 'message', visibility: 'private', parent: null, recipient: { id: '+34600111222' } },
      sent: async () => sent,
      misbehave: kind => {
        ill = kind;
      },
    },
    close: () =>
      new Promise(done => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export const kannel: SubjectKind = { name: 'kannel', open: openKannel };
