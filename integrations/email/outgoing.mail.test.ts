import { describe, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import type { ParentPost, Rendered, SendCommand } from '../../src/ingest/connector.js';
import { configureMail, type MailConfig } from './account.config.js';
import { composeMail, renderMail } from './outgoing.mail.js';
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

describe('a mail written', () => {
  const parent = (replyTo: object, more: Partial<ParentPost> = {}) =>
    ({
      ref: { id: 'm1@customer.example' },
      author: { id: 'zoe@customer.example' },
      own: false,
      text: '',
      replyTo,
      ...more,
    }) as ParentPost;
  const commandOf = (given: Partial<SendCommand>): SendCommand => ({
    key: '0198c2d3-1111-7000-8000-000000000001',
    kind: 'reply',
    visibility: 'private',
    parent: null,
    rendered: renderMail(config, { text: 'Hola', visibility: 'private' }, given.parent ?? null) as Rendered,
    media: [],
    firstTriedAt: new Date('2026-11-23T10:00:00Z'),
    ...given,
  });

  test('answers once with "Re:", in its thread, to where answers are wanted', async () => {
    const answered = parent({
      messageId: 'm1@customer.example',
      references: ['a@customer.example'],
      subject: 'RE: re: Domingo',
      from: 'desk@customer.example',
      to: ['ana@customer.example'],
      cc: ['lia@customer.example'],
    });
    const composed = await composeMail(config, commandOf({ parent: answered }));
    const mail = await PostalMime.parse(composed.raw);
    expect(mail).toMatchObject({
      subject: 'Re: Domingo',
      messageId: `<${OURS}>`,
      inReplyTo: '<m1@customer.example>',
      references: '<a@customer.example> <m1@customer.example>',
      to: [{ address: 'desk@customer.example' }],
      date: '2026-11-23T10:00:00.000Z',
    });
    expect(composed.raw.toString()).not.toMatch(/auto-submitted/i);
    expect((await composeMail(config, commandOf({ parent: answered }))).raw.equals(composed.raw)).toBe(true);
    const all = await composeMail({ ...config, replyAll: true }, commandOf({ parent: answered }));
    expect(all.envelope.to).toEqual(['desk@customer.example', 'ana@customer.example', 'lia@customer.example']);
  });

  test('cannot be made to carry headers or recipients of somebody else', async () => {
    const evil = parent({
      messageId: 'm1@x',
      references: [],
      subject: 'a\r\nBcc: evil@evil.example',
      from: 'zoe@customer.example',
    });
    const mail = await PostalMime.parse((await composeMail(config, commandOf({ parent: evil }))).raw);
    expect(mail.bcc).toBeUndefined();
    const two = parent({ from: 'zoe@customer.example, evil@evil.example' });
    await expect(composeMail(config, commandOf({ parent: two }))).rejects.toMatchObject({
      fault: { class: 'invalid' },
    });
  });

  test('is refused where nobody would read it, and when it says nothing', () => {
    const auto = parent({}, { replyability: { public: false, private: false } });
    expect(renderMail(config, { text: 'Hola', visibility: 'private' }, auto)).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(renderMail(config, { text: ' \n', visibility: 'private' }, null)).toMatchObject({ code: 'EMPTY' });
    const { smtp, ...readOnly } = config;
    expect(smtp).toMatchObject({ port: 587, security: 'starttls' });
    expect(renderMail(readOnly, { text: 'Hola', visibility: 'private' }, null)).toMatchObject({ code: 'NOT_POSSIBLE' });
    const media = [{ kind: 'file' as const, type: 'application/pdf', bytes: 30_000_000 }];
    expect(renderMail(config, { text: 'Hola', visibility: 'private', media }, null)).toMatchObject({
      code: 'MEDIA_TOO_LARGE',
    });
  });

  test('to a person begins a conversation with a subject of its own', () => {
    const rendered = (draft: object) =>
      renderMail(config, { text: 'Hola Zoé\n\nHay pan.', visibility: 'private', ...draft }, null);
    expect(rendered({})).toMatchObject({ payload: { subject: 'Hola Zoé' } });
    expect(rendered({ subject: 'Pan' })).toMatchObject({
      payload: { subject: 'Pan', html: '<p>Hola Zoé</p>\n<p>Hay pan.</p>' },
    });
  });
});
