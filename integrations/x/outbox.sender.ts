import type { TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type ExternalRef,
  type SendCommand,
  type SendResult,
  type Sent,
} from '../../src/ingest/connector.js';
import { invalid, type XConfig } from './account.config.js';
import type { Accounts } from './account.reader.js';
import type { XClient, XRequest } from './api.client.js';
import { type Dialect, inItsNames } from './api.fields.js';
import { paying } from './api.prices.js';
import { linksIn, type XPayload } from './draft.render.js';
import { messageId, messageRef } from './message.event.js';
import { toUpsert, urlOf } from './post.event.js';
import { pageShape, postShape } from './post.shapes.js';

type Context = ConnectorContext<XConfig>;

const id = z.string().regex(/^\d{1,19}$/);
const sentPostShape = z.object({ data: z.object({ id }) });
const sentMessageShape = z.object({ data: z.object({ dm_event_id: id }) });
const messagesShape = z.object({
  data: z
    .array(z.object({ id, text: z.string().catch(''), sender_id: z.string(), created_at: z.coerce.date() }))
    .catch([]),
});

/** Clocks differ, and X dates a post when it took it. */
const TOLERANCE_MS = 60_000;
const LOOKED_AT = 50;

export async function send(context: Context, client: XClient, command: SendCommand): Promise<SendResult> {
  if (command.kind === 'call') throw invalid('X makes no calls.');
  const { text } = command.rendered.payload as XPayload;
  const isPrivate = command.visibility === 'private';
  const media = await uploadAll(client, command);
  if (isPrivate) {
    const participantId = participantOf(command);
    const body = {
      ...(text && { text }),
      ...(media.length > 0 && { attachments: media.map(media_id => ({ media_id })) }),
    };
    const request = {
      path: 'dm_conversations/with/:participant_id/messages',
      params: { participant_id: participantId },
      body,
      as: 'user' as const,
    };
    const { data } = await paying(context, { write: 1 }, async () => ({
      result: await client.ask('post', request, sentMessageShape),
      spent: { write: 1 },
    }));
    return { state: 'sent', ref: { id: messageRef(data.dm_event_id) }, replyTo: { participantId } };
  }
  const body = {
    text,
    ...(command.parent && { reply: { in_reply_to_tweet_id: answeredId(command.parent) } }),
    ...(media.length > 0 && { media: { media_ids: media } }),
  };
  const unit = linksIn(text) > 0 ? 'writeWithLink' : 'write';
  const { data } = await paying(context, { [unit]: 1 }, async () => ({
    result: await client.ask('post', { path: 'tweets', body, as: 'user' }, sentPostShape),
    spent: { [unit]: 1 },
  }));
  return { state: 'sent', ...sentPost(data.id) };
}

/** X has no key for repeated sending: what was sent is looked for among our newest, by text and by what it answers. */
export async function findSent(
  context: Context,
  tools: { client: XClient; accounts: Accounts; dialect: Dialect },
  command: SendCommand,
): Promise<Sent | null> {
  const { client, accounts, dialect } = tools;
  const since = new Date(command.firstTriedAt.getTime() - TOLERANCE_MS);
  const ourId = context.config.userId ?? (await accounts.own(context, client)).id;
  const wanted = comparable((command.rendered.payload as XPayload).text);
  if (command.visibility === 'private') {
    const participantId = participantOf(command);
    const request = {
      path: 'dm_conversations/with/:participant_id/dm_events',
      params: { participant_id: participantId },
      query: {
        max_results: LOOKED_AT,
        event_types: 'MessageCreate',
        'dm_event.fields': 'id,text,created_at,event_type',
        expansions: 'sender_id',
      },
      as: 'user' as const,
    };
    const { data } = await paying(context, { message: LOOKED_AT }, async () => {
      const result = await client.ask('get', request, messagesShape);
      return { result, spent: { message: result.data.length } };
    });
    const found = data.find(
      each => each.sender_id === ourId && each.created_at >= since && comparable(each.text) === wanted,
    );
    return found ? { ref: { id: messageRef(found.id) }, replyTo: { participantId } } : null;
  }
  const path = 'users/:id/tweets';
  const query = { max_results: LOOKED_AT, start_time: since.toISOString().replace(/\.\d+/, '') };
  const page = await paying(context, { ownPost: LOOKED_AT }, async () => {
    const result = await inItsNames(dialect, path, fields =>
      client.ask('get', { path, params: { id: ourId }, query: { ...query, ...fields }, as: 'user' }, pageShape),
    );
    return { result, spent: { ownPost: result.data.length } };
  });
  const parentId = command.parent?.ref.id;
  for (const each of page.data) {
    const post = postShape.safeParse(each).data;
    const event = post && toUpsert(post, page.includes, { userId: ourId, isEnterprise: true });
    if (!event || comparable(event.text) !== wanted) continue;
    const answers = event.parent?.id;
    if (answers === parentId || (command.parent && answers === answeredId(command.parent))) return sentPost(post.id);
  }
  return null;
}

/** What is gone already needs no deleting. */
export async function remove(context: Context, client: XClient, ref: ExternalRef): Promise<void> {
  const message = messageId(ref.id);
  const request: XRequest = message
    ? { path: 'dm_events/:event_id', params: { event_id: message } }
    : { path: 'tweets/:id', params: { id: ref.id } };
  await paying(context, { write: 1 }, async () => ({
    result: await client.ask('delete', { ...request, as: 'user' }, z.unknown()),
    spent: { write: 1 },
  })).catch(error => {
    if (!(error instanceof ConnectorError) || error.fault.class !== 'not_found') throw error;
  });
}

export async function hide(client: XClient, ref: ExternalRef, hidden: boolean): Promise<void> {
  if (messageId(ref.id)) throw invalid('A direct message cannot be hidden.');
  const request = {
    path: 'tweets/:tweet_id/hidden',
    params: { tweet_id: ref.id },
    body: { hidden },
    as: 'user' as const,
  };
  await client.ask('put', request, z.unknown());
}

/** Nobody sees what is uploaded until it is posted, so a failure here may simply be tried again. */
async function uploadAll(client: XClient, { media, visibility }: SendCommand): Promise<string[]> {
  if (media.length === 0) return [];
  const category = visibility === 'private' ? 'dm' : 'tweet';
  try {
    return await client.doing('media upload', async api => {
      const ids: string[] = [];
      for (const { bytes, type, kind, description } of media) {
        const form = type === 'image/gif' ? 'gif' : kind === 'video' ? 'video' : 'image';
        const options = { media_type: type, media_category: `${category}_${form}` };
        const mediaId = await api.v2.uploadMedia(bytes, options as Parameters<TwitterApi['v2']['uploadMedia']>[1]);
        if (description) await api.v2.createMediaMetadata(mediaId, { alt_text: { text: description.slice(0, 1000) } });
        ids.push(mediaId);
      }
      return ids;
    });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const { mayHaveHappened: _, ...rest } = error.fault;
    throw new ConnectorError(rest);
  }
}

/** We know an edited post by its first id; it is its present version that is answered. */
function answeredId({ ref, replyTo }: NonNullable<SendCommand['parent']>): string {
  const latest = id.safeParse(replyTo?.['postId']).data ?? ref.id;
  if (!id.safeParse(latest).success) throw invalid('This is not a post of X.');
  return latest;
}

function participantOf({ parent, recipient }: SendCommand): string {
  const said = id.safeParse(parent?.replyTo?.['participantId']).data ?? recipient?.id ?? parent?.author.id;
  if (!id.safeParse(said).success) throw invalid('X does not know to whom this should go.');
  return said!;
}

function sentPost(postId: string): Sent {
  return { ref: { id: postId, url: urlOf(postId, undefined) }, replyTo: { postId } };
}

/** X shortens links, adds a slash to some and leaves out the handles a reply begins with. */
function comparable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/^(?:@\w{1,15}\s+)+/, '')
    .replace(/(https?:\/\/[^\s/]+)\/(?=\s|$)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
