import { readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { emailConnector } from '../../../integrations/email/connector.js';
import type { PostKind } from '../../../src/ingest/connector.js';
import { missingDovecot, startDovecot } from '../dovecot.js';
import { startTroubledImap } from '../imap-trouble.js';
import { type MailServer, startMailServer } from '../mail-server.js';
import type { Sending, Subject, SubjectKind, Trouble } from './subject.js';

const ADDRESS = 'orders@bakery.example';
const MAILS = ['question', 'follow-up', 'absence'].map(name =>
  readFileSync(`integrations/email/fixtures/${name}.eml`, 'utf8'),
);

const connector = emailConnector({ allowPrivateAddresses: true });

function sourceOf(imapPort: number, smtpPort: number): Subject['source'] {
  return {
    kind: 'ACCOUNT',
    query: ADDRESS,
    credentials: { password: 'flour-and-water' },
    settings: {
      imapHost: '127.0.0.1',
      imapPort,
      imapSecure: 'none',
      smtpHost: '127.0.0.1',
      smtpPort,
      smtpSecure: 'none',
      history: 'all',
    },
  };
}

async function openEmail(trouble?: Trouble): Promise<Subject> {
  if (trouble) {
    const { port, close } = await startTroubledImap(trouble);
    const reading = { beginning: null, posts: MAILS.length, isAtEnd: () => false };
    return { connector, source: sourceOf(port, port), reading, close };
  }
  const dovecot = await startDovecot();
  const smtp = await startMailServer(dovecot, { keepsSent: true });
  for (const mail of MAILS) await dovecot.deliver(mail, ADDRESS);
  let last = MAILS.length;
  return {
    connector,
    source: sourceOf(dovecot.port, smtp.port),
    reading: {
      beginning: null,
      posts: MAILS.length,
      isAtEnd: cursor =>
        (cursor as { mailboxes: Record<string, { lastUid: number }> } | null)?.mailboxes['INBOX']?.lastUid === last,
      async say(text: string) {
        last += 1;
        await dovecot.deliver(
          `From: zoe@customer.example\nTo: ${ADDRESS}\nMessage-ID: <said@customer.example>\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`,
          ADDRESS,
        );
      },
    } as Subject['reading'],
    sending: sendingOf(smtp),
    async close() {
      await smtp.close();
      await dovecot.stop();
    },
  };
}

function sendingOf(smtp: MailServer): Sending {
  const parent = {
    ref: { id: 'question@customer.example' },
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: { id: 'zoe@customer.example' },
    own: false,
    text: '¿Abren el domingo?',
    occurredAt: new Date('2026-11-23T09:12:00Z'),
    replyTo: {
      messageId: 'question@customer.example',
      references: [],
      subject: 'Domingo',
      from: 'zoe@customer.example',
    },
  };
  return {
    command: { kind: 'reply', visibility: 'private', parent },
    refused: { parent: { ...parent, replyability: { public: false, private: false } }, code: 'NOT_POSSIBLE' },
    sent: () =>
      Promise.all(
        smtp.taken.map(async ({ raw }) => {
          const mail = await PostalMime.parse(raw);
          return { id: mail.messageId!.slice(1, -1), text: (mail.text ?? '').trimEnd() };
        }),
      ),
    misbehave: smtp.misbehave,
  };
}

if (missingDovecot) console.warn(missingDovecot);

/** None where no mail server can be started. */
export const email: SubjectKind[] = missingDovecot ? [] : [{ name: 'email', open: openEmail }];
