import { createHash } from 'node:crypto';
import { z } from 'zod';
import type {
  DeleteEvent,
  ExternalIdentity,
  InboundEvent,
  MediaRef,
  PostKind,
  UpsertEvent,
} from '../../src/ingest/connector.js';

const text = z.string().optional().catch(undefined);
const user = z.object({
  id: z.number(),
  is_bot: z.boolean().optional().catch(undefined),
  first_name: text,
  last_name: text,
  username: text,
});
const chat = z.object({ id: z.number(), type: z.string(), title: text, username: text });
const file = z.object({ file_name: text, mime_type: text }).optional().catch(undefined);
const entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: user.optional().catch(undefined),
});

const base = z.object({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional().catch(undefined),
  chat,
  from: user.optional().catch(undefined),
  sender_chat: chat.optional().catch(undefined),
  via_bot: user.optional().catch(undefined),
  business_connection_id: text,
  message_thread_id: z.number().optional().catch(undefined),
  is_from_offline: z.boolean().optional().catch(undefined),
  text,
  caption: text,
  entities: z.array(entity).optional().catch(undefined),
  caption_entities: z.array(entity).optional().catch(undefined),
  photo: z
    .array(z.object({ file_id: z.string() }))
    .optional()
    .catch(undefined),
  video: file,
  animation: file,
  voice: file,
  audio: file,
  document: file,
  video_note: file,
  sticker: z.object({ emoji: text }).optional().catch(undefined),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
  contact: z.object({ phone_number: z.string(), user_id: z.number().optional() }).optional().catch(undefined),
});
const message = base.extend({ reply_to_message: base.optional().catch(undefined) });

export type TelegramMessage = z.infer<typeof message>;

const update = z.object({
  update_id: z.number(),
  message: message.optional().catch(undefined),
  edited_message: message.optional().catch(undefined),
  channel_post: message.optional().catch(undefined),
  edited_channel_post: message.optional().catch(undefined),
  business_message: message.optional().catch(undefined),
  edited_business_message: message.optional().catch(undefined),
  deleted_business_messages: z
    .object({ chat, message_ids: z.array(z.number()), business_connection_id: text })
    .optional()
    .catch(undefined),
});

/** An update as events, and the number that confirms it. Undefined for what is no update at all. */
export function readUpdate(
  value: unknown,
  botId: string,
  now: Date,
): { id: number; events: InboundEvent[] } | undefined {
  const parsed = update.safeParse(value);
  if (!parsed.success) return undefined;
  const { update_id: id, deleted_business_messages: deleted, ...kinds } = parsed.data;
  const said = Object.values(kinds).filter(each => each !== undefined);
  return {
    id,
    events: [
      ...said.map(each => upsertOf(each, botId)).filter(event => event !== undefined),
      ...(deleted?.message_ids ?? []).map(
        (messageId): DeleteEvent => ({
          op: 'delete',
          ref: { id: idOf(deleted!, messageId, botId) },
          occurredAt: now,
          tombstone: true,
        }),
      ),
    ],
  };
}

export const readMessage = (value: unknown): TelegramMessage | undefined => message.safeParse(value).data;

type Placed = Pick<TelegramMessage, 'chat' | 'business_connection_id'>;

/**
 * Channels and supergroups number their messages for everybody. Private chats and small groups are numbered for each bot and business by
 * itself: what two of our bots hear from one person has the same chat and the same numbers.
 */
function chatOf({ chat, business_connection_id: connection }: Placed, botId: string): string {
  const isShared = chat.type === 'channel' || chat.type === 'supergroup';
  return isShared ? String(chat.id) : `${connection ?? botId}/${chat.id}`;
}

export const idOf = (place: Placed, messageId: number, botId: string): string => `${chatOf(place, botId)}:${messageId}`;

/** What `idOf` made. `connection` is absent for what the bot itself said. */
export function readId(id: string, botId: string): { chatId: string; messageId: number; connection?: string } | null {
  const [, scope, chatId, number] = /^(?:([^/]+)\/)?(-?\d+):(\d+)$/.exec(id) ?? [];
  if (!chatId || !number) return null;
  return { chatId, messageId: Number(number), ...(scope && scope !== botId && { connection: scope }) };
}

/** Undefined for what nobody said: somebody joined, a title was changed. */
export function upsertOf(given: TelegramMessage, botId: string): UpsertEvent | undefined {
  const words = given.text ?? given.caption ?? '';
  const media = mediaOf(given);
  const shown = words || otherWords(given);
  if (!shown && media.length === 0) return undefined;
  const author = authorOf(given);
  const isPrivate = given.chat.type === 'private';
  const parent = given.reply_to_message;
  // In a business account's chats, whoever is not the chat's own person answers for the business.
  const isOwner = given.business_connection_id !== undefined && isPrivate && author.id !== String(given.chat.id);
  const own = author.id === botId || isOwner;
  return {
    op: 'upsert',
    ref: { id: idOf(given, given.message_id, botId), ...linkOf(given) },
    revision: createHash('sha256')
      .update(JSON.stringify([shown, media]))
      .digest('base64url')
      .slice(0, 22),
    kind: kindOf(given, botId) as PostKind,
    author,
    own,
    ...(parent && {
      parent: { id: idOf({ ...given, chat: parent.chat }, parent.message_id, botId), author: authorOf(parent) },
    }),
    // A private chat is one conversation for ever; in a group each thread of answers is its own.
    ...(isPrivate && { root: { id: chatOf(given, botId) } }),
    mentions: mentionsOf(given),
    occurredAt: new Date(given.date * 1000),
    ...(given.edit_date && { editedAt: new Date(given.edit_date * 1000) }),
    text: shown,
    media,
    auto: Boolean(given.from?.is_bot && !own) || given.is_from_offline === true,
    replyability: { public: !isPrivate, private: isPrivate },
    replyTo: replyToOf(given),
  };
}

export const replyToOf = (given: TelegramMessage): Record<string, unknown> => ({
  chatId: String(given.chat.id),
  messageId: given.message_id,
  ...(given.business_connection_id && { businessConnectionId: given.business_connection_id }),
  ...(given.message_thread_id && { threadId: given.message_thread_id }),
});

function kindOf(given: TelegramMessage, botId: string): `${PostKind}` {
  if (given.chat.type === 'private') return 'DIRECT_MESSAGE';
  if (given.chat.type === 'channel') return 'POST';
  return String(given.reply_to_message?.from?.id) === botId ? 'COMMENT' : 'MENTION';
}

/** Who speaks for a group or a channel has no identity but the chat's. */
function authorOf(given: Pick<TelegramMessage, 'from' | 'sender_chat' | 'chat' | 'contact'>): ExternalIdentity {
  const speaker = given.sender_chat ?? (given.from ? undefined : given.chat);
  if (speaker) {
    return {
      id: String(speaker.id),
      ...(speaker.username && { handle: speaker.username, url: `https://t.me/${speaker.username}` }),
      ...(speaker.title && { displayName: speaker.title }),
    };
  }
  const { contact, from } = given;
  return {
    ...identityOf(from!),
    // Telegram fills in the sender's own number only when they share their own contact.
    ...(contact?.user_id === from!.id && { verifiedPhone: contact.phone_number.replace(/^(?!\+)/, '+') }),
  };
}

export function identityOf(given: z.infer<typeof user>): ExternalIdentity {
  const name = [given.first_name, given.last_name].filter(Boolean).join(' ');
  return {
    id: String(given.id),
    ...(given.username && { handle: given.username, url: `https://t.me/${given.username}` }),
    ...(name && { displayName: name }),
  };
}

/** Offsets count UTF-16 units, as strings here do. */
function mentionsOf(given: TelegramMessage): ExternalIdentity[] {
  const words = given.text ?? given.caption ?? '';
  return (given.entities ?? given.caption_entities ?? []).flatMap(({ type, offset, length, user: named }) => {
    if (type === 'text_mention' && named) return [identityOf(named)];
    const handle = words.slice(offset, offset + length).replace(/^@/, '');
    return type === 'mention' && handle ? [{ handle }] : [];
  });
}

const KINDS = [
  ['photo', 'image'],
  ['video', 'video'],
  ['animation', 'video'],
  ['video_note', 'video'],
  ['voice', 'audio'],
  ['audio', 'audio'],
  ['document', 'file'],
] as const;

/** Files lie behind an address that holds the bot's token, so only what they are is told. */
function mediaOf(given: TelegramMessage): MediaRef[] {
  const first = KINDS.find(([field]) => given[field] !== undefined);
  if (!first) return [];
  const [field, kind] = first;
  const named = field === 'photo' ? undefined : given[field]?.file_name;
  return [{ url: linkOf(given).url ?? '', kind, description: named ?? field.replace('_', ' ') }];
}

function otherWords({ sticker, location, contact }: TelegramMessage): string {
  if (sticker) return sticker.emoji ?? '';
  if (location) return `geo:${location.latitude},${location.longitude}`;
  return contact ? `tel:${contact.phone_number}` : '';
}

function linkOf({ chat: { username, type }, message_id }: TelegramMessage): { url?: string } {
  return username && type !== 'private' ? { url: `https://t.me/${username}/${message_id}` } : {};
}
