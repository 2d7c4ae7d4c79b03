import { z } from 'zod';
import {
  ConnectorError,
  type Draft,
  type ParentPost,
  type Rendered,
  type RenderFault,
  type SendCommand,
} from '../../src/ingest/connector.js';
import { refusal } from '../../src/ingest/rendering.js';
import type { MailConfig } from './account.config.js';
import { htmlOfText } from './html.text.js';
import { type ReplyTo, readReplyTo } from './reply.address.js';
import { messageIdOf, referencesOf } from './thread.rules.js';

const LARGEST_MEDIA = 25 * 1024 * 1024;
const LONGEST_TEXT = 200_000;
const LONGEST_SUBJECT = 250;
const REPLY_PREFIX = /^\s*(?:(?:re|rv|res|sv|aw)\s*:\s*)+/i;
const ADDRESS = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,255}$/;

const payloadSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() });

/** The mail's words. Nobody is quoted: mail programs show the thread themselves. */
export function renderMail(config: MailConfig, draft: Draft, parent: ParentPost | null): Rendered | RenderFault {
  const text = draft.text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '').trim();
  if (!config.smtp) return refusal('NOT_POSSIBLE', 'This account only reads: it has no server to send through.');
  if (parent?.replyability && !parent.replyability.private) {
    return refusal('NOT_POSSIBLE', 'A machine wrote this mail, and nobody would read the answer.');
  }
  if (text === '') return refusal('EMPTY', 'There is nothing to send.');
  if (text.length > LONGEST_TEXT) {
    return refusal('TEXT_TOO_LONG', 'The text is too long for a mail.', { length: text.length, max: LONGEST_TEXT });
  }
  const bytes = (draft.media ?? []).reduce((sum, each) => sum + each.bytes, 0);
  if (bytes > LARGEST_MEDIA) {
    const parameters = { length: bytes, max: LARGEST_MEDIA };
    return refusal('MEDIA_TOO_LARGE', 'The attachments are larger than mail servers take.', parameters);
  }
  const subject = subjectOf(draft, parent, text);
  return { text, length: text.length, payload: { subject, text, html: htmlOfText(text) } };
}

/** An answer keeps the thread's subject, since some mail programs thread by it; a new mail without one has its first line. */
function subjectOf(draft: Draft, parent: ParentPost | null, text: string): string {
  const given = oneLine(draft.subject ?? '');
  if (!parent) return given || oneLine(text.split('\n', 1)[0]!).slice(0, 80);
  if (given) return given;
  const subject = oneLine(readReplyTo(parent.replyTo).subject || parent.title || '').replace(REPLY_PREFIX, '');
  return `Re: ${subject}`.trimEnd();
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_SUBJECT);
}

export interface OutgoingMail {
  /** Without brackets. */
  messageId: string;
  envelope: { from: string; to: string[] };
  raw: Buffer;
  replyTo: ReplyTo;
}

/** The whole mail, byte for byte the same for the same command. Throws `ConnectorError` of class `invalid` without a recipient. */
export async function composeMail(config: MailConfig, command: SendCommand): Promise<OutgoingMail> {
  const payload = payloadSchema.safeParse(command.rendered.payload);
  if (!payload.success) throw cannotSend('What was prepared for sending cannot be read.');
  const { subject, text, html } = payload.data;
  const answered = readReplyTo(command.parent?.replyTo);
  const { to, cc } = recipientsOf(config, command, answered);
  const messageId = messageIdOf(command.key, config.address);
  const references = answered.messageId ? referencesOf(answered.references, answered.messageId) : [];
  // Loaded when it is needed: few processes ever do.
  const { createTransport } = await import('nodemailer');
  const composed = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail({
    from: { name: config.fromName ?? '', address: config.address },
    to,
    cc,
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    date: command.firstTriedAt,
    ...(answered.messageId && { inReplyTo: `<${answered.messageId}>` }),
    ...(references.length > 0 && { references: references.map(id => `<${id}>`) }),
    // RFC 3834: who answers by machine does not answer this.
    ...(command.auto && { headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } }),
    baseBoundary: command.key.replaceAll('-', ''),
    attachments: command.media.map(({ bytes, type, name, description, kind }, index) => ({
      content: Buffer.from(bytes),
      contentType: type,
      filename: name ?? `${kind}-${index + 1}`,
      ...(description && { headers: { 'content-description': description } }),
    })),
    // Content is what we were given, never a path or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    messageId,
    envelope: { from: config.address, to: [...to, ...cc] },
    raw: composed.message as Buffer,
    replyTo: { messageId, references, subject, from: to[0]!, to, cc },
  };
}

function recipientsOf(config: MailConfig, { parent, recipient }: SendCommand, answered: ReplyTo) {
  const first = recipient?.handle ?? recipient?.id ?? answered.from ?? parent?.author.handle ?? parent?.author.id;
  if (!first || !ADDRESS.test(first)) {
    throw cannotSend('There is no e-mail address to send this to.');
  }
  const others = config.replyAll && parent && !recipient ? [...answered.to, ...answered.cc] : [];
  const cc = others.filter(each => ADDRESS.test(each) && each !== config.address && each !== first.toLowerCase());
  return { to: [first], cc: [...new Set(cc)] };
}

function cannotSend(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
