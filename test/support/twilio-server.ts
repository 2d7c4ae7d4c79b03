import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sending, Trouble } from './subjects/subject.js';

export interface TwilioServer {
  origin: string;
  messages: TwilioMessage[];
  /** The forms it was sent, in order. */
  asked: URLSearchParams[];
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

export interface TwilioMessage {
  sid: string;
  from: string;
  to: string;
  body: string;
  direction: string;
  status: string;
  date_created: string;
  date_sent: string;
}

/** What Twilio's REST API does with an account's messages, as far as the adapter asks; lists are short so that they have pages. */
export async function startTwilio(messages: TwilioMessage[], trouble?: Trouble): Promise<TwilioServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const held = [...messages];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      if (trouble === 'silent') return;
      if (trouble === 'malformed') return response.end('<html>');
      const say = (status: number, value: object, headers = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
      const writes = request.method === 'POST';
      const is = (kind: string) => trouble === kind || (writes && ill === kind);
      if (is('limited'))
        return say(429, { code: 20429, message: 'Too Many Requests', status: 429 }, { 'retry-after': '7' });
      if (is('broken')) return say(503, { code: 20503, message: 'Service unavailable', status: 503 });
      if (is('expired')) return say(401, { code: 20003, message: 'Authenticate', status: 401 });
      const url = new URL(request.url!, 'http://twilio');
      if (!writes && url.pathname.endsWith('/Messages.json')) {
        const { To, From, ['DateSent>']: since = '' } = Object.fromEntries(url.searchParams);
        const at = Number(url.searchParams.get('Page') ?? 0) * 2;
        const found = held
          .filter(({ to, from }) => (!To || to === To) && (!From || from === From))
          .filter(({ date_sent }) => new Date(date_sent).toISOString().slice(0, 10) >= since)
          .reverse();
        url.searchParams.set('Page', String(at / 2 + 1));
        const next = found.length > at + 2 ? url.pathname + url.search : null;
        return say(200, { messages: found.slice(at, at + 2), next_page_uri: next });
      }
      if (!writes) return say(200, { sid: 'AC', status: 'active' });
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      served.asked.push(form);
      if (form.get('To') === '+34600000000')
        return say(400, { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 });
      const now = new Date().toUTCString();
      const message = {
        sid: `SM${held.length.toString(16).padStart(32, '0')}`,
        from: form.get('From')!,
        to: form.get('To')!,
        body: form.get('Body')!,
        direction: 'outbound-api',
        status: 'queued',
        date_created: now,
        date_sent: now,
      };
      held.push(message);
      if (ill === 'lostAnswer') return void request.socket.destroy();
      say(201, message);
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const served: TwilioServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: held,
    asked: [],
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
