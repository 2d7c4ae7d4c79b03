import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Batch,
  ConnectorError,
  type Draft,
  type InboundEvent,
  type ParentPost,
  type Receipt,
  type Rendered,
  type SendCommand,
  type SourceDescription,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Dovecot, missingDovecot, startDovecot } from '../../test/support/dovecot.js';
import { type MailServer, startMailServer } from '../../test/support/mail-server.js';
import { emailConnector, type MailCursor } from './connector.js';
import { messageIdOf } from './thread.rules.js';

const connector = emailConnector({ allowPrivateAddresses: true });
const BAKERY = 'orders@bakery.example';
const CUSTOMER = 'zoe@customer.example';

if (missingDovecot) console.warn(missingDovecot);

(missingDovecot ? describe.skip : describe)('mail through a real server', () => {
  let dovecot: Dovecot;
  let smtp: MailServer;
  let count = 0;
  const stops: AbortController[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
    smtp = await startMailServer(dovecot);
  });
  afterEach(() => {
    smtp.misbehave('no');
    for (const stop of stops.splice(0)) stop.abort();
  });
  afterAll(async () => {
    await smtp?.close();
    await dovecot?.stop();
  });

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

  /** An address that nobody else's test uses. */
  const someone = (name: string) => {
    count += 1;
    return `${name}${count}@bakery.example`;
  };

  async function poll(address: string, cursor: MailCursor | null, settings: Record<string, unknown> = {}) {
    const context = contextFor(connector, account(address, settings));
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

  function parentOf(event: UpsertEvent): ParentPost {
    const { ref, kind, author, own, text, title, occurredAt, replyability, replyTo, root } = event;
    return { ref, kind, author, own, text, title, occurredAt, replyability, replyTo, root };
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

  test('a mail is heard as it comes, answered, and the answer to the answer stays in the conversation', async () => {
    const [bakery, customer] = [someone('orders'), someone('zoe')];
    const heard = listen(bakery, null);
    await heard.ready();
    await dovecot.deliver(
      mail(bakery, { From: `Zoé <${customer}>`, 'Message-ID': '<first@customer.example>' }),
      bakery,
    );
    const question = await heard.next();
    expect(question).toMatchObject({
      ref: { id: 'first@customer.example' },
      author: { id: customer, handle: customer, displayName: 'Zoé' },
      text: 'Hola, ¿abren el domingo?',
      title: 'Domingo',
      own: false,
      auto: false,
      kind: 'DIRECT_MESSAGE',
    });

    const answering = listen(customer, null);
    await answering.ready();
    const command = commandFor(bakery, parentOf(question), { text: 'Sí, de 8 a 13 <h>.\n\nSaludos' });
    const sent = await send(bakery, {
      ...command,
      media: [{ kind: 'file', bytes: Buffer.from('pan, 2'), type: 'text/plain', name: 'precios ñ.txt' }],
    });
    expect(sent).toMatchObject({ state: 'sent', ref: { id: messageIdOf(command.key, bakery) } });
    const answer = await answering.next();
    expect(answer).toMatchObject({
      ref: { id: messageIdOf(command.key, bakery) },
      parent: { id: 'first@customer.example' },
      root: { id: 'first@customer.example' },
      author: { id: bakery, displayName: 'Panadería Sol' },
      title: 'Re: Domingo',
      text: 'Sí, de 8 a 13 <h>.\n\nSaludos',
      html: expect.stringContaining('&lt;h&gt;'),
      auto: false,
    });
    expect(answer.media).toMatchObject([{ kind: 'file', content: { name: 'precios ñ.txt', type: 'text/plain' } }]);
    expect(answer.media[0]!.content!.bytes.toString()).toBe('pan, 2');

    // Back: the customer's mail program answers with a quote below.
    const back = commandFor(customer, parentOf(answer), { text: 'Gracias\n\nEl dom, Panadería escribió:\n> Sí, de 8' });
    await send(customer, back);
    expect(await heard.next()).toMatchObject({ own: true, ref: { id: messageIdOf(command.key, bakery) } });
    expect(await heard.next()).toMatchObject({
      parent: { id: messageIdOf(command.key, bakery) },
      root: { id: 'first@customer.example' },
      text: 'Gracias',
      own: false,
    });
  });

  test('a mail that the server delivers twice is one post', async () => {
    const bakery = someone('orders');
    const { cursor } = await poll(bakery, null);
    const twice = mail(bakery);
    await dovecot.deliver(twice, bakery);
    await dovecot.deliver(twice, bakery);
    const { events } = await poll(bakery, cursor);
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(events[0]);
  });

  test('when there is nothing new, the last mail is not read again', async () => {
    const bakery = someone('orders');
    const first = await poll(bakery, null);
    await dovecot.deliver(mail(bakery), bakery);
    const second = await poll(bakery, first.cursor);
    expect(second.events).toHaveLength(1);
    expect(await poll(bakery, second.cursor)).toMatchObject({ events: [], cursor: second.cursor });
  });

  test('a mailbox begins with what comes from now on, unless its owner wants the past', async () => {
    const bakery = someone('orders');
    await dovecot.deliver(mail(bakery), bakery);
    expect((await poll(bakery, null)).events).toEqual([]);
    expect((await poll(bakery, null, { history: 'all' })).events).toHaveLength(1);
    expect((await poll(bakery, null, { history: 7 })).events).toHaveLength(1);
  });

  test('a server that restarts in the middle of listening is a passing failure, and nothing is lost', async () => {
    const bakery = someone('orders');
    const heard = listen(bakery, null);
    await heard.ready();
    await dovecot.restart();
    const failure = await heard.ended();
    expect(failure).toBeInstanceOf(ConnectorError);
    expect((failure as ConnectorError).fault.class).toBe('transient');
    await dovecot.deliver(mail(bakery, { Subject: 'Después' }), bakery);
    const again = listen(bakery, heard.cursor);
    expect(await again.next()).toMatchObject({ title: 'Después' });
  });

  test('when the server numbers its mails anew, what came since is read and what is known is not doubled', async () => {
    const bakery = someone('orders');
    const start = await poll(bakery, null);
    for (const subject of ['Uno', 'Dos']) await dovecot.deliver(mail(bakery, { Subject: subject }), bakery);
    const before = await poll(bakery, start.cursor);
    expect(before.events.map(event => event.title)).toEqual(['Uno', 'Dos']);
    await dovecot.deliver(mail(bakery, { Subject: 'Tres' }), bakery);
    dovecot.renumber(bakery);
    const after = await poll(bakery, before.cursor);
    expect(after.cursor!.mailboxes['INBOX']!.uidValidity).not.toBe(before.cursor!.mailboxes['INBOX']!.uidValidity);
    const known = new Map(before.events.map(event => [event.ref.id, event.revision]));
    expect(after.events.filter(event => !known.has(event.ref.id)).map(event => event.title)).toEqual(['Tres']);
    for (const event of after.events) expect(known.get(event.ref.id) ?? event.revision).toBe(event.revision);
    expect((await poll(bakery, after.cursor)).events).toEqual([]);
  });

  test('a mail that comes back is a receipt of the mail it is about', async () => {
    const bakery = someone('orders');
    const { cursor } = await poll(bakery, null);
    const id = messageIdOf(newId(), bakery);
    await dovecot.deliver(bounce(bakery, id, '5.1.1', 'smtp; 550 5.1.1 no such user'), bakery, '');
    await dovecot.deliver(bounce(bakery, id, '4.4.1', 'smtp; 451 4.4.1 no answer'), bakery, '');
    const { events, receipts } = await poll(bakery, cursor);
    expect(events).toEqual([]);
    expect(receipts).toMatchObject([
      { ref: { id }, state: 'failed', fault: { class: 'not_found', code: '5.1.1' } },
      { ref: { id }, state: 'failed', fault: { class: 'transient', code: '4.4.1' } },
    ]);
  });

  test('what was sent lies among the sent mail once, and is found there by its key', async () => {
    const [bakery, customer] = [someone('orders'), someone('zoe')];
    const { cursor } = await poll(bakery, null);
    const command = { ...commandFor(bakery, null), recipient: { id: customer } };
    const context = contextFor(connector, account(bakery));
    expect(await connector.findSent!(context, command)).toBeNull();
    await send(bakery, command);
    expect(await connector.findSent!(context, command)).toMatchObject({
      ref: { id: messageIdOf(command.key, bakery) },
      replyTo: { to: [customer] },
    });
    const { events } = await poll(bakery, cursor);
    expect(events).toMatchObject([{ own: true, title: 'Hola', author: { id: bakery } }]);
  });

  test('a server that keeps what is sent by itself is given no second copy', async () => {
    const bakery = someone('orders');
    const keeping = await startMailServer(dovecot, { keepsSent: true });
    const { cursor } = await poll(bakery, null);
    const command = { ...commandFor(bakery, null), recipient: { id: CUSTOMER } };
    await send(bakery, command, { smtpPort: keeping.port });
    expect((await poll(bakery, cursor)).events).toHaveLength(1);
    await keeping.close();
  });

  test('a refusal of the server is told apart: for now, for ever, too fast, and no such person', async () => {
    const bakery = someone('orders');
    const command = { ...commandFor(bakery, null), recipient: { id: CUSTOMER } };
    const refused = async (trouble: Parameters<MailServer['misbehave']>[0]) => {
      smtp.misbehave(trouble);
      return send(bakery, command).catch(error => (error as ConnectorError).fault);
    };
    expect(await refused('broken')).toMatchObject({ class: 'transient', code: '4.3.0' });
    expect(await refused('fullMailbox')).toMatchObject({ class: 'transient', code: '4.2.2' });
    expect(await refused('limited')).toMatchObject({ class: 'rate', retryAt: expect.any(Date) });
    expect(await refused('unknownPerson')).toMatchObject({ class: 'not_found', scope: 'message' });
    expect(await refused('expired')).toMatchObject({ class: 'auth', scope: 'account' });
  });

  test('when the connection breaks after the mail was handed over, nobody claims to know', async () => {
    const [bakery, customer] = [someone('orders'), someone('zoe')];
    smtp.misbehave('lostAnswer');
    const command = { ...commandFor(bakery, null), recipient: { id: customer } };
    expect(await send(bakery, command)).toEqual({ state: 'unknown' });
    smtp.misbehave('no');
    await send(bakery, command);
    const [first, second] = smtp.taken.slice(-2);
    expect(second).toEqual(first);
  });

  test('a check logs in on both sides, and says which of them does not let us in', async () => {
    const check = (settings: object, password?: string) =>
      connector.check(contextFor(connector, account(BAKERY, settings as never, password)));
    expect(await check({})).toMatchObject({ ok: true, account: { id: BAKERY, displayName: 'Panadería Sol' } });
    expect(await check({}, 'wrong')).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account' } });
    expect(await check({ smtpHost: '' })).toMatchObject({ ok: true, grants: { reply: { private: false } } });
    expect(await check({ mailbox: 'Nowhere' })).toMatchObject({ ok: false, problem: { class: 'not_found' } });
    smtp.misbehave('expired');
    expect(await check({})).toMatchObject({ ok: false, problem: { class: 'auth' } });
  });

  test('an access token opens the outgoing server instead of a password', async () => {
    const bakery = someone('orders');
    const source = { ...account(bakery), credentials: { accessToken: 'granted' } };
    const command = { ...commandFor(bakery, null), recipient: { id: CUSTOMER } };
    const settings = { ...source.settings, saveSent: 'no' };
    expect(await connector.send!(contextFor(connector, { ...source, settings }), command)).toMatchObject({
      state: 'sent',
    });
  });

  test('a mail beyond the limit is read in part, without its attachments', async () => {
    const bakery = someone('orders');
    const small = emailConnector({ allowPrivateAddresses: true, maxMessageBytes: 1000 });
    const { cursor } = await poll(bakery, null);
    const large = mail(
      bakery,
      { 'Content-Type': 'multipart/mixed; boundary=b' },
      `--b\nContent-Type: text/plain\n\nMira la foto\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\n${'QUJD'.repeat(500)}\n--b--`,
    );
    await dovecot.deliver(large, bakery);
    const warnings: unknown[] = [];
    const log = { info() {}, warn: (details: object) => warnings.push(details) };
    const batches = await Array.fromAsync(small.poll!(contextFor(small, account(bakery), { log }), cursor));
    expect(batches.flatMap(({ events }) => events)).toMatchObject([{ text: 'Mira la foto', media: [] }]);
    expect(warnings).toMatchObject([{ count: 1 }]);
  });

  test('without the encryption that was asked for no password is told', async () => {
    const plain = account(BAKERY, { imapSecure: 'starttls' });
    expect(await connector.check(contextFor(connector, plain))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
    const unencrypted = account(BAKERY, { smtpSecure: 'starttls' });
    const answer = await connector.check(contextFor(connector, unencrypted));
    expect(answer).toMatchObject({ ok: false, problem: { class: 'invalid' } });
    const tls = account(BAKERY, { imapSecure: 'tls' });
    expect(await connector.check(contextFor(connector, tls))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
  });

  test('a connection to a private address is refused unless the installation allows it', async () => {
    const guarded = emailConnector({ allowPrivateAddresses: false });
    const source = account(BAKERY, { imapSecure: 'tls', smtpSecure: 'starttls' });
    expect(await guarded.check(contextFor(guarded, source))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
    const named = account(BAKERY, { imapHost: 'localhost', imapSecure: 'tls', smtpSecure: 'starttls' });
    expect(await guarded.check(contextFor(guarded, named))).toMatchObject({ ok: false, problem: { class: 'invalid' } });
    expect(() => guarded.configure(account(BAKERY))).toThrow('over TLS');
  });
});

function bounce(to: string, id: string, status: string, said: string): string {
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
