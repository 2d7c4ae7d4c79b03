import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { facebookConnector } from '../../../integrations/meta/facebook.connector.js';
import { instagramConnector } from '../../../integrations/meta/instagram.connector.js';
import { whatsappConnector } from '../../../integrations/meta/whatsapp.connector.js';
import type { ParentPost, PostKind, RawRequest } from '../../../src/ingest/connector.js';
import { type GraphAnswer, startGraph } from '../graph-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const SECRET = 'secret-of-the-app';
const AGREED = 'agreed-verify-token';

const fixture = (name: string): object[] =>
  JSON.parse(readFileSync(`integrations/meta/fixtures/${name}.json`, 'utf8')) as object[];

function delivery(given: object, secret: string | undefined = SECRET, signed: object = given): RawRequest {
  const signature = createHmac('sha256', secret).update(JSON.stringify(signed)).digest('hex');
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/k',
    headers: { 'content-type': 'application/json', ...(secret && { 'x-hub-signature-256': `sha256=${signature}` }) },
    query: {},
    body: Buffer.from(JSON.stringify(given)),
  };
}

/** The address is asked whether it is ours, and gives back what it was sent. */
const challenge = {
  request: {
    method: 'GET',
    url: 'https://crm.example.com/hooks/k',
    headers: {},
    query: { 'hub.mode': 'subscribe', 'hub.verify_token': AGREED, 'hub.challenge': '1158201444' },
    body: Buffer.alloc(0),
  },
  body: '1158201444',
};

const hooksOf = (name: string) => ({
  secret: AGREED,
  deliveries: fixture(name).map(each => delivery(each)),
  forged: [
    delivery(fixture(name)[0]!, 'another'),
    delivery({}, SECRET, fixture(name)[0]),
    delivery(fixture(name)[0]!, ''),
  ],
  challenge,
});

const source = (settings: Record<string, string>) => ({
  kind: 'ACCOUNT' as const,
  query: 'panaderia_olivar',
  settings: { appId: '600', ...settings },
  credentials: { token: 'EAAB-token', appSecret: SECRET },
});

const parent = (given: Partial<ParentPost>): ParentPost => ({
  ref: { id: 'c1' },
  kind: 'COMMENT' as PostKind,
  author: { id: '7001' },
  own: false,
  text: 'Hola',
  occurredAt: new Date(),
  ...given,
});

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What was written, as lists of it tell. */
const ours =
  (from: string): GraphAnswer =>
  ({ method, path }, server) => {
    if (method !== 'GET') return undefined;
    const messages = server.sent.map(({ id, text, at }) => ({
      id,
      message: text,
      text,
      from: { id: from },
      created_time: at.toISOString(),
      timestamp: at.toISOString(),
    }));
    if (path.endsWith('/comments') || path.endsWith('/replies')) return { data: messages };
    return path.endsWith('/conversations') ? { data: [{ messages: { data: messages } }] } : undefined;
  };

async function openFacebook(trouble?: Trouble): Promise<Subject> {
  let second = '¿Y sin lactosa?';
  const comments = () => [
    { id: '900100_1_21', message: '¿Abrís hoy? 🥖', from: { id: '7001', name: 'Marisol' }, created_time: ago(50) },
    { id: '900100_1_22', message: second, from: { id: '7002' }, created_time: ago(40), parent: { id: '900100_1_21' } },
  ];
  const server = await startGraph((request, graph) => {
    if (request.path === '900100') return { id: '900100', name: 'Panadería Olivar', username: 'panaderia_olivar' };
    if (request.path === '900100/feed') return { data: [{ id: '900100_1', comments: { data: comments() } }] };
    return ours('900100')(request, graph);
  }, trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: facebookConnector({ origin: server.origin }),
    source: source({ pageId: '900100' }),
    reading: {
      beginning: { until: ago(60) },
      posts: 2,
      isAtEnd: () => false,
      edit: () => {
        second = '¿Y sin azúcar?';
      },
    },
    hooks: { ...hooksOf('facebook'), posts: 4, edited: 1, deleted: 1, own: 1 },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent: parent({ replyTo: { commentId: '900100_1_11' } }) },
      sent: async () => server.sent,
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

async function openInstagram(trouble?: Trouble): Promise<Subject> {
  const comments = [
    { id: '17900021', text: '¿Abrís hoy?', from: { id: '51', username: 'marisol_pan' }, timestamp: ago(50) },
    { id: '17900022', text: 'Sim!', from: { id: '52', username: 'joao' }, timestamp: ago(40), parent_id: '17900021' },
  ];
  const server = await startGraph((request, graph) => {
    if (request.path === '17840001') return { id: '17840001', username: 'panaderia_olivar', followers_count: 12 };
    if (request.path === '17840001/media' && request.method === 'GET')
      return { data: [{ id: '17800001', permalink: 'https://www.instagram.com/p/a/', comments: { data: comments } }] };
    return ours('17840001')(request, graph);
  }, trouble);
  if (trouble === 'gone') await server.close();
  return {
    connector: instagramConnector({ origin: server.origin }),
    source: source({ instagramId: '17840001', pageId: '900100' }),
    reading: { beginning: { until: ago(60) }, posts: 2, isAtEnd: () => false },
    hooks: { ...hooksOf('instagram'), posts: 4, edited: 0, deleted: 1, own: 1 },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent: parent({ replyTo: { commentId: '17900021' } }) },
      sent: async () => server.sent,
      misbehave: server.misbehave,
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

async function openWhatsapp(trouble?: Trouble): Promise<Subject> {
  const server = await startGraph(
    ({ path, method }) =>
      path === '104' && method === 'GET'
        ? { id: '104', display_phone_number: '+34 910 00 00 00', verified_name: 'Panadería Olivar' }
        : undefined,
    trouble,
  );
  const open = parent({
    kind: 'DIRECT_MESSAGE' as PostKind,
    replyTo: { to: '34600111222', messageId: 'wamid.1' },
    replyability: { public: false, private: true, until: new Date(Date.now() + 3_600_000) },
  });
  return {
    connector: whatsappConnector({ origin: server.origin }),
    source: source({ phoneNumberId: '104', businessId: '31' }),
    hooks: { ...hooksOf('whatsapp'), posts: 2, edited: 0, deleted: 0, own: 0 },
    sending: {
      command: { kind: 'reply', visibility: 'private', parent: open },
      refused: {
        parent: { ...open, replyability: { public: false, private: true, until: new Date(Date.now() - 1000) } },
        code: 'TEMPLATE_NEEDED',
      },
      sent: async () => server.sent,
      misbehave: server.misbehave,
    },
    close: server.close,
  };
}

export const facebook: SubjectKind = { name: 'facebook', open: openFacebook };
export const instagram: SubjectKind = { name: 'instagram', open: openInstagram };
export const whatsapp: SubjectKind = { name: 'whatsapp', open: openWhatsapp };
