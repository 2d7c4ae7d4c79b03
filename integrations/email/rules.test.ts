import { describe, expect, test } from '@jest/globals';
import { authenticationOf } from './authentication.results.js';
import { autoVerdict } from './auto.rules.js';
import { withoutQuoted } from './quoted.text.js';
import { isOwnMessageId, messageIdOf, messageIds, referencesOf, threadOf } from './thread.rules.js';

const headers = (lines: string[]) =>
  lines.map(line => ({ key: line.split(':', 1)[0]!.toLowerCase(), value: line.slice(line.indexOf(':') + 1).trim() }));

describe('mail that a machine wrote', () => {
  test.each([
    ['an absence note of Exchange', ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All'], false],
    ['a vacation note of sieve', ['Auto-Submitted: auto-replied (vacation)'], false],
    ['a bounce', ['Return-Path: <>', 'From: MAILER-DAEMON@mx.example'], false],
    ['a delivery report', ['Content-Type: multipart/report; report-type=delivery-status; boundary=x'], false],
    ['a bounce in words', ['X-Failed-Recipients: nobody@customer.example'], false],
    ['an autoresponder of cPanel', ['X-Autorespond: Re: Domingo', 'Precedence: auto_reply'], false],
    ['an autoresponder of old', ['X-Autoreply: yes'], false],
    ['a mail from postmaster', ['From: Postmaster <postmaster@mx.example>'], false],
    ['a newsletter', ['List-Unsubscribe: <https://news.example/u>', 'Precedence: bulk'], true],
    ['a mailing list', ['List-Id: Bakers <bakers.lists.example>', 'Precedence: list'], true],
    ['junk', ['Precedence: junk'], true],
    ['a mail of a campaign', ['Feedback-ID: 12:34:campaign:sender'], true],
    ['a ticket system', ['X-Auto-Response-Suppress: DR, OOF, AutoReply'], true],
  ])('%s counts as automatic', (_name, lines, answerable) => {
    expect(autoVerdict(headers(lines))).toMatchObject({ answerable });
  });

  test.each([
    ['of a person', ['From: Zoé <zoe@customer.example>', 'Return-Path: <zoe@customer.example>']],
    ['that says it is not automatic', ['Auto-Submitted: no', 'X-Autoreply: no']],
    ['of high precedence', ['Precedence: first-class', 'X-Auto-Response-Suppress: RN, NRN']],
  ])('a mail %s does not', (_name, lines) => {
    expect(autoVerdict(headers(lines))).toBeUndefined();
  });
});

describe('the thread of a mail', () => {
  const own = messageIdOf('0198c2d3-1111-7000-8000-000000000001', 'orders@bakery.example');

  test('is told by an id of ours first, then by In-Reply-To, then by the last of References', () => {
    expect(isOwnMessageId(own)).toBe(true);
    expect(threadOf({ inReplyTo: '<rewritten@relay.example>', references: `<a@x.example> <${own}>` })).toEqual({
      parent: own,
      root: 'a@x.example',
    });
    expect(threadOf({ inReplyTo: '<b@x.example>', references: '<a@x.example>\n <c@x.example>' })).toEqual({
      parent: 'b@x.example',
      root: 'a@x.example',
    });
    expect(threadOf({ references: '<a@x.example><c@x.example>' })).toEqual({
      parent: 'c@x.example',
      root: 'a@x.example',
    });
    expect(threadOf({ inReplyTo: '<b@x.example>' })).toEqual({ parent: 'b@x.example' });
    expect(threadOf({ inReplyTo: 'Your message of Monday' })).toEqual({});
  });

  test('stays within what servers take, with its first mail and the latest', () => {
    const many = Array.from({ length: 60 }, (_, index) => `m${index}@x.example`);
    const kept = referencesOf(many, 'last@x.example');
    expect(kept).toHaveLength(20);
    expect([kept[0], kept.at(-1)]).toEqual(['m0@x.example', 'last@x.example']);
    expect(messageIds('<a@x> junk <b@x>,<c@x>')).toEqual(['a@x', 'b@x', 'c@x']);
  });
});

describe('what a mail says now', () => {
  test.each([
    [
      'en',
      'Yes, please.\n\nOn Mon, Nov 23, 2026 at 9:12 AM Panadería <orders@bakery.example>\nwrote:\n\n> Shall we?\n> Yours',
    ],
    ['en, unquoted', 'Yes, please.\n\nOn 23 Nov 2026, at 09:12, Panadería <orders@bakery.example> wrote:\n\nShall we?'],
    [
      'en, Outlook',
      'Yes, please.\n\n________________________________\nFrom: Panadería <orders@bakery.example>\nSent: Monday, 23 November 2026 09:12\nTo: Zoe\nSubject: Re: Sunday\n\nShall we?',
    ],
    ['en, original', 'Yes, please.\n\n-----Original Message-----\nFrom: Panadería\n\nShall we?'],
    ['en, signed', 'Yes, please.\n\n-- \nZoe\nCustomer Ltd'],
    [
      'en, phone',
      'Yes, please.\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 09:12, Panadería wrote:\n> \n> Shall we?',
    ],
    ['es', 'Yes, please.\n\nEl lun, 23 nov 2026 a las 9:12, Panadería (<orders@bakery.example>) escribió:\n> ¿Sí?'],
    [
      'es, Outlook',
      'Yes, please.\n\nDe: Panadería <orders@bakery.example>\nEnviado: lunes, 23 de noviembre de 2026 9:12\nPara: Zoé\nAsunto: RE: Domingo\n\n¿Sí?',
    ],
    ['es, phone', 'Yes, please.\n\nEnviado desde mi iPhone'],
    ['es, original', 'Yes, please.\n\n----- Mensaje original -----\nDe: Panadería\n\n¿Sí?'],
    [
      'pt',
      'Yes, please.\n\nEm seg., 23 de nov. de 2026 às 09:12, Panadería <orders@bakery.example> escreveu:\n\n> Sim?',
    ],
    [
      'pt, Outlook',
      'Yes, please.\n\nDe: Panadería <orders@bakery.example>\nEnviada em: segunda-feira, 23 de novembro de 2026 09:12\nPara: Zoé\nAssunto: RES: Domingo\n\nSim?',
    ],
    ['pt, phone', 'Yes, please.\n\nEnviado do meu iPhone'],
    ['pt, original', 'Yes, please.\r\n\r\n-----Mensagem original-----\r\nDe: Panadería\r\n\r\nSim?'],
  ])('is read without its history (%s)', (_language, text) => {
    expect(withoutQuoted(text)).toBe('Yes, please.');
  });

  test('keeps quoted lines that are answered one by one', () => {
    const text = 'See below.\n\nOn Monday Panadería wrote:\n> Bread?\nYes, two.\n> Cake?\nNo.';
    expect(withoutQuoted(text)).toBe(text);
  });

  test('is not cut by words that only look like history', () => {
    const text = 'From: the bakery I want bread.\nOn Monday I wrote to you: nobody answered.\n\nA nice day -- really.';
    expect(withoutQuoted(text)).toBe(text);
  });

  test('is the whole mail when there is nothing but history', () => {
    expect(withoutQuoted('> Bread?\n> Yes')).toBe('> Bread?\n> Yes');
  });

  test('is found in reasonable time in a mail made to take long', () => {
    const started = performance.now();
    for (const text of [
      'On '.repeat(60_000),
      'From: x\n'.repeat(20_000),
      '>\n'.repeat(90_000),
      'On a\n'.repeat(40_000),
    ]) {
      withoutQuoted(text);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a sender that our own server vouches for', () => {
  const passed =
    'mx.bakery.example; dkim=pass header.d=customer.example; dmarc=pass (p=NONE) header.from=customer.example';

  test.each([
    ['DMARC passed', [`Authentication-Results: ${passed}`], 'passed'],
    [
      'an aligned signature passed',
      ['Authentication-Results: mx.bakery.example; dkim=pass header.i=@customer.example'],
      'passed',
    ],
    [
      'a signature of the domain above passed',
      ['Authentication-Results: mx.bakery.example; dkim=pass header.d=example'],
      'unknown',
    ],
    ['a stranger signed', ['Authentication-Results: mx.bakery.example; dkim=pass header.d=mailer.example'], 'unknown'],
    [
      'only SPF passed',
      ['Authentication-Results: mx.bakery.example; spf=pass smtp.mailfrom=customer.example'],
      'unknown',
    ],
    ['DMARC failed', ['Authentication-Results: mx.bakery.example; dmarc=fail header.from=customer.example'], 'failed'],
    ['another server says so', [`Authentication-Results: mx.evil.example; ${passed}`], 'unknown'],
    [
      'the sender brought it along',
      ['Authentication-Results: mx.evil.example; none', `Authentication-Results: ${passed}`],
      'unknown',
    ],
    [
      'it stands below our own',
      ['Authentication-Results: mx.bakery.example; spf=pass', 'Received: from x', `Authentication-Results: ${passed}`],
      'unknown',
    ],
    [
      'it is said in a comment',
      ['Authentication-Results: mx.bakery.example; spf=fail (; dmarc=pass header.from=customer.example)'],
      'unknown',
    ],
  ])('%s', (_name, lines, verdict) => {
    expect(authenticationOf(headers(lines), 'mx.bakery.example', 'zoe@customer.example')).toBe(verdict);
  });

  test('nobody is proven as long as the owner has not named the server', () => {
    expect(authenticationOf(headers([`Authentication-Results: ${passed}`]), undefined, 'zoe@customer.example')).toBe(
      'unknown',
    );
  });
});
