import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InboundEvent, MediaRef, PostKind, Receipt } from '../../src/ingest/connector.js';
import { momentOf } from './app.hook.js';

const text = z.string().optional().catch(undefined);
const person = z.object({ id: z.string() });
const attachment = z.object({
  type: z.string(),
  payload: z.object({ url: text, title: text }).optional().catch(undefined),
});
const messaging = z.object({
  sender: person,
  recipient: person,
  timestamp: z.union([z.number(), z.string()]).optional().catch(undefined),
  message: z
    .object({
      mid: z.string(),
      text,
      is_echo: z.boolean().optional().catch(undefined),
      is_deleted: z.boolean().optional().catch(undefined),
      reply_to: z.object({ mid: text }).optional().catch(undefined),
      attachments: z.array(attachment).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  message_edit: z.object({ mid: z.string(), text, num_edit: z.number().optional() }).optional().catch(undefined),
  postback: z.object({ mid: text, title: text, payload: text }).optional().catch(undefined),
  delivery: z
    .object({ mids: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
  read: z.object({ mid: text }).optional().catch(undefined),
});

/** Messenger and Instagram let a business answer for a day after a person wrote. */
const WINDOW_MS = 24 * 3_600_000;

/** One item under `messaging`: a message, its edit or end, or what became of one of ours. */
export function readMessaging(
  value: unknown,
  ownId: string,
  now: Date,
): { events: InboundEvent[]; receipts: Receipt[] } {
  const parsed = messaging.safeParse(value);
  if (!parsed.success) return { events: [], receipts: [] };
  const { sender, recipient, message, message_edit: edit, postback, delivery, read, timestamp } = parsed.data;
  const at = momentOf(timestamp) ?? now;
  const receipts: Receipt[] = [
    ...(delivery?.mids ?? []).map(id => ({ ref: { id }, state: 'delivered' as const, at })),
    ...(read?.mid ? [{ ref: { id: read.mid }, state: 'read' as const, at }] : []),
  ];
  const said = message ?? edit ?? (postback?.mid ? { mid: postback.mid, text: postback.title } : undefined);
  if (!said) return { events: [], receipts };
  if (message?.is_deleted)
    return { events: [{ op: 'delete', ref: { id: said.mid }, occurredAt: at, tombstone: true }], receipts };
  const own = message?.is_echo === true || sender.id === ownId;
  const other = own ? recipient.id : sender.id;
  const media = (message?.attachments ?? []).map(mediaOf).filter(each => each !== undefined);
  if (!said.text && media.length === 0) return { events: [], receipts };
  const parent = message?.reply_to?.mid;
  return {
    receipts,
    events: [
      {
        op: 'upsert',
        ref: { id: said.mid },
        revision: createHash('sha256')
          .update(said.text ?? '')
          .digest('base64url')
          .slice(0, 22),
        kind: 'DIRECT_MESSAGE' as PostKind,
        author: { id: sender.id },
        own,
        ...(parent && { parent: { id: parent } }),
        root: { id: `${ownId}:${other}` },
        occurredAt: at,
        ...(edit && { editedAt: at }),
        text: said.text ?? '',
        media,
        auto: false,
        // It is the person's words that open the window, not ours.
        replyability: { public: false, private: true, ...(!own && { until: new Date(at.getTime() + WINDOW_MS) }) },
        replyTo: { to: other },
      },
    ],
  };
}

const KINDS: Record<string, MediaRef['kind']> = { image: 'image', video: 'video', audio: 'audio', file: 'file' };

function mediaOf({ type, payload }: z.infer<typeof attachment>): MediaRef | undefined {
  const url = payload?.url;
  if (!url?.startsWith('https://')) return undefined;
  return { url, kind: KINDS[type] ?? 'file', ...(payload?.title && { description: payload.title }) };
}
