import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConnectorError } from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { contextFor } from '../../test/support/connector-context.js';
import { missingDovecot } from '../../test/support/dovecot.js';
import { bounce, connector, type MailLoop, openMailLoop, parentOf } from '../../test/support/mail-loop.js';
import { emailConnector } from './connector.js';
import { messageIdOf } from './thread.rules.js';

if (missingDovecot) console.warn(missingDovecot);

(missingDovecot ? describe.skip : describe)('mail read from a real server', () => {
  let loop: MailLoop;
  beforeAll(async () => {
    loop = await openMailLoop();
  });
  afterEach(() => loop.quiet());
  afterAll(() => loop?.close());

  test('a mail is heard as it comes, answered, and the answer to the answer stays in the conversation', async () => {
    const [bakery, customer] = [loop.someone('orders'), loop.someone('zoe')];
    const heard = loop.listen(bakery, null);
    await heard.ready();
    await loop.dovecot.deliver(
      loop.mail(bakery, { From: `Zoé <${customer}>`, 'Message-ID': '<first@customer.example>' }),
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

    const answering = loop.listen(customer, null);
    await answering.ready();
    const command = loop.commandFor(bakery, parentOf(question), { text: 'Sí, de 8 a 13 <h>.\n\nSaludos' });
    const sent = await loop.send(bakery, {
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
    const back = loop.commandFor(customer, parentOf(answer), {
      text: 'Gracias\n\nEl dom, Panadería escribió:\n> Sí, de 8',
    });
    await loop.send(customer, back);
    expect(await heard.next()).toMatchObject({ own: true, ref: { id: messageIdOf(command.key, bakery) } });
    expect(await heard.next()).toMatchObject({
      parent: { id: messageIdOf(command.key, bakery) },
      root: { id: 'first@customer.example' },
      text: 'Gracias',
      own: false,
    });
  });

  test('a mail that the server delivers twice is one post', async () => {
    const bakery = loop.someone('orders');
    const { cursor } = await loop.poll(bakery, null);
    const twice = loop.mail(bakery);
    await loop.dovecot.deliver(twice, bakery);
    await loop.dovecot.deliver(twice, bakery);
    const { events } = await loop.poll(bakery, cursor);
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(events[0]);
  });

  test('when there is nothing new, the last mail is not read again', async () => {
    const bakery = loop.someone('orders');
    const first = await loop.poll(bakery, null);
    await loop.dovecot.deliver(loop.mail(bakery), bakery);
    const second = await loop.poll(bakery, first.cursor);
    expect(second.events).toHaveLength(1);
    expect(await loop.poll(bakery, second.cursor)).toMatchObject({ events: [], cursor: second.cursor });
  });

  test('a mailbox begins where it was connected, less what clocks differ by, unless its owner wants the past', async () => {
    const bakery = loop.someone('orders');
    await loop.dovecot.deliver(loop.mail(bakery), bakery);
    const later = new Date(Date.now() + 11 * 60_000);
    expect((await loop.poll(bakery, null, {}, later)).events).toEqual([]);
    expect((await loop.poll(bakery, null)).events).toHaveLength(1);
    expect((await loop.poll(bakery, null, { history: 'all' })).events).toHaveLength(1);
    expect((await loop.poll(bakery, null, { history: 7 })).events).toHaveLength(1);
  });

  test('a server that restarts in the middle of listening is a passing failure, and nothing is lost', async () => {
    const bakery = loop.someone('orders');
    const heard = loop.listen(bakery, null);
    await heard.ready();
    await loop.dovecot.restart();
    const failure = await heard.ended();
    expect(failure).toBeInstanceOf(ConnectorError);
    expect((failure as ConnectorError).fault.class).toBe('transient');
    await loop.dovecot.deliver(loop.mail(bakery, { Subject: 'Después' }), bakery);
    const again = loop.listen(bakery, heard.cursor);
    expect(await again.next()).toMatchObject({ title: 'Después' });
  });

  test('when the server numbers its mails anew, what came since is read and what is known is not doubled', async () => {
    const bakery = loop.someone('orders');
    const start = await loop.poll(bakery, null);
    for (const subject of ['Uno', 'Dos']) await loop.dovecot.deliver(loop.mail(bakery, { Subject: subject }), bakery);
    const before = await loop.poll(bakery, start.cursor);
    expect(before.events.map(event => event.title)).toEqual(['Uno', 'Dos']);
    await loop.dovecot.deliver(loop.mail(bakery, { Subject: 'Tres' }), bakery);
    loop.dovecot.renumber(bakery);
    const after = await loop.poll(bakery, before.cursor);
    expect(after.cursor!.mailboxes['INBOX']!.uidValidity).not.toBe(before.cursor!.mailboxes['INBOX']!.uidValidity);
    const known = new Map(before.events.map(event => [event.ref.id, event.revision]));
    expect(after.events.filter(event => !known.has(event.ref.id)).map(event => event.title)).toEqual(['Tres']);
    for (const event of after.events) expect(known.get(event.ref.id) ?? event.revision).toBe(event.revision);
    expect((await loop.poll(bakery, after.cursor)).events).toEqual([]);
  });

  test('a mail that comes back is a receipt of the mail it is about', async () => {
    const bakery = loop.someone('orders');
    const { cursor } = await loop.poll(bakery, null);
    const id = messageIdOf(newId(), bakery);
    await loop.dovecot.deliver(bounce(bakery, id, '5.1.1', 'smtp; 550 5.1.1 no such user'), bakery, '');
    await loop.dovecot.deliver(bounce(bakery, id, '4.4.1', 'smtp; 451 4.4.1 no answer'), bakery, '');
    const { events, receipts } = await loop.poll(bakery, cursor);
    expect(events).toEqual([]);
    expect(receipts).toMatchObject([
      { ref: { id }, state: 'failed', fault: { class: 'not_found', code: '5.1.1' } },
      { ref: { id }, state: 'failed', fault: { class: 'transient', code: '4.4.1' } },
    ]);
  });

  test('a mail beyond the limit is read in part, and says which attachments it had', async () => {
    const bakery = loop.someone('orders');
    const small = emailConnector({ allowPrivateAddresses: true, maxMessageBytes: 1000 });
    const { cursor } = await loop.poll(bakery, null);
    const large = loop.mail(
      bakery,
      { 'Content-Type': 'multipart/mixed; boundary=b' },
      `--b\nContent-Type: text/plain\n\nMira la foto\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\n${'QUJD'.repeat(500)}\n--b--`,
    );
    await loop.dovecot.deliver(large, bakery);
    const warnings: unknown[] = [];
    const log = { info() {}, warn: (details: object) => warnings.push(details) };
    const batches = await Array.fromAsync(small.poll!(contextFor(small, loop.account(bakery), { log }), cursor));
    expect(batches.flatMap(({ events }) => events)).toMatchObject([
      { text: 'Mira la foto', media: [{ kind: 'image', content: { name: 'a.png', isTooLarge: true } }] },
    ]);
    expect(warnings).toMatchObject([{ count: 1 }]);
  });

  test('an attachment of 25 MiB arrives byte for byte, and of a larger one it is told that it was there', async () => {
    const bakery = loop.someone('orders');
    const { cursor } = await loop.poll(bakery, null);
    const bytes = randomBytes(25 * 1024 * 1024);
    const withFile = (file: Buffer, name: string) =>
      loop.mail(
        bakery,
        { 'Content-Type': 'multipart/mixed; boundary=b' },
        `--b\nContent-Type: text/plain\n\nMira\n--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename=${name}\nContent-Transfer-Encoding: base64\n\n${file.toString('base64').replace(/.{76}/g, '$&\n')}\n--b--`,
      );
    await loop.dovecot.deliver(withFile(bytes, 'fits.zip'), bakery);
    await loop.dovecot.deliver(withFile(Buffer.concat([bytes, Buffer.from('x')]), 'large.zip'), bakery);
    const { events } = await loop.poll(bakery, cursor);
    const [fits, large] = events.map(({ media }) => media[0]!.content!);
    expect(fits!.bytes.equals(bytes)).toBe(true);
    expect(large).toEqual({
      bytes: Buffer.alloc(0),
      type: 'application/zip',
      name: 'large.zip',
      isTooLarge: true,
      size: bytes.length + 1,
    });
  }, 120_000);

  test('a mail that cannot be parsed is a loss that is told, and the next one is read', async () => {
    const bakery = loop.someone('orders');
    const { cursor } = await loop.poll(bakery, null);
    const nested = Array.from(
      { length: 60 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}`,
    );
    await loop.dovecot.deliver(`From: a@customer.example\nSubject: Matryoshka\n${nested.join('\n')}\n`, bakery);
    await loop.dovecot.deliver(loop.mail(bakery, { Subject: 'Después' }), bakery);
    const batches = await Array.fromAsync(connector.poll!(contextFor(connector, loop.account(bakery)), cursor));
    expect(batches.flatMap(batch => batch.events)).toMatchObject([{ title: 'Después' }]);
    expect(batches.flatMap(batch => batch.gap ?? [])).toMatchObject([{ reason: expect.stringContaining('UID 1') }]);
  });
});
