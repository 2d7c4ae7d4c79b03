import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Dovecot } from './dovecot.js';

export type MailTrouble = 'no' | 'limited' | 'broken' | 'lostAnswer' | 'expired' | 'unknownPerson' | 'fullMailbox';

export interface MailServer {
  host: string;
  port: number;
  /** Everything that was taken, in order. */
  taken: { from: string; to: string[]; raw: string }[];
  misbehave(trouble: MailTrouble): void;
  close(): Promise<void>;
}

type Refusal = Error & { responseCode: number };

/** A mail server on loopback that hands over to a Dovecot by LMTP; `keepsSent` puts a copy among the sender's sent mail. */
export async function startMailServer(dovecot: Dovecot, { keepsSent = false } = {}): Promise<MailServer> {
  const taken: MailServer['taken'] = [];
  let trouble: MailTrouble = 'no';
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    logger: false,
    onAuth(auth, _session, callback) {
      const isRight = auth.password === 'flour-and-water' || auth.accessToken === 'granted';
      if (trouble === 'expired' || !isRight) return callback(refusal(535, '5.7.8 Authentication failed'));
      callback(null, { user: auth.username });
    },
    onMailFrom(_address, _session, callback) {
      if (trouble === 'limited') return callback(refusal(450, '4.7.1 Rate limit exceeded'));
      if (trouble === 'broken') return callback(refusal(451, '4.3.0 Try again later'));
      callback();
    },
    onRcptTo(_address, _session, callback) {
      if (trouble === 'unknownPerson') return callback(refusal(550, '5.1.1 No such user here'));
      if (trouble === 'fullMailbox') return callback(refusal(452, '4.2.2 Mailbox full'));
      callback();
    },
    onData(stream, session, callback) {
      receive(stream, session).then(
        () => {
          if (trouble !== 'lostAnswer') return callback();
          for (const connection of server.connections) {
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
          }
        },
        error => callback(error),
      );
    },
  });
  server.on('error', () => {});

  async function receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const from = envelope.mailFrom ? envelope.mailFrom.address : '';
    const to = envelope.rcptTo.map(({ address }) => address);
    taken.push({ from, to, raw: raw.toString('utf8') });
    if (keepsSent) await dovecot.deliver(raw, from.replace('@', '+Sent@'), from);
    for (const address of to) await dovecot.deliver(raw, address, from);
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.server.address() as { port: number }).port,
    taken,
    misbehave: (next: MailTrouble) => {
      trouble = next;
    },
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode });
}
