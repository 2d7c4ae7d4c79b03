import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Capabilities,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  Network,
  type SendCommand,
  type Sent,
} from '../../src/ingest/connector.js';

/** What goes wrong on the network, from now on. */
export type EchoTrouble = 'lost answer' | 'busy' | 'broken' | 'refused' | 'signed out' | 'unexplained' | undefined;

export interface EchoMessage {
  id: string;
  key: string;
  text: string;
  kind: string;
  parent: string | null;
  media: { type: string; bytes: number; description?: string }[];
  hidden: boolean;
}

export interface EchoNetwork {
  connector: Connector<{ handle: string }, null>;
  url: string;
  /** Everything that was said there, in order. */
  messages: EchoMessage[];
  hidden: Set<string>;
  /** How often something was asked to be sent, whatever came of it. */
  asked: number;
  trouble: EchoTrouble;
  /** So many look-ups are refused, and after them so many find nothing: its search lags behind. */
  deafTo: number;
  lagsFor: number;
  /** While it is set, what is sent waits for it before it is stored. */
  gate: Promise<void> | undefined;
  /** Called when a message was stored, before it is answered. */
  onStored: ((message: EchoMessage) => void | Promise<void>) | undefined;
  close(): Promise<void>;
}

interface EchoOptions {
  idempotency?: Capabilities['idempotency'];
  network?: Network;
  kind?: string;
  max?: number;
}

const MAX = 60;

/** A network of our own: a real server, and the adapter for it. Texts have at most 60 characters, and name whom they answer. */
export async function openEchoNetwork(options: EchoOptions = {}): Promise<EchoNetwork> {
  const { idempotency = 'lookup', network = Network.TELEGRAM, kind = 'echo', max = MAX } = options;
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const echo: EchoNetwork = {
    url,
    messages: [],
    hidden: new Set(),
    asked: 0,
    trouble: undefined,
    deafTo: 0,
    lagsFor: 0,
    gate: undefined,
    onStored: undefined,
    connector: connector(),
    async close() {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const { pathname, searchParams } = new URL(request.url!, url);
    let text = '';
    for await (const chunk of request) text += chunk;
    if (request.method === 'GET') {
      if (echo.deafTo-- > 0) return void json(503, {});
      if (echo.lagsFor-- > 0) return void json(200, null);
      const found = echo.messages.find(message => message.key === searchParams.get('key'));
      return void json(200, found ?? null);
    }
    if (request.method === 'DELETE') {
      echo.messages = echo.messages.filter(message => `/messages/${message.id}` !== pathname);
      return void json(200, null);
    }
    if (pathname === '/hide') {
      const { id, hidden } = JSON.parse(text) as { id: string; hidden: boolean };
      if (hidden) echo.hidden.add(id);
      else echo.hidden.delete(id);
      return void json(200, null);
    }
    echo.asked++;
    await echo.gate;
    if (echo.trouble === 'busy') return void json(429, {}, { 'retry-after': '1' });
    if (echo.trouble === 'refused') return void json(403, {});
    if (echo.trouble === 'signed out') return void json(401, {});
    if (echo.trouble === 'broken') return void json(503, {});
    const message: EchoMessage = { ...JSON.parse(text), id: `m${echo.messages.length + 1}`, hidden: false };
    echo.messages.push(message);
    await echo.onStored?.(message);
    if (echo.trouble === 'lost answer') return void response.destroy();
    json(200, message);
  }

  async function send(context: ConnectorContext<unknown>, command: SendCommand) {
    if (echo.trouble === 'unexplained') throw new Error('boom');
    const { key, kind, parent, rendered, media } = command;
    const response = await context.http.request({
      method: 'POST',
      url: `${url}/messages`,
      json: {
        key,
        kind,
        text: rendered.text,
        parent: parent?.ref.id ?? null,
        media: media.map(({ type, bytes, description }) => ({ type, bytes: bytes.length, description })),
      },
      timeoutMs: 5000,
    });
    // Here a failure says that nothing was stored.
    if (response.status !== 200) throw new ConnectorError(faultOfStatus(response, { message: 'It was not taken.' }));
    return { state: 'sent' as const, ...sentOf(response.json() as EchoMessage) };
  }

  function connector(): EchoNetwork['connector'] {
    return {
      kind,
      version: 1,
      network,
      capabilities: {
        inbound: { webhook: false, stream: false, poll: false },
        reply: { public: true, private: true, windowHours: 24 * 365 * 10 },
        edits: { notified: false, detectable: false },
        deletions: { notified: false, detectable: false },
        threadDepth: 100,
        textLimit: { max, unit: 'characters' },
        media: true,
        idempotency,
        receipts: true,
        calls: true,
      },
      configure: ({ query }) => ({ handle: query }),
      connection: {
        fields: [{ name: 'token', kind: 'secret', required: false, description: 'Anything: everybody is let in.' }],
      },
      check: async () => ({ ok: true }),
      render(_context, draft, parent) {
        const name = parent && !parent.own ? parent.author.handle : undefined;
        const isMissing = name !== undefined && !draft.text.includes(`@${name}`);
        const text = isMissing ? `@${name} ${draft.text.trim()}` : draft.text.trim();
        const length = [...text].length;
        if (length > max)
          return {
            class: 'invalid',
            scope: 'message',
            message: 'It is too long.',
            code: 'TEXT_TOO_LONG',
            parameters: { length, max },
          };
        const notes = isMissing ? { notes: [{ code: 'MENTION_ADDED' as const }] } : {};
        return { text, length, payload: null, ...notes };
      },
      send,
      async findSent(context, { key }) {
        const response = await context.http.request({ url: `${url}/messages`, query: { key } });
        if (response.status !== 200) throw new ConnectorError(faultOfStatus(response, { message: 'It is not told.' }));
        const found = response.json() as EchoMessage | null;
        return found && sentOf(found);
      },
      async delete(context, { id }) {
        await context.http.request({ method: 'DELETE', url: `${url}/messages/${id}` });
      },
      async hide(context, { id }, hidden) {
        await context.http.request({ method: 'POST', url: `${url}/hide`, json: { id, hidden } });
      },
    };
  }

  const sentOf = (message: EchoMessage): Sent => ({ ref: { id: message.id, url: `${url}/messages/${message.id}` } });
  return echo;
}
