import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sending, Trouble } from './subjects/subject.js';

export interface TelegramServer {
  origin: string;
  /** Messages it was given to deliver, in order. */
  sent: { id: string; text: string; parameters: Record<string, unknown> }[];
  hook?: { url: string; secret_token: string };
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

/** What the Bot API does with a bot's calls, as far as the adapter makes them. */
export async function startTelegram(updates: { update_id: number }[], trouble?: Trouble): Promise<TelegramServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      const [, method = ''] = /^\/bot[^/]+\/(\w+)$/.exec(request.url ?? '') ?? [];
      const body = Buffer.concat(parts).toString('utf8');
      const isForm = request.headers['content-type']?.startsWith('multipart/');
      const parameters = isForm ? formOf(body) : JSON.parse(body || '{}');
      if (trouble === 'silent') return;
      if (trouble === 'malformed') return response.end('<html>');
      const say = (status: number, value: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      const refuse = (code: number, description: string, more = {}) =>
        say(code, { ok: false, error_code: code, description, ...more });
      const answer = (result: unknown) => say(200, { ok: true, result });
      const writes = method.startsWith('send') || method.startsWith('delete');
      if (trouble === 'limited' || (writes && ill === 'limited'))
        return refuse(429, 'Too Many Requests: retry after 7', { parameters: { retry_after: 7 } });
      if (trouble === 'broken' || (writes && ill === 'broken')) return response.writeHead(503).end('unavailable');
      if (trouble === 'expired' || (writes && ill === 'expired')) return refuse(401, 'Unauthorized');
      if (method === 'getMe') return answer({ id: 123456, is_bot: true, first_name: 'Olivar', username: 'olivar_bot' });
      if (method === 'getUpdates') {
        if (served.hook) return refuse(409, "Conflict: can't use getUpdates method while webhook is active");
        return answer(updates.filter(({ update_id }) => update_id >= (parameters.offset ?? 0)).slice(0, 100));
      }
      if (method === 'setWebhook') {
        served.hook = parameters;
        return answer(true);
      }
      if (method === 'deleteBusinessMessages') {
        const gone = parameters.message_ids.map((number: number) => `:${number}`);
        served.sent = served.sent.filter(({ id }) => !gone.some((end: string) => id.endsWith(end)));
        return answer(true);
      }
      if (method === 'deleteMessage') {
        const id = `123456/${parameters.chat_id}:${parameters.message_id}`;
        const at = served.sent.findIndex(message => message.id === id);
        if (at < 0) return refuse(400, 'Bad Request: message to delete not found');
        served.sent.splice(at, 1);
        return answer(true);
      }
      if (String(parameters.chat_id) === '-4004')
        return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          parameters: { migrate_to_chat_id: -1004004 },
        });
      const messageId = 100 + served.sent.length;
      const text = parameters.text ?? parameters.caption ?? '';
      const scope = parameters.chat_id < 0 ? '' : `${parameters.business_connection_id ?? '123456'}/`;
      served.sent.push({ id: `${scope}${parameters.chat_id}:${messageId}`, text, parameters });
      if ((ill as string) === 'garbled') return response.end('<html>');
      if (ill === 'lostAnswer') return void request.socket.destroy();
      answer({
        message_id: messageId,
        date: Math.floor(Date.now() / 1000),
        chat: { id: Number(parameters.chat_id), type: parameters.chat_id < 0 ? 'supergroup' : 'private' },
        ...(parameters.business_connection_id && { business_connection_id: parameters.business_connection_id }),
        text,
      });
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const served: TelegramServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

/** Enough of multipart/form-data to see what was sent: names and values. */
function formOf(body: string): Record<string, string> {
  return Object.fromEntries(
    [...body.matchAll(/name="(\w+)"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n([\s\S]*?)\r\n--/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
}
