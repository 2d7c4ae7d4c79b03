import { z } from 'zod';
import type { MediaRef, PostKind, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import { numberIdentity } from '../../src/ingest/short.message.js';
import type { TwilioConfig } from './account.config.js';

/** A message as the REST API lists it. */
export const listedMessage = z.object({
  sid: z.string(),
  from: z.string().nullish(),
  to: z.string(),
  body: z.string().nullish(),
  direction: z.string(),
  status: z.string(),
  date_created: z.string().nullish(),
  date_sent: z.string().nullish(),
  error_code: z.number().nullish(),
  error_message: z.string().nullish(),
});
export type ListedMessage = z.infer<typeof listedMessage>;

const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** Numbers of one account at Twilio are signed for alike: whether this was written to ours. */
export const isTo = (form: URLSearchParams, { number }: TwilioConfig): boolean =>
  digitsOf(form.get('To') ?? '') === digitsOf(number);

/** The same of a call, which goes either way. */
export const isBetween = (form: URLSearchParams, config: TwilioConfig): boolean =>
  isTo(form, config) || digitsOf(form.get('From') ?? '') === digitsOf(config.number);

/** An incoming message as Twilio tells it by a form. Undefined for what is none. */
export function messageOf(form: URLSearchParams, config: TwilioConfig, now: Date): UpsertEvent | undefined {
  const [id, from] = [form.get('MessageSid') ?? form.get('SmsSid'), form.get('From')];
  if (!id || !from || statusOf(form) !== 'received') return undefined;
  const hasOptedOut = form.get('OptOutType')?.toUpperCase() === 'STOP';
  return {
    ...told({ id, text: form.get('Body') ?? '', media: mediaOf(form) }, from, config),
    occurredAt: now,
    replyability: { public: false, private: !hasOptedOut, ...(hasOptedOut && { reason: 'OPTED_OUT' as const }) },
  };
}

/** A message as it is listed: one we heard, or one of our own. */
export function listedEvent(message: ListedMessage, config: TwilioConfig): UpsertEvent | undefined {
  const own = message.direction.startsWith('outbound');
  const other = own ? message.to : message.from;
  const at = new Date(message.date_sent ?? message.date_created ?? Number.NaN);
  if (!other || Number.isNaN(at.getTime())) return undefined;
  return {
    ...told({ id: message.sid, text: message.body ?? '', media: [] }, other, config),
    ...(own && { own: true, author: numberIdentity(config.number) }),
    occurredAt: at,
  };
}

function told(message: { id: string; text: string; media: MediaRef[] }, other: string, config: TwilioConfig) {
  return {
    op: 'upsert' as const,
    ref: { id: message.id },
    // A short message never changes.
    revision: '1',
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: numberIdentity(other),
    own: false,
    // Everything between two numbers is one conversation.
    root: { id: `${config.number}:${other}` },
    text: message.text,
    media: message.media,
    auto: false,
    replyability: { public: false, private: true },
    replyTo: { to: other },
  };
}

function mediaOf(form: URLSearchParams): MediaRef[] {
  const count = Math.min(Number(form.get('NumMedia') ?? 0) || 0, 10);
  return Array.from({ length: count }, (_, index) => ({
    url: form.get(`MediaUrl${index}`) ?? '',
    type: form.get(`MediaContentType${index}`) ?? '',
  }))
    .filter(({ url }) => url.startsWith('https://'))
    .map(({ url, type }) => ({ url, kind: kindOf(type) }));
}

function kindOf(type: string): MediaRef['kind'] {
  const [family] = type.split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}

const STATES: Record<string, Receipt['state']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
};

/** What became of a message of ours. Undefined for states between, and for what is no receipt. */
export function receiptOf(form: URLSearchParams, now: Date): Receipt | undefined {
  const id = form.get('MessageSid') ?? form.get('SmsSid');
  const state = STATES[statusOf(form)];
  if (!id || !state) return undefined;
  const code = form.get('ErrorCode');
  const message = form.get('ErrorMessage') ?? 'The message could not be delivered.';
  return {
    ref: { id },
    state,
    at: now,
    ...(state === 'failed' && {
      fault: { class: 'invalid' as const, message, scope: 'message' as const, ...(code && { code }) },
    }),
  };
}

const statusOf = (form: URLSearchParams): string => form.get('MessageStatus') ?? form.get('SmsStatus') ?? '';
