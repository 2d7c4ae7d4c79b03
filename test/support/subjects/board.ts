import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type HttpRequest,
  type HttpResponse,
  Network,
  type ParentPost,
  PostKind,
} from '../../../src/ingest/connector.js';
import type { Sending, Subject, SubjectKind } from './subject.js';

interface Config {
  url: string;
  token: string;
}

interface Notice {
  id: string;
  key: string;
  text: string;
}

const LONGEST = 200;
const graphemes = new Intl.Segmenter();
const lengthOf = (text: string) => [...graphemes.segment(text)].length;

/** A network of its own, as small as one can be that is answered on: it exists so that the suite holds without any other. */
function boardConnector(url: string): Connector<Config, null> {
  return {
    kind: 'board',
    version: 1,
    network: Network.WEB,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: false },
      reply: { public: true, private: false },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 1,
      textLimit: { max: LONGEST, unit: 'graphemes' },
      media: false,
      idempotency: 'native',
      receipts: false,
    },
    connection: { fields: [{ name: 'token', kind: 'secret', required: true, description: "The board's key." }] },
    configure({ kind, query, credentials }) {
      if (kind !== 'ACCOUNT' || query.trim() === '')
        throw new ConnectorError({ class: 'invalid', message: 'A board has accounts only.', scope: 'message' });
      return { url, token: credentials?.['token'] ?? '' };
    },
    async check(context) {
      try {
        await ask(context, { url: '/notices' });
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: (error as ConnectorError).fault };
      }
    },
    limitsOf: ({ headers }) =>
      headers['x-left'] === undefined
        ? undefined
        : { remaining: Number(headers['x-left']), resetsAt: new Date(Number(headers['x-reset']) * 1000) },
    render(_context, draft, parent) {
      const fault = (code: 'EMPTY' | 'TEXT_TOO_LONG' | 'COMMENTS_CLOSED', message: string) =>
        ({ class: 'invalid', code, message, scope: 'message' }) as const;
      if (parent?.replyability?.public === false) return fault('COMMENTS_CLOSED', 'Nothing more may be said here.');
      if (draft.text.trim() === '') return fault('EMPTY', 'There is nothing to say.');
      const text = parent ? `@${parent.author.handle} ${draft.text}` : draft.text;
      const length = lengthOf(text);
      if (length > LONGEST)
        return { ...fault('TEXT_TOO_LONG', 'It is too long.'), parameters: { length, max: LONGEST } };
      return { text, length, payload: { text }, ...(parent && { notes: [{ code: 'MENTION_ADDED' }] }) };
    },
    async send(context, { key, rendered }) {
      const answer = await ask(context, {
        method: 'POST',
        url: '/notices',
        headers: { 'idempotency-key': key },
        json: rendered.payload,
      });
      return { state: 'sent', ref: { id: (answer.json() as Notice).id } };
    },
    async findSent(context, { key }) {
      const answer = await ask(context, { url: '/notices', query: { key } });
      const [found] = answer.json() as Notice[];
      return found ? { ref: { id: found.id } } : null;
    },
    async delete(context, { id }) {
      await ask(context, { method: 'DELETE', url: `/notices/${id}` });
    },
  };
}

async function ask(context: ConnectorContext<Config>, request: HttpRequest): Promise<HttpResponse> {
  const { config, http } = context;
  const headers = { ...request.headers, authorization: `Bearer ${config.token}` };
  const answer = await http.request({ ...request, url: config.url + request.url, headers, bucket: 'notices' });
  if (answer.status < 400) return answer;
  const reset = answer.headers['x-reset'];
  const fault = faultOfStatus(answer, { message: 'The board refused.', writes: request.method === 'POST' });
  throw new ConnectorError({ ...fault, ...(reset && { retryAt: new Date(Number(reset) * 1000) }) });
}

const TOKEN = 'not a secret';
type Misbehaviour = Parameters<Sending['misbehave']>[0];

const REFUSALS: Partial<Record<Misbehaviour, (response: ServerResponse) => void>> = {
  limited: response =>
    response.writeHead(429, { 'x-left': '0', 'x-reset': String(Math.ceil(Date.now() / 1000) + 60) }).end(),
  broken: response => response.writeHead(503).end(),
  expired: response => response.writeHead(401).end(),
};

async function openBoard(trouble?: string): Promise<Subject> {
  const notices: Notice[] = [];
  let behaviour: Misbehaviour = trouble === 'limited' || trouble === 'broken' || trouble === 'expired' ? trouble : 'no';
  const server = createServer(async (request, response) => {
    const refuse = REFUSALS[behaviour];
    if (refuse) return refuse(response);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://loopback');
    if (request.method === 'GET') {
      const key = searchParams.get('key');
      return void response.end(JSON.stringify(key ? notices.filter(notice => notice.key === key) : notices));
    }
    if (request.method === 'DELETE') {
      const at = notices.findIndex(({ id }) => pathname.endsWith(`/${id}`));
      if (at >= 0) notices.splice(at, 1);
      return void response.writeHead(204).end();
    }
    const key = String(request.headers['idempotency-key']);
    const known = notices.find(notice => notice.key === key);
    const notice = known ?? { id: `notice-${notices.length + 1}`, key, text: (await bodyOf(request)).text };
    if (!known) notices.push(notice);
    if (behaviour === 'lostAnswer') return void response.destroy();
    response.writeHead(201).end(JSON.stringify(notice));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    connector: boardConnector(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    source: { kind: 'ACCOUNT', query: 'panaderia', credentials: { token: TOKEN } },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent: PARENT },
      refused: {
        parent: { ...PARENT, replyability: { public: false, private: false } },
        code: 'COMMENTS_CLOSED',
      },
      sent: async () => notices.map(({ id, text }) => ({ id, text })),
      misbehave: next => {
        behaviour = next;
      },
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const PARENT: ParentPost = {
  ref: { id: 'question-1' },
  kind: PostKind.COMMENT,
  author: { handle: 'vecina' },
  own: false,
  text: '¿Abrís los domingos?',
  occurredAt: new Date('2026-11-01T10:00:00Z'),
};

async function bodyOf(request: IncomingMessage): Promise<{ text: string }> {
  return JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString('utf8'));
}

export const board: SubjectKind = { name: 'board', open: openBoard };
