import { z } from 'zod';
import type { ExternalIdentity, MediaContent, PostKind, Receipt, UpsertEvent } from '../../src/ingest/connector.js';
import { wordFax } from '../../src/ingest/rendering.js';

export interface PhaxioConfig {
  apiKey: string;
  apiSecret: string;
  callbackToken: string;
  /** E.164: what is sent from, and received on. */
  number: string;
}

const text = z.string().nullish().catch(undefined);

/** A fax as Phaxio lists it, and as it tells it. */
export const phaxioFax = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  direction: z.enum(['sent', 'received']),
  status: z.string(),
  num_pages: z.number().int().nullish().catch(undefined),
  from_number: text,
  caller_id: text,
  to_number: text,
  created_at: text,
  completed_at: text,
  error_message: text,
  error_type: text,
  tags: z.record(z.string(), z.string()).nullish().catch(undefined),
  recipients: z
    .array(z.object({ phone_number: text, error_message: text, error_type: text }))
    .nullish()
    .catch(undefined),
});
export type PhaxioFax = z.infer<typeof phaxioFax>;

/** The tag by which a fax of ours is found again. */
export const KEY_TAG = 'key';

const isE164 = (number: string): boolean => /^\+\d{7,15}$/.test(number);

export function identityOf(number: string): ExternalIdentity {
  return { id: number, handle: number, ...(isE164(number) && { verifiedPhone: number }) };
}

/** When Phaxio was done with it; undefined while it is not. */
export function completedAt({ completed_at, created_at, status }: PhaxioFax): Date | undefined {
  if (!['success', 'failure', 'partialsuccess'].includes(status)) return undefined;
  const at = new Date(completed_at ?? created_at ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** A fax that came, or one that was sent elsewhere than here. Undefined while it is under way, and for our own. */
export function faxEvent(
  fax: PhaxioFax,
  file: MediaContent | undefined,
  config: PhaxioConfig,
): UpsertEvent | undefined {
  const at = completedAt(fax);
  const own = fax.direction === 'sent';
  if (!at || (own && (fax.tags?.[KEY_TAG] || fax.status !== 'success'))) return undefined;
  const other = (own ? (fax.to_number ?? fax.recipients?.[0]?.phone_number) : fax.from_number) ?? '';
  return {
    op: 'upsert',
    ref: { id: fax.id },
    // What was received never changes.
    revision: '1',
    kind: 'FAX' as PostKind,
    // Without a number every fax has a sender of its own: nothing says that two are one.
    author: own ? identityOf(config.number) : other ? identityOf(other) : { id: `unknown:${fax.id}` },
    own,
    root: { id: other ? `${config.number}:${other}` : fax.id },
    occurredAt: at,
    text: wordFax(own ? 'OUTBOUND' : 'INBOUND', other, fax.num_pages ?? undefined),
    media: file ? [{ url: '', kind: 'file', content: file }] : [],
    auto: false,
    replyability: { public: false, private: other !== '', ...(other === '' && { reason: 'NOT_POSSIBLE' as const }) },
    replyTo: { to: other },
  };
}

/** What became of a fax of ours. Undefined while it is under way. */
export function receiptOf(fax: PhaxioFax): Receipt | undefined {
  const at =
    completedAt(fax) ?? (fax.status === 'canceled' ? new Date(fax.completed_at ?? fax.created_at ?? 0) : undefined);
  if (fax.direction !== 'sent' || !at) return undefined;
  if (fax.status === 'success') return { ref: { id: fax.id }, state: 'delivered', at };
  const [recipient] = fax.recipients ?? [];
  const message = fax.error_message ?? recipient?.error_message ?? 'The fax could not be delivered.';
  const code = fax.error_type ?? recipient?.error_type;
  return {
    ref: { id: fax.id },
    state: 'failed',
    at,
    fault: { class: 'invalid', message: message.slice(0, 500), scope: 'message', ...(code && { code }) },
  };
}
