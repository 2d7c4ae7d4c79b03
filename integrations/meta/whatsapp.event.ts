import { z } from 'zod';
import type { ExternalIdentity, InboundEvent, MediaRef, PostKind, Receipt } from '../../src/ingest/connector.js';
import { momentOf } from './app.hook.js';
import { classOf } from './graph.client.js';

const text = z.string().optional().catch(undefined);
const file = z.object({ id: text, mime_type: text, caption: text, filename: text }).optional().catch(undefined);
const message = z.object({
  id: z.string(),
  from: text,
  from_user_id: text,
  timestamp: z.union([z.string(), z.number()]),
  type: z.string(),
  text: z.object({ body: z.string() }).optional().catch(undefined),
  image: file,
  video: file,
  audio: file,
  document: file,
  sticker: file,
  button: z.object({ text }).optional().catch(undefined),
  interactive: z
    .object({ button_reply: z.object({ title: text }).optional(), list_reply: z.object({ title: text }).optional() })
    .optional()
    .catch(undefined),
  location: z.object({ latitude: z.number(), longitude: z.number(), name: text }).optional().catch(undefined),
  context: z.object({ id: text }).optional().catch(undefined),
});
const contact = z.object({
  wa_id: text,
  user_id: text,
  profile: z.object({ name: text, username: text }).optional().catch(undefined),
});
const status = z.object({
  id: z.string(),
  status: z.string(),
  timestamp: z.union([z.string(), z.number()]),
  errors: z
    .array(z.object({ code: z.number(), title: text, message: text }))
    .optional()
    .catch(undefined),
});
const value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(contact.catch({})).optional().catch(undefined),
  messages: z.array(z.unknown()).optional().catch(undefined),
  statuses: z.array(z.unknown()).optional().catch(undefined),
});

/** After a person wrote, they may be answered freely for a day; later only by a template that Meta approved. */
const WINDOW_MS = 24 * 3_600_000;

/** What a number was told: messages, and what became of ours. Nothing for another number of the same business. */
export function readMessages(given: unknown, numberId: string): { events: InboundEvent[]; receipts: Receipt[] } {
  const parsed = value.safeParse(given);
  if (!parsed.success || parsed.data.metadata.phone_number_id !== numberId) return { events: [], receipts: [] };
  const { contacts = [], messages = [], statuses = [] } = parsed.data;
  return {
    events: messages.flatMap(each => {
      const said = message.safeParse(each);
      const event = said.success ? eventOf(said.data, contacts, numberId) : undefined;
      return event ? [event] : [];
    }),
    receipts: statuses.flatMap(each => {
      const told = status.safeParse(each);
      const receipt = told.success ? receiptOf(told.data) : undefined;
      return receipt ? [receipt] : [];
    }),
  };
}

function eventOf(
  given: z.infer<typeof message>,
  contacts: z.infer<typeof contact>[],
  numberId: string,
): InboundEvent | undefined {
  const at = momentOf(given.timestamp);
  const to = given.from ?? given.from_user_id;
  if (!at || !to) return undefined;
  const media = mediaOf(given);
  const words = wordsOf(given);
  if (!words && media.length === 0) return undefined;
  const person = contacts.find(
    ({ wa_id, user_id }) => (wa_id && wa_id === given.from) || (user_id && user_id === given.from_user_id),
  );
  return {
    op: 'upsert',
    ref: { id: given.id },
    // A message of WhatsApp's reaches a business once and as it is.
    revision: '1',
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: identityOf(given, person),
    own: false,
    ...(given.context?.id && { parent: { id: given.context.id } }),
    root: { id: `${numberId}:${given.from_user_id ?? given.from}` },
    occurredAt: at,
    text: words,
    media,
    auto: false,
    replyability: { public: false, private: true, until: new Date(at.getTime() + WINDOW_MS) },
    replyTo: { to, messageId: given.id, ...(!given.from && { isUserId: true }) },
  };
}

/** A person may hide the number behind a name: then the id that Meta gives to this business alone is all there is. */
function identityOf(given: z.infer<typeof message>, person: z.infer<typeof contact> | undefined): ExternalIdentity {
  const phone = given.from && /^\d{6,15}$/.test(given.from) ? `+${given.from}` : undefined;
  const { name, username } = person?.profile ?? {};
  return {
    id: given.from_user_id ?? given.from!,
    handle: username ?? phone ?? given.from_user_id ?? given.from!,
    ...(name && { displayName: name }),
    ...(phone && { verifiedPhone: phone }),
  };
}

function wordsOf(given: z.infer<typeof message>): string {
  const { text: plain, button, interactive, location } = given;
  const captions = [given.image, given.video, given.document].map(each => each?.caption);
  const chosen = interactive?.button_reply?.title ?? interactive?.list_reply?.title;
  const place = location && `${location.name ?? ''} geo:${location.latitude},${location.longitude}`.trim();
  return plain?.body ?? button?.text ?? chosen ?? captions.find(Boolean) ?? place ?? '';
}

const KINDS = [
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['document', 'file'],
  ['sticker', 'image'],
] as const;

/** A file lies behind an id, whose address lasts for minutes and only for us. */
function mediaOf(given: z.infer<typeof message>): MediaRef[] {
  return KINDS.flatMap(([field, kind]) => {
    const found = given[field];
    return found ? [{ url: '', kind, description: found.filename ?? found.mime_type ?? field }] : [];
  });
}

const STATES: Record<string, Receipt['state']> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

function receiptOf(given: z.infer<typeof status>): Receipt | undefined {
  const state = STATES[given.status];
  const at = momentOf(given.timestamp);
  if (!state || !at) return undefined;
  const [error] = given.errors ?? [];
  return {
    ref: { id: given.id },
    state,
    at,
    ...(state === 'failed' && {
      fault: {
        class: classOf(error?.code ?? 0) ?? 'unknown',
        message: error?.title ?? error?.message ?? 'WhatsApp could not deliver it.',
        scope: 'message' as const,
        ...(error && { code: error.code === 131047 ? 'TEMPLATE_NEEDED' : String(error.code) }),
      },
    }),
  };
}
