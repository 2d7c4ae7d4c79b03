import type { FetchMessageObject, ImapFlow, ImapFlowError, MailboxObject } from 'imapflow';
import PostalMime from 'postal-mime';
import type { Batch, ConnectorContext, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import type { MailConfig } from './account.config.js';
import { searchUids } from './imap.client.js';
import { type Translated, translateMail } from './mail.event.js';
import type { MailboxPosition } from './mailbox.cursor.js';

export interface MailboxReading {
  context: ConnectorContext<MailConfig>;
  path: string;
  isSent: boolean;
  position: MailboxPosition | undefined;
  /** Larger mails are read up to here, and their attachments are left. */
  maxBytes: number;
}

export interface MailboxStep {
  events: UpsertEvent[];
  receipts: Receipt[];
  position: MailboxPosition;
  /** Mails that the server has and that could not be read. */
  gap?: Batch<unknown>['gap'];
  more: boolean;
}

const MAILS_AT_ONCE = 20;
const BYTES_AT_ONCE = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** How far behind ours the server's clock may be. */
const CLOCK_SKEW_MS = 10 * 60_000;
/** RFC 5530: what a server says when it is not ready, rather than when it has no such thing. */
const PASSING = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']);
/** Of a mail that is too large: enough for what was written. */
const BEGINNING_BYTES = 1024 * 1024;

/**
 * Reads what is new in one mailbox, oldest first, a few mails a step. The first step of a mailbox that is new to us has a position
 * even when it holds no mail, so that a restart does not begin elsewhere.
 */
export async function* readMailbox(client: ImapFlow, reading: MailboxReading): AsyncGenerator<MailboxStep> {
  const { context, path } = reading;
  const lock = await client.getMailboxLock(path, { readOnly: true });
  try {
    const mailbox = client.mailbox as MailboxObject;
    let position = await positionIn(client, mailbox, reading);
    if (position !== reading.position) yield { events: [], receipts: [], position, more: true };
    const uids = await newUids(client, position.lastUid);
    const highestModseq = mailbox.highestModseq?.toString();
    while (uids.length > 0 && !context.signal.aborted) {
      const { mails, last } = await fetchSome(client, uids, reading);
      const read = uids.findLastIndex(uid => uid <= last) + 1;
      uids.splice(0, Math.max(read, 1));
      position = advanced(position, last, mails, highestModseq);
      const translated = mails.filter(mail => isWanted(mail, position)).map(mail => translate(mail, reading));
      yield {
        events: translated.flatMap(({ event }) => (event ? [event] : [])),
        receipts: translated.flatMap(({ receipts }) => receipts),
        position,
        ...gapOf(mails, context.now()),
        more: uids.length > 0,
      };
    }
  } finally {
    lock.release();
  }
}

/** Where to read from now: as stored, or anew when the mailbox is new to us or has new UIDs. */
async function positionIn(
  client: ImapFlow,
  mailbox: MailboxObject,
  { context, position, path }: MailboxReading,
): Promise<MailboxPosition> {
  const uidValidity = String(mailbox.uidValidity);
  const now = context.now();
  if (position?.uidValidity === uidValidity) return position;
  if (position) {
    // Their UIDs mean other mails now: those since the day before the last are read again, and known ones change nothing.
    context.log.warn(
      { mailbox: path },
      'The mail server has numbered a mailbox anew; recent mail is looked through again',
    );
    const since = new Date(Date.parse(position.seenAt) - DAY_MS);
    return { ...position, uidValidity, lastUid: await uidBefore(client, mailbox, since) };
  }
  const { history } = context.config;
  if (history === 'all') return { uidValidity, lastUid: 0, seenAt: now.toISOString() };
  const since = history === 'none' ? context.since : new Date(now.getTime() - history * DAY_MS);
  const lastUid = await uidBefore(client, mailbox, since);
  return { uidValidity, lastUid, seenAt: now.toISOString(), since: since.toISOString() };
}

/** The UID below all mails that arrived since a day. */
async function uidBefore(client: ImapFlow, mailbox: MailboxObject, since: Date): Promise<number> {
  // Of an empty mailbox the library answers as of a search that failed.
  // The library asks for mails younger than so many seconds, which must be some.
  const asked = { since: new Date(Math.min(since.getTime(), Date.now()) - CLOCK_SKEW_MS) };
  const found = mailbox.exists === 0 ? [] : await searchUids(client, asked);
  return found.reduce((least, uid) => Math.min(least, uid - 1), mailbox.uidNext - 1);
}

/** `n:*` also answers the last mail when there is none from n on. */
async function newUids(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await searchUids(client, { uid: `${lastUid + 1}:*` });
  return found.filter(uid => uid > lastUid).sort((one, other) => one - other);
}

interface FetchedMail {
  head: FetchMessageObject;
  /** Absent for drafts, what was deleted meanwhile, and what nobody can parse. */
  mail?: Awaited<ReturnType<typeof PostalMime.parse>>;
  isCut: boolean;
  /** Why it could not be read. */
  loss?: string;
}

async function fetchSome(client: ImapFlow, uids: number[], { context, maxBytes }: MailboxReading) {
  const range = uids.slice(0, MAILS_AT_ONCE).join(',');
  const heads = await client.fetchAll(range, { uid: true, size: true, internalDate: true, flags: true }, { uid: true });
  const mails: FetchedMail[] = [];
  let bytes = 0;
  for (const head of heads.sort((one, other) => one.uid - other.uid)) {
    if (bytes >= BYTES_AT_ONCE) return { mails, last: mails.at(-1)!.head.uid };
    const isCut = (head.size ?? 0) > maxBytes;
    const fetched = head.flags?.has('\\Draft') ? {} : await fetchOne(client, head, isCut ? BEGINNING_BYTES : maxBytes);
    bytes += fetched.bytes ?? 0;
    mails.push({ head, isCut, ...fetched });
    if (fetched.loss)
      context.log.warn({ uid: head.uid, reason: fetched.loss }, 'A mail that cannot be read was skipped');
  }
  return { mails, last: uids[Math.min(uids.length, MAILS_AT_ONCE) - 1]! };
}

/** In chunks, so that no single answer of the server is large; undefined when the mail is gone. */
async function download(client: ImapFlow, uid: number, maxBytes: number): Promise<Buffer | undefined> {
  const found = await client.download(String(uid), undefined, { uid: true, maxBytes, chunkSize: 512 * 1024 });
  if (!('content' in found) || !found.content) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of found.content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One mail that the server cannot give, or that nobody can parse, does not stop those after it. */
async function fetchOne(
  client: ImapFlow,
  { uid }: FetchMessageObject,
  maxBytes: number,
): Promise<Pick<FetchedMail, 'mail' | 'loss'> & { bytes?: number }> {
  const source = await download(client, uid, maxBytes).catch((error: ImapFlowError) => {
    const { responseStatus, serverResponseCode, code } = error;
    const mayPass = code === 'ETHROTTLE' || PASSING.has(serverResponseCode ?? '');
    if (responseStatus !== 'NO' || mayPass || !client.usable) throw error;
    return null;
  });
  if (source === null) return { loss: 'The server could not give a mail' };
  if (source === undefined) return {};
  try {
    const mail = await PostalMime.parse(source, { maxNestingDepth: 50, maxHeadersSize: 1024 * 1024 });
    return { mail, bytes: source.length };
  } catch {
    return { loss: 'A mail could not be parsed', bytes: source.length };
  }
}

function gapOf(mails: FetchedMail[], now: Date): Pick<MailboxStep, 'gap'> {
  const lost = mails.filter(({ loss }) => loss !== undefined);
  if (lost.length === 0) return {};
  const times = lost.map(({ head }) => arrival(head, now).getTime());
  const reason = `${lost[0]!.loss} (UID ${lost.map(({ head }) => head.uid).join(', ')}).`;
  return { gap: { from: new Date(Math.min(...times)), to: new Date(Math.max(...times)), reason } };
}

function isWanted({ head }: FetchedMail, { since }: MailboxPosition): boolean {
  return since === undefined || arrival(head, new Date(8.64e15)).getTime() >= Date.parse(since) - CLOCK_SKEW_MS;
}

function translate(
  { mail, head, isCut }: FetchedMail,
  { context, isSent }: MailboxReading,
): Pick<Translated, 'event' | 'receipts'> {
  if (!mail) return { receipts: [] };
  const receivedAt = arrival(head, context.now());
  try {
    const translated = translateMail({ mail, receivedAt, isSent, isCut }, context.config);
    const { left: count } = translated;
    if (count > 0) context.log.warn({ uid: head.uid, count }, 'Attachments that are too large or too many were left');
    return translated;
  } catch (error) {
    context.log.warn({ uid: head.uid, reason: (error as Error).message }, 'A mail that makes no sense was skipped');
    return { receipts: [] };
  }
}

function arrival({ internalDate }: FetchMessageObject, otherwise: Date): Date {
  const date = new Date(internalDate ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? otherwise : date;
}

function advanced(
  position: MailboxPosition,
  lastUid: number,
  mails: FetchedMail[],
  highestModseq: string | undefined,
): MailboxPosition {
  const seen = Math.max(Date.parse(position.seenAt), ...mails.map(({ head }) => arrival(head, new Date(0)).getTime()));
  return { ...position, lastUid, seenAt: new Date(seen).toISOString(), ...(highestModseq && { highestModseq }) };
}
