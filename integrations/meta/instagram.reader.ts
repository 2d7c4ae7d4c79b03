import { z } from 'zod';
import type { ConnectorContext, InboundEvent, SendCommand, Sent } from '../../src/ingest/connector.js';
import { triedSince } from '../../src/ingest/connector.js';
import type { MetaConfig } from './account.client.js';
import { askGraph } from './graph.client.js';
import {
  COMMENT_FIELDS,
  commentEvent,
  instagramComment,
  instagramMedia,
  mentionedMediaEvent,
  mentionOf,
} from './instagram.event.js';

/** A comment, or a mention of us, as it is now; undefined when it says nothing. Throws `ConnectorError`. */
export async function readAgain(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  ref: string,
): Promise<InboundEvent | undefined> {
  const { id } = context.config;
  const mention = mentionOf({ id: ref });
  if (!mention) {
    const comment = instagramComment.parse(
      await askGraph(context, origin, ref, { query: { fields: `${COMMENT_FIELDS},media{id,permalink}` } }),
    );
    return commentEvent(comment, undefined, { id }, context.now());
  }
  const { mediaId, commentId } = mention;
  const fields = commentId
    ? `mentioned_comment.comment_id(${commentId}){${COMMENT_FIELDS},media{id,permalink}}`
    : `mentioned_media.media_id(${mediaId}){id,caption,username,timestamp,permalink}`;
  const answer = (await askGraph(context, origin, id, { query: { fields } })) as Record<string, unknown>;
  if (!commentId) return mentionedMediaEvent(instagramMedia.parse(answer['mentioned_media']));
  return commentEvent(instagramComment.parse(answer['mentioned_comment']), mediaId, { id }, context.now(), 'MENTION');
}

/** Our own words in the conversation with whom they were for, since we first tried. */
export async function findMessage(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  command: SendCommand,
): Promise<Sent | null> {
  const to = personOf(command);
  if (to === undefined) return null;
  const query = { platform: 'instagram', user_id: to, fields: 'messages.limit(25){id,message,from,created_time}' };
  const message = z.object({
    id: z.string(),
    message: z.string().optional(),
    from: z.object({ id: z.string() }),
    created_time: z.coerce.date(),
  });
  const conversations = z.object({ data: z.array(z.object({ messages: z.object({ data: z.array(message) }) })) });
  const { data } = conversations.parse(
    await askGraph(context, origin, `${context.config.holderId}/conversations`, { query }),
  );
  const found = data
    .flatMap(({ messages }) => messages.data)
    .find(
      ({ message: text, from, created_time: at }) =>
        text === command.rendered.text && from.id === context.config.id && at.getTime() >= triedSince(command),
    );
  return found ? { ref: { id: found.id }, replyTo: { to } } : null;
}

/** Whom a private answer is for. */
export function personOf({ parent, recipient }: SendCommand): string | undefined {
  const to = parent?.replyTo?.['to'] ?? recipient?.id ?? parent?.author.id;
  return typeof to === 'string' ? to : undefined;
}
