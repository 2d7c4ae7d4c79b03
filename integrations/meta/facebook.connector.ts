import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
  type Receipt,
  type SendCommand,
  triedSince,
} from '../../src/ingest/connector.js';
import { renderPlain } from '../../src/ingest/rendering.js';
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
import { metaOAuth } from './login.flow.js';
import { readMessaging } from './messaging.event.js';
import {
  COMMENT_FIELDS,
  commentEvent,
  GRAPH_FIELDS,
  graphComment,
  postEvent,
  readFeedChange,
  readMention,
} from './page.event.js';

const LONGEST_COMMENT = 8000;
const LONGEST_MESSAGE = 2000;
/** Of one post that are listed at once, answers among them. */
const COMMENTS = 50;
const SUBSCRIBED = [
  'feed',
  'mention',
  'messages',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'messaging_postbacks',
];

const page = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  link: z.string().optional(),
});
const created = z.object({ id: z.string().optional(), message_id: z.string().optional() });
const feed = z.object({ data: z.array(z.unknown()) });
const listedPost = graphComment.extend({
  created_time: z.coerce.date().optional().catch(undefined),
  comments: z
    .object({ data: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
});

/** A Facebook page: comments, mentions and messages, told by Meta's calls and read again from the page's latest posts. */
export function facebookConnector({ origin = GRAPH_ORIGIN }: MetaOptions = {}): Connector<MetaConfig, SinceCursor> {
  return {
    kind: 'facebook',
    version: 1,
    network: 'FACEBOOK' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      // Only messages have a window, and say so themselves.
      reply: { public: true, private: true },
      edits: { notified: true, detectable: true },
      deletions: { notified: true, detectable: true },
      threadDepth: 2,
      textLimit: { max: LONGEST_COMMENT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: true,
    },
    connection: {
      fields: [
        {
          name: 'pageId',
          kind: 'setting',
          required: true,
          description: 'The number of the page, shown under About → Page transparency.',
        },
        ...APP_FIELDS,
      ],
      oauth: metaOAuth({
        origin,
        idName: 'pageId',
        scopes: [
          'pages_show_list',
          'pages_manage_metadata',
          'pages_read_user_content',
          'pages_read_engagement',
          'pages_manage_engagement',
          'pages_messaging',
        ],
      }),
    },
    configure: source => configureMeta(source, 'pageId'),
    limitsOf: limitsOfMeta,
    check: context =>
      checkMeta(context, origin, 'id,name,username,link', answer => {
        const { id, name, username, link } = page.parse(answer);
        return { id, handle: username ?? id, ...(name && { displayName: name }), ...(link && { url: link }) };
      }),

    async *poll(context, cursor): AsyncGenerator<Batch<SinceCursor>> {
      const { id } = context.config;
      const fields = `${GRAPH_FIELDS},comments.filter(stream).order(reverse_chronological).limit(${COMMENTS}){${COMMENT_FIELDS}}`;
      yield* recentEvents(context, cursor, async () => {
        const { data } = feed.parse(await askGraph(context, origin, `${id}/feed`, { query: { fields, limit: 25 } }));
        const posts = data.flatMap(given => listedPost.safeParse(given).data ?? []);
        const said = posts.flatMap(({ message, from, created_time: at, permalink_url: url, id: postId }) => {
          if (!at) return [];
          const post = { id: postId, at, ...(message && { message }), ...(from && { from }), ...(url && { url }) };
          return postEvent(post, id) ?? [];
        });
        const under = posts.map(post => {
          const given = post.comments?.data ?? [];
          const events = given.map(each => commentOf(each, post.id, id)).filter(event => event !== undefined);
          return { events, isCut: given.length >= COMMENTS };
        });
        return [{ events: said, isCut: false }, ...under];
      });
    },

    subscribe: (context, hook) =>
      subscribeApp(context, origin, hook, 'page', SUBSCRIBED, { id: context.config.id, fields: SUBSCRIBED }),
    verifyWebhook: verifyMeta,
    parseWebhook({ config: { id }, now }, request) {
      const found = { events: [] as InboundEvent[], receipts: [] as Receipt[], notices: [] as { id: string }[] };
      for (const { entryId, field, value } of changesOf(request, 'page', now())) {
        // One app serves many pages; each account takes what is its own.
        if (entryId !== id) continue;
        if (field === 'feed') found.events.push(...readFeedChange(value, id, now()));
        if (field === 'mention') found.notices.push(...readMention(value));
        if (field !== 'messaging') continue;
        const { events, receipts } = readMessaging(value, id, now());
        found.events.push(...events);
        found.receipts.push(...receipts);
      }
      return found;
    },
    async refetch(context, ref) {
      const { id } = context.config;
      try {
        const answer = await askGraph(context, origin, ref.id, { query: { fields: GRAPH_FIELDS } });
        const { from, message, created_time: at, permalink_url: url } = graphComment.parse(answer);
        const event = postEvent(
          { id: ref.id, at, ...(message && { message }), ...(from && { from }), ...(url && { url }) },
          id,
        );
        return event ?? 'gone';
      } catch (error) {
        if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone';
        throw error;
      }
    },

    render: ({ now }, draft, parent) =>
      tooLate(draft, parent, now()) ??
      renderPlain(draft, { max: draft.visibility === 'private' ? LONGEST_MESSAGE : LONGEST_COMMENT }),
    async send(context, command) {
      const { id } = context.config;
      const { text } = command.rendered;
      const commentId = command.parent?.replyTo?.['commentId'];
      const answer =
        command.visibility === 'public'
          ? await askGraph(context, origin, `${requireId(commentId)}/comments`, {
              method: 'POST',
              json: { message: text },
            })
          : await askGraph(context, origin, `${id}/messages`, {
              method: 'POST',
              json: {
                // Who only commented can be written to by that comment alone.
                recipient: commentId ? { comment_id: commentId } : { id: requireId(personOf(command)) },
                messaging_type: 'RESPONSE',
                message: { text },
              },
            });
      const { id: comment, message_id: message } = created.parse(answer);
      const ref = comment ?? message;
      if (!ref) return { state: 'unknown' };
      return { state: 'sent', ref: { id: ref }, replyTo: comment ? { commentId: comment } : { to: personOf(command) } };
    },
    findSent: (context, command) => findSent(context, origin, command),
    async delete(context, ref) {
      await askGraph(context, origin, ref.id, { method: 'DELETE' }).catch(ignoreGone);
    },
    async hide(context, ref, hidden) {
      await askGraph(context, origin, ref.id, { method: 'POST', json: { is_hidden: hidden } });
    },
  };
}

function commentOf(given: unknown, postId: string, pageId: string) {
  const parsed = graphComment.safeParse(given);
  if (!parsed.success) return undefined;
  const { id, message, from, created_time: at, permalink_url: url, parent, can_comment: canComment } = parsed.data;
  return commentEvent(
    {
      id,
      at,
      postId,
      ...(message && { message }),
      ...(from && { from }),
      ...(url && { url }),
      ...(parent && { parentId: parent.id, ...(parent.from && { parentAuthor: parent.from }) }),
      ...(canComment !== undefined && { canComment }),
    },
    pageId,
  );
}

/** Our own words under what was answered, or in the conversation with whom they were for, since we first tried. */
async function findSent(context: ConnectorContext<MetaConfig>, origin: string, command: SendCommand) {
  const { id } = context.config;
  const commentId = command.parent?.replyTo?.['commentId'];
  const since = triedSince(command);
  const isOurs = (given: { message?: string; from?: { id: string }; created_time: Date }) =>
    given.message === command.rendered.text && given.from?.id === id && given.created_time.getTime() >= since;
  const list = z.object({ data: z.array(graphComment.catch({ id: '', created_time: new Date(0) })) });
  if (command.visibility === 'public') {
    const query = { fields: GRAPH_FIELDS, order: 'reverse_chronological', limit: 50 };
    const { data } = list.parse(await askGraph(context, origin, `${requireId(commentId)}/comments`, { query }));
    const found = data.find(isOurs);
    return found ? { ref: { id: found.id }, replyTo: { commentId: found.id } } : null;
  }
  const to = personOf(command);
  if (!to) return null;
  const query = { user_id: to, fields: 'messages.limit(25){id,message,from,created_time}' };
  const conversations = z.object({ data: z.array(z.object({ messages: list })) });
  const { data } = conversations.parse(await askGraph(context, origin, `${id}/conversations`, { query }));
  const found = data.flatMap(({ messages }) => messages.data).find(isOurs);
  return found ? { ref: { id: found.id }, replyTo: { to } } : null;
}

function personOf({ parent, recipient }: SendCommand): string | undefined {
  const to = recipient?.id ?? parent?.replyTo?.['to'] ?? parent?.author.id;
  return typeof to === 'string' ? to : undefined;
}

function requireId(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new ConnectorError({ class: 'not_found', message: 'It is not known what to answer.', scope: 'message' });
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof ConnectorError && error.fault.class === 'not_found')) throw error;
}
