import { decodeHTML } from 'entities';
import { z } from 'zod';
import type { MediaRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { identityOf } from './post.event.js';
import { userShape, type XUser } from './post.shapes.js';

/** Direct messages have ids of the same kind as posts; the prefix keeps the two apart. */
const PREFIX = 'dm:';

export const messageRef = (id: string): string => `${PREFIX}${id}`;

/** The id on the network, when this names a direct message. */
export const messageId = (ref: string): string | undefined =>
  ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : undefined;

const word = z.string().optional().catch(undefined);
const links = z.array(z.object({ url: z.string(), expanded_url: word })).catch([]);

/** As webhooks of both kinds send it. */
export const messageShape = z.object({
  type: z.literal('message_create'),
  id: z.string().regex(/^\d{1,19}$/),
  created_timestamp: z.string().regex(/^\d{13}$/),
  message_create: z.object({
    sender_id: z.string(),
    target: z.object({ recipient_id: z.string() }),
    message_data: z.object({
      text: z.string(),
      entities: z.object({ urls: links }).optional().catch(undefined),
      attachment: z
        .object({ media: z.object({ media_url_https: z.string(), type: word }) })
        .optional()
        .catch(undefined),
    }),
  }),
});

/** Users by id: in today's shape, or with the names of old. */
export const peopleShape = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform(
    all =>
      new Map(
        Object.values(all)
          .flatMap(each => personOf(each) ?? [])
          .map(user => [user.id, user]),
      ),
  );

const formerUserShape = z
  .object({
    id_str: word,
    id: z.union([z.string(), z.number().transform(String)]).optional(),
    screen_name: z.string(),
    name: word,
    description: word,
    profile_image_url_https: word,
    followers_count: z.int().nonnegative().optional().catch(undefined),
  })
  .transform(
    ({ id, id_str, screen_name, profile_image_url_https, followers_count, ...same }): XUser => ({
      ...same,
      id: id_str ?? id ?? '',
      username: screen_name,
      profile_image_url: profile_image_url_https,
      public_metrics: { followers_count },
      affiliation: undefined,
    }),
  );

export function personOf(given: unknown): XUser | undefined {
  const former = formerUserShape.safeParse(given).data;
  if (former) return former.id === '' ? undefined : former;
  return userShape.safeParse(given).data;
}

export function messageEvent(
  message: z.infer<typeof messageShape>,
  users: Map<string, XUser>,
  ourId: string | undefined,
): UpsertEvent {
  const { sender_id: senderId, target, message_data: said } = message.message_create;
  const recipientId = target.recipient_id;
  const own = senderId === ourId;
  const other = own ? recipientId : senderId;
  const url = said.attachment?.media.media_url_https;
  return {
    op: 'upsert',
    ref: { id: messageRef(message.id) },
    revision: message.id,
    kind: 'DIRECT_MESSAGE' as PostKind,
    author: identityOf(senderId, { users }),
    own,
    root: { id: messageRef(conversationOf(senderId, recipientId)) },
    occurredAt: new Date(Number(message.created_timestamp)),
    text: decodeHTML(
      (said.entities?.urls ?? []).reduce(
        (text, link) => (link.expanded_url ? text.replaceAll(link.url, () => link.expanded_url!) : text),
        said.text,
      ),
    ),
    media: url ? [{ url, kind: mediaKind(said.attachment?.media.type) }] : [],
    auto: users.get(senderId)?.affiliation?.description === 'Automated',
    replyability: { public: false, private: true },
    replyTo: { participantId: other },
  };
}

function mediaKind(type: string | undefined): MediaRef['kind'] {
  return type === 'photo' || type === undefined ? 'image' : 'video';
}

/** The two ids, the smaller first: how X itself names a conversation of two. */
function conversationOf(...ids: [string, string]): string {
  return ids.sort((one, other) => one.length - other.length || (one < other ? -1 : 1)).join('-');
}
