import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import { configureMail, type MailConfig } from './account.config.js';
import { bounceFault } from './delivery.report.js';
import { translateMail } from './mail.event.js';
import { messageIdOf } from './thread.rules.js';

const config: MailConfig = configureMail(
  {
    kind: 'ACCOUNT',
    query: 'Orders@Bakery.example',
    credentials: { password: 'x' },
    settings: {
      imapHost: 'imap.bakery.example',
      smtpHost: 'smtp.bakery.example',
      authenticationServer: 'mx.bakery.example',
    },
  },
  false,
);
const OURS = messageIdOf('0198c2d3-1111-7000-8000-000000000001', 'orders@bakery.example');
const receivedAt = new Date('2026-11-23T09:30:00Z');

async function read(raw: string | Buffer, given: { isSent?: boolean; config?: MailConfig } = {}) {
  const mail = await PostalMime.parse(typeof raw === 'string' ? raw.replace(/\n/g, '\r\n') : raw);
  return translateMail({ mail, receivedAt, isSent: given.isSent ?? false, isCut: false }, given.config ?? config);
}

const HEAD = `From: =?utf-8?Q?Zo=C3=A9?= <Zoe@Customer.example>
To: orders@bakery.example, Ana <ana@customer.example>
Cc: lia@customer.example
Subject: Domingo
Message-ID: <m1@customer.example>
Date: Mon, 23 Nov 2026 09:12:00 +0000`;

describe('a mail read', () => {
  test('has its writer, its words, what it takes to answer, and its HTML whole', async () => {
    const { event } = await read(`Authentication-Results: mx.bakery.example; dmarc=pass header.from=customer.example
${HEAD}
Reply-To: desk@customer.example
References: <a@customer.example>
Content-Type: text/html; charset=utf-8

<p>Sí, gracias.</p><div>El lun, Panadería escribió:<blockquote>¿Pan?</blockquote></div>`);
    expect(event).toMatchObject({
      author: {
        id: 'zoe@customer.example',
        handle: 'zoe@customer.example',
        displayName: 'Zoé',
        verifiedEmail: 'zoe@customer.example',
      },
      text: 'Sí, gracias.',
      html: expect.stringContaining('¿Pan?'),
      occurredAt: new Date('2026-11-23T09:12:00Z'),
      replyability: { public: false, private: true },
      replyTo: {
        messageId: 'm1@customer.example',
        references: ['a@customer.example'],
        subject: 'Domingo',
        from: 'desk@customer.example',
        to: ['ana@customer.example'],
        cc: ['lia@customer.example'],
      },
    });
  });

  test('is readable in the charsets people still use', async () => {
    const body = (charset: string, bytes: number[]) =>
      Buffer.concat([
        Buffer.from(`${HEAD.replaceAll('\n', '\r\n')}\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`),
        Buffer.from(bytes),
      ]);
    expect((await read(body('iso-8859-1', [0x53, 0xed]))).event?.text).toBe('Sí');
    expect((await read(body('"windows-1252"', [0x80]))).event?.text).toBe('€');
    expect((await read(body('koi8-r', [0xc8]))).event?.text).toBe('х');
    expect((await read(body('no-such-charset', [0x53, 0x69]))).event?.text).toBe('Si');
  });

  test('brings its attachments and embedded images, and nothing that only a mail program wants', async () => {
    const { event } = await read(`${HEAD}
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

Mira
--a
Content-Type: text/html; charset=utf-8

<p>Mira <img src="cid:i1"></p>
--a--
--r
Content-Type: image/png
Content-ID: <i1>
Content-Disposition: inline; filename=pan.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--r--
--m
Content-Type: application/pdf; name="=?utf-8?Q?men=C3=BA.pdf?="
Content-Disposition: attachment
Content-Transfer-Encoding: base64

JVBERi0x
--m
Content-Type: application/ms-tnef; name=winmail.dat
Content-Disposition: attachment; filename=winmail.dat
Content-Transfer-Encoding: base64

AAAA
--m--`);
    expect(event?.text).toBe('Mira');
    expect(event?.media).toMatchObject([
      { kind: 'image', url: '', content: { type: 'image/png', name: 'pan.png' } },
      { kind: 'file', content: { type: 'application/pdf', name: 'menú.pdf', bytes: Buffer.from('%PDF-1') } },
    ]);
  });

  test('that has no id is known by what it says, however it came', async () => {
    const bare = HEAD.replace(/Message-ID.*\n/, '');
    const first = await read(`Received: from a\n${bare}\n\nHola`);
    const second = await read(`Received: from b\n${bare}\n\nHola`);
    expect(first.event!.ref.id).toMatch(/^sha256\.[\da-f]{64}$/);
    expect(second.event!.ref).toEqual(first.event!.ref);
    expect((await read(`${bare}\n\nAdiós`)).event!.ref).not.toEqual(first.event!.ref);
  });

  test('from the future was written when it came', async () => {
    const { event } = await read(`${HEAD.replace('2026', '2036')}\n\nHola`);
    expect(event!.occurredAt).toEqual(receivedAt);
  });

  test('of ours is an echo, unless our server found it forged', async () => {
    const ours = HEAD.replace('Zoe@Customer.example', 'orders@bakery.example');
    expect((await read(`${ours}\n\nHola`)).event).toMatchObject({ own: true, auto: false });
    const forged = `Authentication-Results: mx.bakery.example; dmarc=fail header.from=bakery.example\n${ours}\n\nHola`;
    expect((await read(forged)).event).toMatchObject({ own: false, auto: true, replyability: { private: false } });
    expect((await read(`${HEAD}\n\nHola`, { isSent: true })).event).toMatchObject({ own: true });
  });

  test('under an id of ours is taken for ours only where that is proven', async () => {
    const stolen = HEAD.replace('m1@customer.example', OURS);
    expect((await read(`${stolen}\n\nHola`)).event).toBeUndefined();
    const ours = stolen.replace('Zoe@Customer.example', 'orders@bakery.example');
    expect((await read(`${ours}\n\nHola`)).event).toBeUndefined();
    const passed = 'Authentication-Results: mx.bakery.example; dmarc=pass header.from=bakery.example';
    expect((await read(`${passed}\n${ours}\n\nHola`)).event).toMatchObject({ own: true });
    expect((await read(`${ours}\n\nHola`, { isSent: true })).event).toMatchObject({ own: true });
    const neighbour = messageIdOf('0198c2d3-1111-7000-8000-000000000001', 'cafe@bakery.example');
    expect((await read(`${HEAD.replace('m1@customer.example', neighbour)}\n\nHola`)).event).toMatchObject({
      own: false,
    });
  });

  test('keeps what it takes to answer small, however long its thread and its list of people', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `<${'x'.repeat(300)}${index}@customer.example>`).join(' ');
    const people = Array.from({ length: 300 }, (_, index) =>
      `${'p'.repeat(60)}${index}@customer.example`.slice(-64),
    ).join(', ');
    const { event } = await read(`${HEAD.replace('lia@customer.example', people)}\nReferences: ${long}\n\nHola`);
    expect(JSON.stringify(event!.replyTo).length).toBeLessThan(8000);
  });

  test('from nobody is nothing', async () => {
    expect(await read('Subject: x\n\nHola')).toMatchObject({ receipts: [] });
  });
});

describe('what became of a mail of ours', () => {
  test('a read receipt says that it was read', async () => {
    const { receipts, event } = await read(`${HEAD}
Content-Type: multipart/report; report-type=disposition-notification; boundary=r

--r
Content-Type: text/plain

Read.
--r
Content-Type: message/disposition-notification

Original-Message-ID: <${OURS}>
Disposition: manual-action/MDN-sent-manually; displayed
--r--`);
    expect(event).toBeUndefined();
    expect(receipts).toMatchObject([{ ref: { id: OURS }, state: 'read' }]);
  });

  test('a report on a mail that we did not send is shown where that mail is', async () => {
    const { receipts, event } = await read(`${HEAD}
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

Could not be delivered.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; nobody@customer.example
Action: failed
Status: 5.2.2
--r
Content-Type: text/rfc822-headers

Message-ID: <staff@bakery.example>
--r--`);
    expect(receipts).toMatchObject([
      { ref: { id: 'staff@bakery.example' }, fault: { class: 'transient', code: '5.2.2' } },
    ]);
    expect(event).toMatchObject({
      auto: true,
      parent: { id: 'staff@bakery.example' },
      replyability: { private: false },
    });
  });

  test('a bounce in words only is understood where it names a mail of ours', async () => {
    const id = OURS;
    const { receipts } = await read(`X-Failed-Recipients: nobody@customer.example
${HEAD}

550 5.1.1 no such user

------ This is a copy of your message ------
Message-ID: <${id}>`);
    expect(receipts).toMatchObject([{ ref: { id }, state: 'failed', fault: { class: 'not_found' } }]);
  });

  test.each([
    ['5.1.1', 'not_found'],
    ['4.2.2', 'transient'],
    ['5.2.2', 'transient'],
    ['5.7.1', 'forbidden'],
    ['5.6.0', 'invalid'],
    [undefined, 'invalid'],
  ])('status %s is of class %s', (status, faultClass) => {
    expect(bounceFault(status, 'no').class).toBe(faultClass);
  });
});

const RECORDED = '../shared/fixtures/email/dovecot-message.eml';
const isRecorded = existsSync(RECORDED);
if (!isRecorded) console.warn(`${RECORDED} is missing, so the recorded mail is not replayed.`);

(isRecorded ? test : test.skip)('the recorded mail of a real server is read', async () => {
  const { event } = await read(readFileSync(RECORDED));
  expect(event).toMatchObject({
    ref: { id: 'm1@x.test' },
    parent: { id: 'a@x.test' },
    root: { id: 'a@x.test' },
    author: { id: 'z@x.test', displayName: 'Zoé' },
    title: 'Précédent',
    text: 'bonjour',
    auto: true,
  });
});
