import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectorError } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { missingDovecot } from '../../test/support/dovecot.js';
import { CUSTOMER, connector, type MailLoop, openMailLoop } from '../../test/support/mail-loop.js';
import { type MailServer, startMailServer } from '../../test/support/mail-server.js';
import { emailConnector } from './connector.js';
import { messageIdOf } from './thread.rules.js';

const BAKERY = 'orders@bakery.example';

if (missingDovecot) console.warn(missingDovecot);

(missingDovecot ? describe.skip : describe)('mail sent through a real server', () => {
  let loop: MailLoop;
  beforeAll(async () => {
    loop = await openMailLoop();
  });
  afterEach(() => loop.quiet());
  afterAll(() => loop?.close());

  test('what was sent lies among the sent mail once, and is found there by its key', async () => {
    const [bakery, customer] = [loop.someone('orders'), loop.someone('zoe')];
    const { cursor } = await loop.poll(bakery, null);
    const command = { ...loop.commandFor(bakery, null), recipient: { id: customer } };
    const context = contextFor(connector, loop.account(bakery));
    expect(await connector.findSent!(context, command)).toBeNull();
    await loop.send(bakery, command);
    expect(await connector.findSent!(context, command)).toMatchObject({
      ref: { id: messageIdOf(command.key, bakery) },
      replyTo: { to: [customer] },
    });
    const { events } = await loop.poll(bakery, cursor);
    expect(events).toMatchObject([{ own: true, title: 'Hola', author: { id: bakery } }]);
  });

  test('a server that keeps what is sent by itself is given no second copy', async () => {
    const bakery = loop.someone('orders');
    const keeping = await startMailServer(loop.dovecot, { keepsSent: true });
    const { cursor } = await loop.poll(bakery, null);
    const command = { ...loop.commandFor(bakery, null), recipient: { id: CUSTOMER } };
    await loop.send(bakery, command, { smtpPort: keeping.port });
    expect((await loop.poll(bakery, cursor)).events).toHaveLength(1);
    await keeping.close();
  });

  test('a refusal of the server is told apart: for now, for ever, too fast, and no such person', async () => {
    const bakery = loop.someone('orders');
    const command = { ...loop.commandFor(bakery, null), recipient: { id: CUSTOMER } };
    const refused = async (trouble: Parameters<MailServer['misbehave']>[0]) => {
      loop.smtp.misbehave(trouble);
      return loop.send(bakery, command).catch(error => (error as ConnectorError).fault);
    };
    expect(await refused('broken')).toMatchObject({ class: 'transient', code: '4.3.0' });
    expect(await refused('fullMailbox')).toMatchObject({ class: 'transient', code: '4.2.2' });
    expect(await refused('limited')).toMatchObject({ class: 'rate', retryAt: expect.any(Date) });
    expect(await refused('unknownPerson')).toMatchObject({ class: 'not_found', scope: 'message' });
    expect(await refused('expired')).toMatchObject({ class: 'auth', scope: 'account' });
  });

  test('when the connection breaks after the mail was handed over, nobody claims to know', async () => {
    const [bakery, customer] = [loop.someone('orders'), loop.someone('zoe')];
    loop.smtp.misbehave('lostAnswer');
    const command = { ...loop.commandFor(bakery, null), recipient: { id: customer } };
    expect(await loop.send(bakery, command)).toEqual({ state: 'unknown' });
    loop.smtp.misbehave('no');
    await loop.send(bakery, command);
    const [first, second] = loop.smtp.taken.slice(-2);
    expect(second).toEqual(first);
  });

  test('a check logs in on both sides, and says which of them does not let us in', async () => {
    const check = (settings: object, password?: string) =>
      connector.check(contextFor(connector, loop.account(BAKERY, settings as never, password)));
    expect(await check({})).toMatchObject({ ok: true, account: { id: BAKERY, displayName: 'Panadería Sol' } });
    expect(await check({}, 'wrong')).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account' } });
    expect(await check({ smtpHost: '' })).toMatchObject({ ok: true, grants: { reply: { private: false } } });
    expect(await check({ mailbox: 'Nowhere' })).toMatchObject({ ok: false, problem: { class: 'not_found' } });
    loop.smtp.misbehave('expired');
    expect(await check({})).toMatchObject({ ok: false, problem: { class: 'auth' } });
  });

  test('an access token opens the outgoing server instead of a password', async () => {
    const bakery = loop.someone('orders');
    const source = { ...loop.account(bakery), credentials: { accessToken: 'granted' } };
    const command = { ...loop.commandFor(bakery, null), recipient: { id: CUSTOMER } };
    const settings = { ...source.settings, saveSent: 'no' };
    expect(await connector.send!(contextFor(connector, { ...source, settings }), command)).toMatchObject({
      state: 'sent',
    });
  });

  test('without the encryption that was asked for no password is told', async () => {
    const plain = loop.account(BAKERY, { imapSecure: 'starttls' });
    expect(await connector.check(contextFor(connector, plain))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
    const unencrypted = loop.account(BAKERY, { smtpSecure: 'starttls' });
    const answer = await connector.check(contextFor(connector, unencrypted));
    expect(answer).toMatchObject({ ok: false, problem: { class: 'invalid' } });
    const tls = loop.account(BAKERY, { imapSecure: 'tls' });
    expect(await connector.check(contextFor(connector, tls))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
  });

  test('a connection to a private address is refused unless the installation allows it', async () => {
    const guarded = emailConnector({ allowPrivateAddresses: false });
    const source = loop.account(BAKERY, { imapSecure: 'tls', smtpSecure: 'starttls' });
    expect(await guarded.check(contextFor(guarded, source))).toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
    const named = loop.account(BAKERY, { imapHost: 'localhost', imapSecure: 'tls', smtpSecure: 'starttls' });
    expect(await guarded.check(contextFor(guarded, named))).toMatchObject({ ok: false, problem: { class: 'invalid' } });
    expect(() => guarded.configure(loop.account(BAKERY))).toThrow('over TLS');
  });
});
