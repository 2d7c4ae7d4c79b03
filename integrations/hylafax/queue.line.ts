import type { ExternalIdentity, MediaContent, PostKind, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import { wordFax } from '../../src/ingest/rendering.js';

/** What is free text comes last, for it may hold the separator. */
export const RECEIVED_FORMAT = '%Z|%z|%p|%f|%j|%s';
export const JOB_FORMAT = '%j|%a|%J|%s';

export interface ReceivedFax {
  /** Names are given again once a queue was emptied; with the time they are not. */
  id: string;
  file: string;
  at: Date;
  pages: number | undefined;
  /** As the telephone network said, or else as the sender's machine calls itself. */
  number: string;
  isFromNetwork: boolean;
}

/** A line of the queue of what was received. Undefined for a fax that is still coming in, and for what is no such line. */
export function receivedIn(line: string): ReceivedFax | undefined {
  const [seconds, busy, pages, file, caller = '', ...station] = line.split('|');
  if (!/^\d+$/.test(seconds ?? '') || busy?.trim() === '*' || !file || !/^[\w.-]+$/.test(file)) return undefined;
  const [said, called] = [numberIn(caller), numberIn(station.join('|'))];
  return {
    id: `${file}:${seconds}`,
    file,
    at: new Date(Number(seconds) * 1000),
    pages: Number(pages) > 0 ? Number(pages) : undefined,
    number: said || called,
    isFromNetwork: said !== '',
  };
}

const numberIn = (given: string): string => given.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '');

export interface FaxJob {
  id: string;
  /** Our key, where it is a job of ours. */
  key: string;
  state: string;
  status: string;
}

/** A line of a queue of jobs. Undefined for the jobs of others. */
export function jobIn(line: string): FaxJob | undefined {
  const [id, state, key, ...status] = line.split('|');
  if (!id || !state || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(key ?? '')) return undefined;
  return { id, state, key: key!, status: status.join('|').trim() };
}

/** What became of a job. Undefined while the server is at it. */
export function receiptOf({ key, state, status }: FaxJob, now: Date): Receipt | undefined {
  if (state === 'D') return { ref: { id: key }, state: 'delivered', at: now };
  if (state !== 'F') return undefined;
  const message = status || 'The fax could not be delivered.';
  return { ref: { id: key }, state: 'failed', at: now, fault: { class: 'invalid', message, scope: 'message' } };
}

export function identityOf(number: string, isVouched: boolean): ExternalIdentity {
  return { id: number, handle: number, ...(isVouched && /^\+\d{7,15}$/.test(number) && { verifiedPhone: number }) };
}

export function faxEvent(fax: ReceivedFax, bytes: Buffer | undefined, ours: string): UpsertEvent {
  const { id, number, at, pages, file } = fax;
  const isPdf = bytes?.subarray(0, 5).toString('latin1') === '%PDF-';
  const content: MediaContent | undefined = bytes && {
    bytes,
    type: isPdf ? 'application/pdf' : 'image/tiff',
    name: file,
  };
  return {
    op: 'upsert',
    ref: { id },
    // What was received never changes.
    revision: '1',
    kind: 'FAX' as PostKind,
    author: number ? identityOf(number, fax.isFromNetwork) : { id: `unknown:${id}` },
    own: false,
    root: { id: number ? `${ours}:${number}` : id },
    occurredAt: at,
    text: wordFax('INBOUND', number, pages),
    media: content ? [{ url: '', kind: 'file', content }] : [],
    auto: false,
    replyability: { public: false, private: number !== '', ...(!number && { reason: 'NOT_POSSIBLE' as const }) },
    replyTo: { to: number },
  };
}
