import { z } from 'zod';
import {
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
  type Receipt,
  type SendCommand,
  triedSince,
} from '../../src/ingest/connector.js';
import { refusal, renderPlain } from '../../src/ingest/rendering.js';
import {
  APP_FIELDS,
  checkMeta,
  type MetaConfig,
  type MetaOptions,
  recentEvents,
  type SinceCursor,
  subscribeApp,
  tooLate,
} from './account.client.js';
import { changesOf, configureMeta, verifyMeta } from './app.hook.js';
import { askGraph, GRAPH_ORIGIN, limitsOfMeta } from './graph.client.js';
import { COMMENT_FIELDS, commentEvent, instagramComment, mentionRef } from './instagram.event.js';
import { findMessage, personOf, readAgain } from './instagram.reader.js';
import { metaOAuth } from './login.flow.js';
import { readMessaging } from './messaging.event.js';

const LONGEST_COMMENT = 300;
const LONGEST_MESSAGE = 1000;
const MOST_TAGS = 4;
const SUBSCRIBED = ['comments', 'mentions', 'messages'];
/** Of the page, which must have taken on the app with some field before anything of Instagram is told. */
const PAGE_FIELDS = ['feed', 'messages'];
/** Of one picture that are listed at once. */
const COMMENTS = 50;

const account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string().optional(),
  biography: z.string().optional(),
  followers_count: z.number().optional(),
});
const list = z
  .object({ data: z.array(z.unknown()) })
  .optional()
  .catch(undefined);
const mediaList = z.object({ data: z.array(z.unknown()) });
const listedMedia = z.object({ id: z.string(), permalink: z.string().optional().catch(undefined), comments: list });
const created = z.object({ id: z.string().optional(), message_id: z.string().optional() });

/** An Instagram business account: comments, mentions and messages. Instagram keeps nothing it told, so comments are also read again. */
export function instagramConnector({ origin = GRAPH_ORIGIN }: MetaOptions = {}): Connector<MetaConfig, SinceCursor> {
  const post = (context: ConnectorContext<MetaConfig>, path: string, json: object) =>
    askGraph(context, origin, path, { method: 'POST', json });

  return {
    kind: 'instagram',
    version: 1,
    network: 'INSTAGRAM' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      // Only messages have a window, and say so themselves.
      reply: { public: true, private: true },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: false },
      threadDepth: 2,
      textLimit: { max: LONGEST_COMMENT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: true,
    },
    connection: {
      fields: [
        {
          name: 'instagramId',
          kind: 'setting',
          required: true,
          description: 'The number of the Instagram business account, shown in Meta Business Suite.',
        },
        {
          name: 'pageId',
          kind: 'setting',
          required: true,
          description: 'The number of the Facebook page that the account is joined to.',
        },
        ...APP_FIELDS,
      ],
      oauth: metaOAuth({
        origin,
        idName: 'pageId',
        scopes: [
          'instagram_basic',
          'instagram_manage_comments',
          'instagram_manage_messages',
          'pages_show_list',
          'pages_manage_metadata',
        ],
      }),
    },
    configure: source => configureMeta(source, 'instagramId', 'pageId'),
    limitsOf: limitsOfMeta,
    check: context =>
      checkMeta(context, origin, 'id,username,name,biography,followers_count', answer => {
        const { id, username, name, biography, followers_count: followersCount } = account.parse(answer);
        return {
          id,
          handle: username,
          url: `https://www.instagram.com/${username}/`,
          ...(name && { displayName: name }),
          ...(biography && { bio: biography }),
          ...(followersCount !== undefined && { followersCount }),
        };
      }),

    async *poll(context, cursor) {
      const { id } = context.config;
      const replies = `replies.limit(20){${COMMENT_FIELDS}}`;
      const fields = `id,permalink,comments.limit(${COMMENTS}){${COMMENT_FIELDS},${replies}}`;
      yield* recentEvents(context, cursor, async () => {
        const { data } = mediaList.parse(
          await askGraph(context, origin, `${id}/media`, { query: { fields, limit: 25 } }),
        );
        const all = data.flatMap(given => listedMedia.safeParse(given).data ?? []);
        return all.map(media => {
          const listed = media.comments?.data ?? [];
          const about = { id: media.id, ...(media.permalink && { permalink: media.permalink }) };
          const events = listed
            .flatMap(given => [given, ...repliesOf(given)])
            .flatMap(given => {
              const comment = instagramComment.safeParse(given);
              if (!comment.success) return [];
              return commentEvent({ ...comment.data, media: about }, media.id, { id }, context.now()) ?? [];
            });
          return { events, isCut: listed.length >= COMMENTS };
        });
      });
    },

    subscribe: (context, hook) =>
      subscribeApp(context, origin, hook, 'instagram', SUBSCRIBED, {
        id: context.config.holderId!,
        fields: PAGE_FIELDS,
      }),
    verifyWebhook: verifyMeta,
    parseWebhook({ config: { id }, now }, request) {
      const found = { events: [] as InboundEvent[], receipts: [] as Receipt[], notices: [] as { id: string }[] };
      for (const { entryId, field, value, at } of changesOf(request, 'instagram', now())) {
        if (entryId !== id) continue;
        if (field === 'comments' || field === 'live_comments') {
          const comment = instagramComment.safeParse(value);
          const event = comment.success ? commentEvent(comment.data, undefined, { id }, at) : undefined;
          if (event) found.events.push(event);
        }
        if (field === 'mentions') found.notices.push(...mentionRef(value));
        if (field !== 'messaging') continue;
        const { events, receipts } = readMessaging(value, id, now());
        found.events.push(...events);
        found.receipts.push(...receipts);
      }
      return found;
    },
    async refetch(context, ref) {
      try {
        return (await readAgain(context, origin, ref.id)) ?? 'gone';
      } catch (error) {
        if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone';
        throw error;
      }
    },

    render({ now }, draft, parent) {
      const late = tooLate(draft, parent, now());
      if (late) return late;
      const max = draft.visibility === 'private' ? LONGEST_MESSAGE : LONGEST_COMMENT;
      if (draft.visibility === 'public') {
        const tags = draft.text.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
        if (tags > MOST_TAGS)
          return refusal('TOO_MANY_TAGS', `At most ${MOST_TAGS} hashtags.`, { count: tags, max: MOST_TAGS });
        const links = draft.text.match(/https?:\/\/\S+/gi)?.length ?? 0;
        if (links > 1) return refusal('TOO_MANY_LINKS', 'At most one link.', { count: links, max: 1 });
      }
      return renderPlain(draft, { max });
    },
    async send(context, command) {
      const { id, holderId } = context.config;
      const { replyTo = {} } = command.parent ?? {};
      const { text } = command.rendered;
      if (command.visibility === 'private') {
        const to = personOf(command);
        // Who only commented can be written to by that comment alone.
        const recipient = replyTo['commentId'] ? { comment_id: replyTo['commentId'] } : { id: to };
        const { message_id: sent } = created.parse(
          await post(context, `${holderId}/messages`, { recipient, message: { text } }),
        );
        return sent ? { state: 'sent', ref: { id: sent }, replyTo: { to } } : { state: 'unknown' };
      }
      const answer = replyTo['mentionMediaId']
        ? await post(context, `${id}/mentions`, {
            media_id: replyTo['mentionMediaId'],
            ...(replyTo['mentionCommentId'] !== undefined && { comment_id: replyTo['mentionCommentId'] }),
            message: text,
          })
        : await post(context, `${topOf(command)}/replies`, { message: text });
      const { id: sent } = created.parse(answer);
      if (!sent) return { state: 'unknown' };
      const topId = replyTo['mentionMediaId'] ? undefined : topOf(command);
      return { state: 'sent', ref: { id: sent }, replyTo: { commentId: sent, ...(topId && { topId }) } };
    },
    async findSent(context, command) {
      const { id } = context.config;
      if (command.visibility === 'private') return findMessage(context, origin, command);
      if (command.parent?.replyTo?.['mentionMediaId']) {
        const message = 'Instagram does not show what was answered to a mention: somebody has to look.';
        throw new ConnectorError({ class: 'forbidden', message, scope: 'message' });
      }
      const query = { fields: COMMENT_FIELDS, limit: 100 };
      const { data } = z
        .object({ data: z.array(z.unknown()) })
        .parse(await askGraph(context, origin, `${topOf(command)}/replies`, { query }));
      const found = data
        .flatMap(given => instagramComment.safeParse(given).data ?? [])
        .find(
          ({ text, from, timestamp }) =>
            text === command.rendered.text && from?.id === id && (timestamp?.getTime() ?? 0) >= triedSince(command),
        );
      return found ? { ref: { id: found.id }, replyTo: { commentId: found.id, topId: topOf(command) } } : null;
    },
    async delete(context, ref) {
      await askGraph(context, origin, ref.id, { method: 'DELETE' }).catch(error => {
        if (!(error instanceof ConnectorError && error.fault.class === 'not_found')) throw error;
      });
    },
    async hide(context, ref, hidden) {
      await post(context, ref.id, { hide: hidden });
    },
  };
}

const repliesOf = (given: unknown): unknown[] => {
  const { replies } = (given ?? {}) as { replies?: { data?: unknown } };
  return Array.isArray(replies?.data) ? replies.data : [];
};

/** Instagram keeps two levels: what answers an answer is put under the first comment. */
function topOf({ parent }: SendCommand): string {
  const id = parent?.replyTo?.['topId'] ?? parent?.replyTo?.['commentId'];
  if (typeof id === 'string') return id;
  throw new ConnectorError({ class: 'not_found', message: 'It is not known what to answer.', scope: 'message' });
}
