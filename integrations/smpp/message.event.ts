import type smpp from 'smpp';
import type { PostKind, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import { numberIdentity } from '../../src/ingest/short.message.js';

/** SMPP 3.4, 5.2.12: this is a report of what became of a message of ours. */
const RECEIPT = 0x04;
const HAS_HEADER = 0x40;

export interface Part {
  from: string;
  to: string;
  text: string;
  /** Which message it is a part of, and which part of how many. */
  of?: { reference: number; place: number; count: number };
}

export const isReceipt = (pdu: smpp.PDU): boolean => (Number(pdu['esm_class']) & 0x3c) === RECEIPT;

/** A message as it came, or one part of it. */
export function partOf(pdu: smpp.PDU): Part {
  const { message, udh } = (pdu['short_message'] ?? {}) as { message?: string | Buffer; udh?: Buffer[] };
  const payload = (pdu['message_payload'] as { message?: string | Buffer } | undefined)?.message;
  const said = message && message.length > 0 ? message : (payload ?? '');
  const of = Number(pdu['esm_class']) & HAS_HEADER ? concatenationOf(udh ?? []) : concatenationOfFields(pdu);
  return {
    from: numberOf(pdu['source_addr'], pdu['source_addr_ton']),
    to: numberOf(pdu['destination_addr'], pdu['dest_addr_ton']),
    text: typeof said === 'string' ? said : said.toString('utf8'),
    ...(of && { of }),
  };
}

/** 3GPP TS 23.040, 9.2.3.24.1 and .8: a reference of one or two bytes, how many parts, which one. */
function concatenationOf(headers: Buffer[]): Part['of'] {
  for (const header of headers) {
    if (header[0] === 0x00 && header.length >= 5)
      return { reference: header[2]!, count: header[3]!, place: header[4]! };
    if (header[0] === 0x08 && header.length >= 6)
      return { reference: header.readUInt16BE(2), count: header[4]!, place: header[5]! };
  }
  return undefined;
}

function concatenationOfFields(pdu: smpp.PDU): Part['of'] {
  const [reference, count, place] = ['sar_msg_ref_num', 'sar_total_segments', 'sar_segment_seqnum'].map(
    name => pdu[name],
  );
  return typeof reference === 'number' && typeof count === 'number' && typeof place === 'number'
    ? { reference, count, place }
    : undefined;
}

const INTERNATIONAL = 1;

function numberOf(address: unknown, kind: unknown): string {
  const text = String(address ?? '');
  return kind === INTERNATIONAL && /^\d+$/.test(text) ? `+${text}` : text;
}

export function eventOf(id: string, { from, text }: Part, number: string, now: Date): UpsertEvent {
  return {
    op: 'upsert',
    ref: { id },
    revision: '1',
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: numberIdentity(from),
    own: false,
    // Everything between two numbers is one conversation.
    root: { id: `${number}:${from}` },
    occurredAt: now,
    text,
    media: [],
    auto: false,
    replyability: { public: false, private: true },
    replyTo: { to: from },
  };
}

const STATES: Record<string, Receipt['state']> = {
  ENROUTE: 'sent',
  ACCEPTD: 'sent',
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
};

/** Message centres number what they take each in its own way: an id is one only beside the number it was sent from. */
export const sentId = (number: string, id: string): string => `${number}/${id}`;

/** A report under each spelling of the id: some networks give it as hex once and as a decimal the other time. */
export function receiptsOf(pdu: smpp.PDU, number: string, now: Date): Receipt[] {
  const { text } = partOf(pdu);
  const id = String(pdu['receipted_message_id'] ?? /\bid:(\S+)/.exec(text)?.[1] ?? '');
  const [, word = ''] = /\bstat:(\w+)/.exec(text) ?? [];
  const state = STATES[word.toUpperCase()];
  if (!id || !state) return [];
  const code = /\berr:(\w+)/.exec(text)?.[1];
  const fault = {
    class: 'invalid' as const,
    message: `The telephone network says ${word}.`,
    scope: 'message' as const,
    ...(code && { code }),
  };
  return spellingsOf(id).map(spelling => ({
    ref: { id: sentId(number, spelling) },
    state,
    at: now,
    ...(state === 'failed' && { fault }),
  }));
}

/** Of a short id another spelling may well be the id of another message. */
const LEAST_SPELT = 8;

function spellingsOf(id: string): string[] {
  const spellings = new Set([id]);
  if (id.length < LEAST_SPELT) return [id];
  if (/^\d{1,18}$/.test(id)) spellings.add(BigInt(id).toString(16)).add(BigInt(id).toString(16).toUpperCase());
  if (/^[0-9a-f]{1,16}$/i.test(id)) spellings.add(BigInt(`0x${id}`).toString());
  return [...spellings];
}
