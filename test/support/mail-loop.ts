import { emailConnector, type MailCursor } from '../../integrations/email/connector.js';
import type {
  Batch,
  Draft,
  InboundEvent,
  ParentPost,
  Receipt,
  Rendered,
  SendCommand,
  SourceDescription,
  UpsertEvent,
} from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { contextFor } from './connector-context.js';
import { startDovecot } from './dovecot.js';
import { startMailServer } from './mail-server.js';

export const connector = emailConnector({ allowPrivateAddresses: true });
export const CUSTOMER = 'zoe@customer.example';

/** Mailboxes of a real Dovecot, a mail server that hands over to it, and an adapter that reads and sends through both. */
export async function openMailLoop() {
  const dovecot = await startDovecot();
  const smtp = await startMailServer(dovecot);
  const stops: AbortController[] = [];
  let count = 0;

  function account(address: string, settings: Record<string, unknown> = {}, password = dovecot.password) {
    return {
      kind: 'ACCOUNT',
      query: address,
      credentials: { password },
      settings: {
        imapHost: dovecot.host,
        imapPort: dovecot.port,
        imapSecure: 'none',
        smtpHost: smtp.host,
        smtpPort: smtp.port,
        smtpSecure: 'none',
        fromName: 'Panadería Sol',
        ...settings,
      },
    } satisfies SourceDescription;
  }

  async function poll(
    address: string,
    cursor: MailCursor | null,
    settings: Record<string, unknown> = {},
    since = new Date(),
  ) {
    // A reading that is called off stops between mails, and large ones take a busy machine long.
    const signal = AbortSignal.timeout(60_000);
    const context = { ...contextFor(connector, account(address, settings), { signal }), since };
    const batches = await Array.fromAsync(connector.poll!(context, cursor) as AsyncIterable<Batch<MailCursor>>);
    return {
      events: batches.flatMap(batch => batch.events) as UpsertEvent[],
      receipts: batches.flatMap(batch => batch.receipts ?? []),
      cursor: batches.at(-1)?.cursor ?? cursor,
    };
  }

  /** Listens in the background; `next` waits for the next event, and `receipt` for a receipt. */
  function listen(address: string, cursor: MailCursor | null) {
    const stop = new AbortController();
    stops.push(stop);
    const context = contextFor(connector, account(address), { signal: stop.signal });
    const seen: InboundEvent[] = [];
    const receipts: Receipt[] = [];
    let last = cursor;
    let wake = () => {};
    let failure: unknown;
    let isWaiting = false;
    const ended = (async () => {
      for await (const batch of connector.listen!(context, cursor) as AsyncIterable<Batch<MailCursor>>) {
        seen.push(...batch.events);
        receipts.push(...(batch.receipts ?? []));
        last = batch.cursor;
        isWaiting ||= !batch.more && batch.events.length === 0;
        wake();
      }
    })().catch(error => {
      failure = error;
      wake();
    });
    const until = async (isSo: () => boolean) => {
      while (!isSo() && failure === undefined) await new Promise<void>(resolve => (wake = resolve));
      if (!isSo()) throw failure;
    };
    return {
      ready: () => until(() => isWaiting),
      next: async () => {
        await until(() => seen.length > 0);
        return seen.shift() as UpsertEvent;
      },
      receipt: async () => {
        await until(() => receipts.length > 0);
        return receipts.shift()!;
      },
      ended: async () => {
        await ended;
        return failure;
      },
      get cursor() {
        return last;
      },
      stop: async () => {
        stop.abort();
        await ended;
      },
    };
  }

  function commandFor(address: string, parent: ParentPost | null, draft: Partial<Draft> = {}): SendCommand {
    const context = contextFor(connector, account(address));
    const rendered = connector.render!(context, { text: 'Hola', visibility: 'private', ...draft }, parent);
    return {
      key: newId(),
      kind: parent ? 'reply' : 'message',
      visibility: 'private',
      parent,
      rendered: rendered as Rendered,
      media: [],
      firstTriedAt: new Date(),
    };
  }

  const send = (address: string, command: SendCommand, settings = {}) =>
    connector.send!(contextFor(connector, account(address, settings)), command);

  function mail(to: string, lines: Record<string, string> = {}, text = 'Hola, ¿abren el domingo?'): string {
    count += 1;
    const head = {
      From: `Zoé <${CUSTOMER}>`,
      To: to,
      Subject: 'Domingo',
      'Message-ID': `<m${count}@customer.example>`,
      Date: new Date().toUTCString(),
      'Content-Type': 'text/plain; charset=utf-8',
      ...lines,
    };
    return `${Object.entries(head)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n\n${text}\n`;
  }

  /** An address that nobody else's test uses. */
  function someone(name: string): string {
    count += 1;
    return `${name}${count}@bakery.example`;
  }

  return {
    dovecot,
    smtp,
    account,
    someone,
    poll,
    listen,
    commandFor,
    send,
    mail,
    /** Stops who listens, and the mail server's misbehaving. */
    quiet() {
      smtp.misbehave('no');
      for (const stop of stops.splice(0)) stop.abort();
    },
    async close() {
      await smtp.close();
      await dovecot.stop();
    },
  };
}

export type MailLoop = Awaited<ReturnType<typeof openMailLoop>>;

/** An event as it is given back when it is answered. */
export function parentOf(event: UpsertEvent): ParentPost {
  const { ref, kind, author, own, text, title, occurredAt, replyability, replyTo, root } = event;
  return { ref, kind, author, own, text, title, occurredAt, replyability, replyTo, root };
}

/** A delivery report (RFC 3464) on the mail with this id. */
export function bounce(to: string, id: string, status: string, said: string): string {
  return `From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: ${to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-${status}@relay.example>
Date: ${new Date().toUTCString()}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: ${new Date().toUTCString()}

Final-Recipient: rfc822; nobody@customer.example
Action: failed
Status: ${status}
Diagnostic-Code: ${said}

--r
Content-Type: message/rfc822

From: ${to}
To: nobody@customer.example
Subject: Re: Domingo
Message-ID: <${id}>

Hola
--r--
`;
}
