import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sending, Trouble } from './subjects/subject.js';

export interface GraphRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  /** As JSON, or as text when it is none. */
  body: Record<string, unknown> | string;
}

export interface GraphServer {
  origin: string;
  requests: GraphRequest[];
  /** What was written, with the words it said. */
  sent: { id: string; text: string; at: Date; path: string }[];
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

export type GraphAnswer = (request: GraphRequest, server: GraphServer) => object | undefined;

/** Meta's Graph API as far as the adapters ask: `answer` reads, and whatever is posted is kept and given an id. */
export async function startGraph(answer: GraphAnswer, trouble?: Trouble): Promise<GraphServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      if (trouble === 'silent') return;
      if (trouble === 'malformed') return response.end('<html>');
      const say = (status: number, value: object, headers = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
      const refuse = (status: number, code: number, message: string, headers = {}) =>
        say(status, { error: { code, message, type: 'OAuthException' } }, headers);
      const writes = request.method !== 'GET';
      const is = (kind: string) => trouble === kind || (writes && ill === kind);
      const usage = { 'x-app-usage': '{"call_count":100,"total_time":10,"total_cputime":5}' };
      if (is('limited')) return refuse(400, 4, '(#4) Application request limit reached', usage);
      if (is('broken')) return response.writeHead(503).end('unavailable');
      if (is('expired')) return refuse(401, 190, 'Error validating access token: Session has expired');
      const url = new URL(request.url!, 'http://graph');
      const text = Buffer.concat(parts).toString('utf8');
      const asked: GraphRequest = {
        method: request.method!,
        path: url.pathname.replace(/^\/v\d+\.\d+\//, ''),
        query: url.searchParams,
        headers: request.headers,
        body: jsonOf(text),
      };
      served.requests.push(asked);
      const read = answer(asked, served);
      if (read) return say(200, read);
      if (!writes) return refuse(400, 100, 'Unsupported get request');
      if (asked.method === 'DELETE') {
        const at = served.sent.findIndex(({ id }) => id === asked.path);
        if (at < 0) return say(400, { error: { code: 100, error_subcode: 33, message: 'Object does not exist' } });
        served.sent.splice(at, 1);
        return say(200, { success: true });
      }
      const said = wordsIn(asked.body);
      if (said === undefined) return say(200, { success: true });
      const id = `new_${served.sent.length + 1}`;
      served.sent.push({ id, text: said, at: new Date(), path: asked.path });
      if (ill === 'lostAnswer') return void request.socket.destroy();
      const isWhatsApp = (asked.body as Record<string, unknown>)['messaging_product'] === 'whatsapp';
      if (isWhatsApp) return say(200, { messaging_product: 'whatsapp', messages: [{ id }] });
      say(200, asked.path.endsWith('/messages') ? { recipient_id: 'p', message_id: id } : { id });
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const served: GraphServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v25.0`,
    requests: [],
    sent: [],
    misbehave: kind => {
      ill = kind;
    },
    close: () =>
      new Promise(done => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return served;
}

function jsonOf(text: string): Record<string, unknown> | string {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wordsIn(body: GraphRequest['body']): string | undefined {
  if (typeof body === 'string') return undefined;
  const { message, text } = body;
  const inner = typeof message === 'object' ? message : typeof text === 'object' ? text : undefined;
  const words = inner as { text?: string; body?: string } | undefined;
  return words?.text ?? words?.body ?? (typeof message === 'string' ? message : undefined);
}
