import type { ImapFlow } from 'imapflow';
import type { Batch, ConnectorContext } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { type ImapConnection, imapConnection, sentMailboxOf } from './imap.client.js';
import { type MailCursor, openCursor } from './mailbox.cursor.js';
import { readMailbox } from './mailbox.reader.js';
import type { MailNetwork } from './server.address.js';

export interface AccountReading {
  context: ConnectorContext<MailConfig>;
  cursor: unknown;
  network: MailNetwork;
  maxBytes: number;
}

/** What the server does not tell by itself, such as mail that somebody sent by another program, is looked for this often. */
const LOOK_AFTER_MS = 60_000;

/** Reads what is new, once. */
export function pollMail(reading: AccountReading): AsyncGenerator<Batch<MailCursor>> {
  return connected(reading, (client, cursor, sent) => readNew(client, reading, cursor, sent));
}

/** Reads what is new, and then whatever comes (IMAP IDLE), until the signal aborts or the connection is lost. */
export function listenToMail(reading: AccountReading): AsyncGenerator<Batch<MailCursor>> {
  return connected(reading, async function* (client, cursor, sent, rethrow) {
    const news = newsOf(client);
    while (!reading.context.signal.aborted) {
      news.forget();
      // A lost connection is known by its end; asking it anything would wait for an answer first.
      if (!client.usable) rethrow(new Error('closed'));
      yield* readNew(client, reading, cursor, sent);
      // Also without mail: it says that we are there.
      yield { events: [], cursor: structuredClone(cursor), more: false };
      await news.next(LOOK_AFTER_MS);
    }
  });
}

type Work = (
  client: ImapFlow,
  cursor: MailCursor,
  sent: string | undefined,
  rethrow: ImapConnection['rethrow'],
) => AsyncGenerator<Batch<MailCursor>>;

async function* connected(reading: AccountReading, work: Work): AsyncGenerator<Batch<MailCursor>> {
  const { context, network } = reading;
  const { config, signal } = context;
  const connection = imapConnection({ config, network, signal, now: context.now });
  const { client } = connection;
  try {
    await connection.open();
    const sent = await sentMailboxOf(client, config);
    yield* work(client, openCursor(reading.cursor), sent, connection.rethrow);
  } catch (error) {
    connection.rethrow(error);
  } finally {
    await connection.close();
  }
}

/** New mail of both mailboxes; `cursor` is moved on with each batch. */
async function* readNew(
  client: ImapFlow,
  { context, maxBytes }: AccountReading,
  cursor: MailCursor,
  sent: string | undefined,
): AsyncGenerator<Batch<MailCursor>> {
  const { mailbox } = context.config;
  // The one that is listened to comes last, and stays open: what arrives from its reading on is told.
  for (const path of sent && sent !== mailbox ? [sent, mailbox] : [mailbox]) {
    const position = cursor.mailboxes[path];
    if (path === sent && position && !(await hasChanged(client, path, position))) continue;
    for await (const step of readMailbox(client, { context, path, isSent: path === sent, position, maxBytes })) {
      const { events, receipts, gap, more } = step;
      cursor.mailboxes[path] = step.position;
      const told = { ...(receipts.length > 0 && { receipts }), ...(gap && { gap }) };
      yield { events, ...told, cursor: structuredClone(cursor), more };
      if (context.signal.aborted) return;
    }
  }
}

async function hasChanged(client: ImapFlow, path: string, position: MailCursor['mailboxes'][string]): Promise<boolean> {
  const status = await client.status(path, { uidNext: true, uidValidity: true });
  if (!status) return true;
  return String(status.uidValidity) !== position.uidValidity || Number(status.uidNext) - 1 > position.lastUid;
}

/** What the server tells between commands. An event that comes while mail is read is not forgotten. */
function newsOf(client: ImapFlow) {
  let isThere = false;
  let wake = () => {};
  const tell = () => {
    isThere = true;
    wake();
  };
  client.on('exists', tell).on('close', tell);
  return {
    forget() {
      isThere = false;
    },
    /** Waits in IDLE for mail, for the connection's end, or for so long. */
    async next(mostMs: number): Promise<void> {
      if (isThere) return;
      const woken = new Promise<void>(resolve => (wake = resolve));
      const timer = setTimeout(() => wake(), mostMs);
      client.idle().catch(() => wake());
      await woken;
      clearTimeout(timer);
    },
  };
}
