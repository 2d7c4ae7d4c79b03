import net from 'node:net';
import type { Trouble } from './subjects/subject.js';

/** What a server answers to a login, by RFC 5530. */
const REFUSALS: Partial<Record<Trouble, string>> = {
  limited: 'NO [LIMIT] Too many connections',
  broken: 'NO [UNAVAILABLE] Temporary failure',
  expired: 'NO [AUTHENTICATIONFAILED] Invalid credentials',
};

/** An IMAP server in trouble, on loopback. */
export async function startTroubledImap(trouble: Trouble): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (trouble === 'silent') return;
    socket.write(trouble === 'malformed' ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : '* OK IMAP4rev1 ready\r\n');
    socket.on('data', chunk => {
      for (const line of chunk.toString('latin1').split('\r\n')) {
        const [tag, command] = line.split(' ');
        if (!tag || !command) continue;
        if (command === 'CAPABILITY') socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`);
        else if (command === 'LOGIN') socket.write(`${tag} ${REFUSALS[trouble] ?? 'BAD what?'}\r\n`);
        else socket.write(`${tag} OK done\r\n`);
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  };
  if (trouble === 'gone') await close();
  return { port, close: trouble === 'gone' ? async () => {} : close };
}
