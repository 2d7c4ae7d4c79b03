import WebSocket from 'ws';

type Message = { type: string; id?: string; payload?: any };

/** A WebSocket that says exactly what it is told to, also what no client library would. */
export interface RawSocket {
  messages: Message[];
  send(message: unknown): void;
  sendRaw(text: string | Buffer): void;
  /** The next message that fits, from those not yet taken. */
  next(fits: (message: Message) => boolean): Promise<Message>;
  closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export async function openSocket(
  url: string,
  protocol = 'graphql-transport-ws',
  headers: Record<string, string> = {},
): Promise<RawSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocol, { headers });
  const messages: Message[] = [];
  let heard = () => {};
  socket.on('message', text => {
    messages.push(JSON.parse(String(text)));
    heard();
  });
  socket.on('error', () => {});
  const closed = new Promise<{ code: number; reason: string }>(done =>
    socket.once('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  await new Promise<void>((done, fail) => {
    socket.once('open', done);
    socket.once('error', fail);
  });
  return {
    messages,
    closed,
    send: message => socket.send(JSON.stringify(message)),
    sendRaw: text => socket.send(text),
    async next(fits) {
      const end = Date.now() + 10_000;
      for (;;) {
        const at = messages.findIndex(fits);
        if (at >= 0) return messages.splice(at, 1)[0]!;
        const left = end - Date.now();
        if (left <= 0) throw new Error(`It never came; there was ${JSON.stringify(messages)}`);
        await new Promise<void>(done => {
          // Who no longer waits for the answer does not keep the run from ending.
          const timer = setTimeout(done, left).unref();
          heard = () => {
            clearTimeout(timer);
            done();
          };
        });
      }
    },
    close: () => socket.close(),
  };
}

/** A socket that has introduced itself. */
export async function openAcknowledged(
  url: string,
  authorization: string,
  headers?: Record<string, string>,
): Promise<RawSocket> {
  const socket = await openSocket(url, undefined, headers);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next(message => message.type === 'connection_ack');
  return socket;
}
