import type { Attachment, Email } from 'postal-mime';
import type { Fault, Receipt } from '../../src/ingest/connector.js';
import { isOwnMessageId, messageIds } from './thread.rules.js';

/** What a mail that no person wrote tells of one we sent. */
export interface DeliveryReport {
  receipts: Receipt[];
}

const MOST_READ = 64 * 1024;

/**
 * Reads delivery status notifications (RFC 3464), read receipts (RFC 8098), and bounces of servers that know neither, as far as they
 * bring back the id of a mail. Undefined for every other mail.
 */
export function deliveryReport(mail: Email, at: Date): DeliveryReport | undefined {
  const status = mail.attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType));
  if (status) return { receipts: receiptsOfStatus(textOf(status), originalId(mail), at) };
  const disposition = mail.attachments.find(({ mimeType }) =>
    /^message\/(?:global-)?disposition-notification$/.test(mimeType),
  );
  if (disposition) return { receipts: receiptsOfDisposition(textOf(disposition), at) };
  if (mail.headers.some(({ key }) => key === 'x-failed-recipients')) return receiptsOfProse(mail, at);
  return undefined;
}

function receiptsOfStatus(text: string, original: string | undefined, at: Date): Receipt[] {
  if (!original) return [];
  // The first group is about the message; each further one is about one recipient.
  const recipients = text
    .split(/\r?\n\s*\r?\n/)
    .map(fieldsOf)
    .filter(fields => fields['action']);
  const failed = recipients.find(({ action }) => action === 'failed');
  const ref = { id: original };
  if (failed) {
    const said = failed['diagnostic-code']?.replace(/^[\w-]+;\s*/, '');
    return [{ ref, state: 'failed', at, fault: bounceFault(failed['status'], said) }];
  }
  return recipients.some(({ action }) => action === 'delivered') ? [{ ref, state: 'delivered', at }] : [];
}

function receiptsOfDisposition(text: string, at: Date): Receipt[] {
  const fields = fieldsOf(text);
  const [original] = messageIds(fields['original-message-id']);
  const isRead = /;\s*displayed\b/i.test(fields['disposition'] ?? '');
  return original && isRead ? [{ ref: { id: original }, state: 'read', at }] : [];
}

/** A bounce in words only: it is believed where it repeats an id of ours. */
function receiptsOfProse(mail: Email, at: Date): DeliveryReport | undefined {
  const told = [...messageIds(mail.inReplyTo), ...messageIds(mail.references), ...messageIds(mail.text)];
  const id = [originalId(mail), ...told].find(found => found !== undefined && isOwnMessageId(found));
  if (!id) return undefined;
  const code = mail.text?.match(/\b[45]\.\d{1,3}\.\d{1,3}\b/)?.[0];
  return { receipts: [{ ref: { id }, state: 'failed', at, fault: bounceFault(code, undefined) }] };
}

/**
 * A hard bounce says that the address is wrong or that we are not wanted there; a soft one, of class `transient`, that it may work
 * another time.
 */
export function bounceFault(status: string | undefined, said: string | undefined): Fault {
  const code = status?.match(/\b[245]\.\d{1,3}\.\d{1,3}\b/)?.[0];
  const words = said?.replace(/\s+/g, ' ').trim().slice(0, 300);
  const isSoft = code?.startsWith('4.') || code === '5.2.2';
  const isAddress = code !== undefined && /^5\.(?:1\.[0-36]|2\.1|4\.4)$/.test(code);
  const isPolicy = code?.startsWith('5.7.') ?? false;
  return {
    class: isSoft ? 'transient' : isAddress ? 'not_found' : isPolicy ? 'forbidden' : 'invalid',
    message: words ? `The mail came back: ${words}` : 'The mail came back.',
    scope: 'message',
    ...(code && { code }),
  };
}

/** The id of the mail that is reported on: from the copy, or from its head, that came back with the report. */
function originalId(mail: Email): string | undefined {
  for (const part of mail.attachments) {
    if (!/^(?:message\/(?:global|rfc822)(?:-headers)?|text\/rfc822-headers)$/.test(part.mimeType)) continue;
    const [head = ''] = textOf(part).split(/\r?\n\r?\n/, 1);
    const [id] = messageIds(fieldsOf(head)['message-id']);
    if (id) return id;
  }
  return undefined;
}

function fieldsOf(text: string): Record<string, string> {
  const lines = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = line.match(/^([\w-]{1,60}):\s*(.*)$/) ?? [];
    if (name) fields[name.toLowerCase()] ??= name.toLowerCase() === 'action' ? value!.trim().toLowerCase() : value!;
  }
  return fields;
}

function textOf({ content }: Attachment): string {
  if (typeof content === 'string') return content.slice(0, MOST_READ);
  return Buffer.from(content as Uint8Array)
    .subarray(0, MOST_READ)
    .toString('utf8');
}
