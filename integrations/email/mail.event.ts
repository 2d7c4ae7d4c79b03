import { createHash } from 'node:crypto';
import type { Address, Email } from 'postal-mime';
import type { ExternalIdentity, MediaRef, PostKind, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { flatten } from './address.list.js';
import { mediaOf } from './attachment.media.js';
import { authenticationOf } from './authentication.results.js';
import { type AutoVerdict, autoVerdict } from './auto.rules.js';
import { deliveryReport } from './delivery.report.js';
import { textOfHtml } from './html.text.js';
import { withoutQuoted } from './quoted.text.js';
import { replyToOf } from './reply.address.js';
import { isOwnMessageId, messageIds, threadOf } from './thread.rules.js';

/** A mail as it lies on the server, parsed. */
export interface StoredMail {
  mail: Email;
  /** When the server got it. */
  receivedAt: Date;
  /** It lies where our sent mail is kept. */
  isSent: boolean;
  /** Only its beginning was read, because it is too large: its attachments are not whole. */
  isCut: boolean;
}

export interface Translated {
  event?: UpsertEvent;
  receipts: Receipt[];
  /** How many attachments were not kept. */
  left: number;
}

/** Before this nobody sent mail as we know it: a date that old is a machine's zero. */
const EARLIEST = Date.UTC(1990, 0, 1);
const CLOCK_SKEW_MS = 10 * 60_000;
const LONGEST_HTML = 1_500_000;

/** What a mail means to us. A report on a mail of ours is receipts only; a mail that names no sender is nothing. */
export function translateMail(stored: StoredMail, config: MailConfig): Translated {
  const { mail, receivedAt, isSent, isCut } = stored;
  const report = deliveryReport(mail, receivedAt);
  const receipts = report?.receipts ?? [];
  if (receipts.length > 0 && receipts.every(({ ref }) => isOwnMessageId(ref.id))) return { receipts, left: 0 };

  const [from] = flatten([mail.from, mail.sender]);
  if (!from) return { receipts, left: 0 };
  const address = from.address.toLowerCase();
  const authentication = authenticationOf(mail.headers, config.authenticationServer, address);
  const isOurs = address === config.address;
  const id = idOf(mail);
  // Whoever got a mail of ours knows its id: what comes in under it is believed to be ours only where that is proven.
  if (!isSent && isOwnMessageId(id, config.address) && !(isOurs && authentication === 'passed'))
    return { receipts, left: 0 };
  const own = isSent || (isOurs && authentication !== 'failed');
  // Our own address on a mail that is not from us is a machine's doing, or a forger's.
  const auto = autoVerdict(mail.headers) ?? (isOurs && !own ? { reason: 'forged', answerable: false } : undefined);
  const { media, left } = mediaOf(mail.attachments, isCut);
  const thread = receipts[0] ? { parent: receipts[0].ref.id } : threadOf(mail);
  return {
    event: {
      op: 'upsert',
      ref: { id },
      // A mail is never edited: its first copy stays, and who repeats its id in another mail changes nothing.
      revision: '1',
      kind: 'DIRECT_MESSAGE' as PostKind,
      author: identityOf(from, !own && authentication === 'passed' && isSingle(mail.from)),
      own,
      ...(thread.parent && { parent: { id: thread.parent } }),
      ...(thread.root && { root: { id: thread.root } }),
      occurredAt: dateOf(mail, receivedAt),
      ...contentOf(mail, media),
      auto: auto !== undefined,
      replyability: replyabilityOf(config, auto),
      replyTo: replyToOf(mail, { id: messageIds(mail.messageId)[0], own, address: config.address }),
    },
    receipts,
    left,
  };
}

function contentOf(mail: Email, media: MediaRef[]) {
  const plain = mail.text?.trim() ? mail.text : mail.html ? textOfHtml(mail.html) : '';
  const title = mail.subject?.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 500);
  const language = mail.headers
    .find(({ key }) => key === 'content-language')
    ?.value.split(',', 1)[0]
    ?.trim();
  return {
    text: withoutQuoted(plain),
    ...(mail.html && { html: mail.html.slice(0, LONGEST_HTML) }),
    ...(title && { title }),
    ...(language && /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(language) && { language }),
    media,
  };
}

/** Its Message-ID, which is what answers name; a mail without one is known by what it says. */
function idOf(mail: Email): string {
  const [id] = messageIds(mail.messageId);
  if (id) return id;
  const bare = mail.messageId?.trim();
  if (bare && /^[^\s<>]{1,900}$/.test(bare)) return bare;
  const said = [mail.date, mail.from, mail.to, mail.cc, mail.subject, mail.text, mail.html];
  return `sha256.${createHash('sha256').update(JSON.stringify(said)).digest('hex')}`;
}

/** The writer's own date, unless it lies after the mail's arrival. */
function dateOf(mail: Email, receivedAt: Date): Date {
  const written = Date.parse(mail.date ?? '');
  const isLikely = written >= EARLIEST && written <= receivedAt.getTime() + CLOCK_SKEW_MS;
  return isLikely ? new Date(written) : receivedAt;
}

function identityOf(from: { name: string; address: string }, isProven: boolean): ExternalIdentity {
  const address = from.address.toLowerCase();
  const displayName = from.name.replace(/\s+/g, ' ').trim().slice(0, 200);
  return {
    id: address,
    handle: address,
    ...(displayName && { displayName }),
    ...(isProven && { verifiedEmail: address }),
  };
}

function replyabilityOf(config: MailConfig, auto: AutoVerdict | undefined) {
  const canAnswer = config.smtp !== undefined && (auto?.answerable ?? true);
  return { public: false, private: canAnswer, ...(!canAnswer && { reason: 'NOT_POSSIBLE' as const }) };
}

function isSingle(from: Address | undefined): boolean {
  return from?.address !== undefined;
}
