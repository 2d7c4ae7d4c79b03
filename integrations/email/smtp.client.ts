import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { MailConfig, MailServer } from './account.config.js';
import { connectTo, type MailNetwork } from './server.address.js';

export interface SmtpSession {
  /** Answers who was refused, which is not everybody. */
  send(envelope: { from: string; to: string[] }, raw: Buffer): Promise<{ rejected: string[] }>;
  /** Whether the server had said it takes the mail, so that nobody can tell what became of it when the connection broke. */
  isOnItsWay(): boolean;
}

/** Connects, logs in, does the work and takes leave. Throws what the library throws. */
export async function withSmtp<Result>(
  {
    config,
    server,
    network,
    signal,
  }: { config: MailConfig; server: MailServer; network: MailNetwork; signal: AbortSignal },
  work: (session: SmtpSession) => Promise<Result>,
): Promise<Result> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    connection: await connectTo(server, network, signal),
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(isIP(server.host) === 0 && { tls: { servername: server.host } }),
    name: config.address.split('@').at(-1)!,
    greetingTimeout: 15_000,
    socketTimeout: 120_000,
    logger: false,
  });
  let isOnItsWay = false;
  // One failure for the whole session: it comes as an event, whichever step is under way.
  const failed = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    connection.on('end', () => reject(Object.assign(new Error('closed'), { code: 'ECONNECTION' })));
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  failed.catch(() => {});
  const step = <Value>(start: (done: (error: unknown, value?: Value) => void) => void): Promise<Value> =>
    Promise.race([
      failed,
      new Promise<Value>((resolve, reject) =>
        start((error, value) => (error ? reject(error) : resolve(value as Value))),
      ),
    ]);
  try {
    await step(done => connection.connect(done));
    await step(done => connection.login(loginOf(config), done));
    return await work({
      isOnItsWay: () => isOnItsWay,
      send: async (envelope, raw) => {
        // It is read only when the server has said "go ahead" to DATA.
        const message = new Readable({
          read() {
            isOnItsWay = true;
            this.push(raw);
            this.push(null);
          },
        });
        const sent = await step<{ rejected?: string[] }>(done =>
          connection.send({ ...envelope, size: raw.length }, message, done as never),
        );
        return { rejected: sent.rejected ?? [] };
      },
    }).catch(error => {
      throw Object.assign(error as Error, { isOnItsWay });
    });
  } finally {
    if (signal.aborted) connection.close();
    else connection.quit();
  }
}

function loginOf({ user, login }: MailConfig) {
  if ('password' in login) return { credentials: { user, pass: login.password } };
  return { user, method: 'XOAUTH2', oauth2: new XOAuth2({ user, accessToken: login.accessToken }) };
}
