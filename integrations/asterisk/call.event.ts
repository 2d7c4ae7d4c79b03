import type { CallDetails, ExternalIdentity, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { stageOf, wordCall } from '../../src/ingest/rendering.js';

export interface AsteriskConfig {
  /** Of the HTTP server that ARI is on, without a path. */
  url: string;
  username: string;
  password: string;
  /** Name under which Asterisk knows us. */
  app: string;
  /** What customers call, in the form the dialplan uses. */
  number: string;
  /** The longest number that is an extension of the house. */
  extensionDigits: number;
  /** Context in which a customer's number is dialled. */
  context: string;
  recordingsUrl?: string;
  cdrUrl?: string;
  /** Signs the records that are posted to us. */
  cdrSecret?: string;
}

/** One call, put together from its channels or from its records. */
export interface HeardCall {
  /** Of the first channel: what Asterisk calls linkedid. */
  id: string;
  customer: string;
  details: CallDetails;
  startedAt: Date;
  changedAt: Date;
}

/** Digits, with a plus where the number says its country; nothing for what is no number. */
export function normalise(number: string | undefined): string {
  const bare = (number ?? '').replace(/[\s().-]/g, '');
  if (!/^\+?\d+$/.test(bare)) return '';
  return bare.startsWith('00') ? `+${bare.slice(2)}` : bare;
}

export interface Parties {
  direction: CallDetails['direction'];
  customer: string;
}

/** Who called whom, from the caller's number and the number that was dialled. Undefined within the house, or when nobody is named. */
export function partiesOf(
  caller: string | undefined,
  dialled: string | undefined,
  config: AsteriskConfig,
): Parties | undefined {
  const [from, to] = [normalise(caller), normalise(dialled)];
  if (from && !isOurs(from, config)) return { direction: 'INBOUND', customer: from };
  if (to && !isOurs(to, config)) return { direction: 'OUTBOUND', customer: to };
  return undefined;
}

export const isExtension = (number: string, config: AsteriskConfig): boolean =>
  /^\d+$/.test(number) && number.length <= config.extensionDigits;

const isOurs = (number: string, config: AsteriskConfig): boolean =>
  isExtension(number, config) || number === normalise(config.number);

/** The telephone or agent behind a channel: `PJSIP/200-00000002` is 200. Nothing for a trunk, or half of a Local channel. */
export function deviceOf(channel: string, config: AsteriskConfig): string | undefined {
  const [, technology, resource = ''] = /^([A-Za-z0-9]+)\/([^@/]+?)-[0-9a-f]+$/i.exec(channel) ?? [];
  return technology && technology !== 'Local' && isExtension(resource, config) ? resource : undefined;
}

/** The queue a caller waits in, from the dialplan's application and its data: `Queue(support,t)` is support. */
export const queueOf = (application = '', data = ''): string | undefined =>
  application.toLowerCase() === 'queue' ? data.split(',')[0]!.trim() || undefined : undefined;

export function identityOf(number: string): ExternalIdentity {
  return { id: number, handle: number, ...(/^\+\d{7,15}$/.test(number) && { verifiedPhone: number }) };
}

/** The one post of a call. Its revision says how far the call has come; `editedAt` orders what arrives late. */
export function callEvent(
  { id, customer, details, startedAt, changedAt }: HeardCall,
  config: AsteriskConfig,
): UpsertEvent {
  const { status, agent = '', durationSeconds = '', recordingUrl = '' } = details;
  const own = details.direction === 'OUTBOUND';
  return {
    op: 'upsert',
    ref: { id },
    revision: [status, agent, durationSeconds, recordingUrl].join(':'),
    kind: 'CALL' as PostKind,
    author: identityOf(own ? normalise(config.number) : customer),
    own,
    root: { id: `${config.number}:${customer}` },
    occurredAt: startedAt,
    editedAt: new Date(changedAt.getTime() + stageOf(status)),
    text: wordCall(details, customer),
    media: recordingUrl ? [{ url: recordingUrl, kind: 'audio', description: 'Recording of the call' }] : [],
    auto: false,
    replyability: { public: false, private: false, reason: 'NOT_POSSIBLE' },
    replyTo: { to: customer },
    call: details,
  };
}
