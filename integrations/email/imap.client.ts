import { ImapFlow, type SearchObject } from 'imapflow';
import { ConnectorError } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { imapFault } from './mail.faults.js';
import { lookupFor, type MailNetwork } from './server.address.js';

/** RFC 2177: a server may end an IDLE after half an hour. */
const IDLE_MS = 20 * 60_000;

export interface ImapTask {
  config: MailConfig;
  network: MailNetwork;
  signal: AbortSignal;
  now(): Date;
}

/**
 * Logs in, does the work and logs out. Whatever fails is thrown as `ConnectorError`; what fails because the signal aborted is not
 * thrown, and answers undefined.
 */
export async function withImap<Result>(
  task: ImapTask,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result | undefined> {
  const connection = imapConnection(task);
  try {
    await connection.open();
    return await work(connection.client);
  } catch (error) {
    return connection.rethrow(error);
  } finally {
    await connection.close();
  }
}

export interface ImapConnection {
  client: ImapFlow;
  open(): Promise<void>;
  /** Throws the failure as `ConnectorError`, unless we were told to stop. */
  rethrow(error: unknown): undefined;
  close(): Promise<void>;
}

export function imapConnection({ config, network, signal, now }: ImapTask): ImapConnection {
  const { imap, user, login } = config;
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'tls',
    ...(imap.security !== 'tls' && { doSTARTTLS: imap.security === 'starttls' }),
    auth: 'accessToken' in login ? { user, accessToken: login.accessToken } : { user, pass: login.password },
    // The lookup is handed on to the socket, secure or not.
    tls: { lookup: lookupFor(imap.host, network) } as object,
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: IDLE_MS,
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    clientInfo: { name: 'Vinculo', version: false, vendor: false },
  });
  let failure: unknown;
  // Failures between commands come as events; without a listener they would end the process.
  client.on('error', (error: unknown) => (failure ??= error));
  const stop = () => client.close();
  signal.addEventListener('abort', stop);

  return {
    client,
    async open() {
      signal.throwIfAborted();
      await client.connect();
    },
    rethrow(error) {
      if (signal.aborted) return undefined;
      throw new ConnectorError(imapFault(failure ?? error, now()), { cause: error });
    },
    async close() {
      signal.removeEventListener('abort', stop);
      if (client.usable && !signal.aborted) await client.logout().catch(() => {});
      client.close();
    },
  };
}

/** UIDs in the open mailbox. The library answers a search that failed like one that found nothing; here it throws. */
export async function searchUids(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true });
  if (found) return found;
  throw new ConnectorError({
    class: 'transient',
    message: 'The mail server did not answer what was looked for.',
    scope: 'endpoint',
  });
}

/** Where the server keeps what was sent: as the owner says, or as the server marks it; undefined when neither does. */
export async function sentMailboxOf(client: ImapFlow, config: MailConfig): Promise<string | undefined> {
  if (config.sentMailbox) return config.sentMailbox;
  const mailboxes = await client.list();
  return mailboxes.find(({ specialUse }) => specialUse === '\\Sent')?.path;
}
