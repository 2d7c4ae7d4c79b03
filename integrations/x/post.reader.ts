import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type ExternalRef,
  type InboundEvent,
} from '../../src/ingest/connector.js';
import { invalid, type XConfig } from './account.config.js';
import type { XClient } from './api.client.js';
import { fault } from './api.faults.js';
import { type Dialect, inItsNames } from './api.fields.js';
import { paying } from './api.prices.js';
import { messageEvent, messageId, messageShape } from './message.event.js';
import { toUpsert, type Viewer } from './post.event.js';
import { includesShape, type Page, pageShape, postShape, problemsShape } from './post.shapes.js';

interface Tools {
  client: XClient;
  dialect: Dialect;
  viewer: Viewer;
}

type Context = Pick<ConnectorContext<XConfig>, 'costs'>;

/** A post as it stands now. What X no longer shows us, deleted or protected since, is gone for us too. */
export async function readAgain(context: Context, tools: Tools, ref: ExternalRef): Promise<InboundEvent | 'gone'> {
  const message = messageId(ref.id);
  if (message) return readMessage(context, tools, message);
  if (!/^\d{1,19}$/.test(ref.id)) throw invalid('This is not the id of a post of X.');
  let page = await readPost(context, tools, ref.id);
  let post = postShape.safeParse(page.data[0]).data;
  // Each version has its own id; asked for the first, X shows the first.
  const latest = post?.history.at(-1);
  if (latest && latest !== post!.id) {
    page = await readPost(context, tools, latest);
    post = postShape.safeParse(page.data[0]).data;
  }
  const event = post && toUpsert(post, page.includes, tools.viewer);
  if (event) return event;
  return goneOrFault(page.errors);
}

function readPost(context: Context, { client, dialect }: Tools, id: string): Promise<Page> {
  return paying(context, { post: 1, user: 1 }, async () => {
    const result = await inItsNames(dialect, 'tweets', fields =>
      client.ask('get', { path: 'tweets', query: { ids: id, ...fields } }, pageShape),
    );
    return { result, spent: { post: result.data.length, user: result.includes.users.size } };
  });
}

/** A failure for one post comes beside HTTP 200. */
function goneOrFault(errors: z.infer<typeof problemsShape>): 'gone' {
  const problem = errors[0];
  const type = problem?.type?.split('/').at(-1);
  if (type === 'resource-not-found' || type === 'not-authorized-for-resource') return 'gone';
  throw new ConnectorError(
    fault('transient', `X did not show the post: ${problem?.detail ?? 'it did not say why'}`, type),
  );
}

const messageAnswer = z.object({
  data: z
    .object({
      id: z.string(),
      text: z.string().catch(''),
      sender_id: z.string(),
      created_at: z.coerce.date(),
      participant_ids: z.array(z.string()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  includes: includesShape,
  errors: problemsShape,
});

async function readMessage(context: Context, { client, viewer }: Tools, id: string): Promise<InboundEvent | 'gone'> {
  const request = {
    path: 'dm_events/:event_id',
    params: { event_id: id },
    query: {
      'dm_event.fields': 'id,text,created_at,event_type,dm_conversation_id',
      expansions: 'sender_id,participant_ids',
    },
    as: 'user' as const,
  };
  const answer = await paying(context, { message: 1 }, async () => {
    const result = await client.ask('get', request, messageAnswer);
    return { result, spent: { message: result.data ? 1 : 0 } };
  }).catch(error => {
    if (error instanceof ConnectorError && error.fault.class === 'not_found') return undefined;
    throw error;
  });
  if (!answer) return 'gone';
  const { data, includes, errors } = answer;
  if (!data) return goneOrFault(errors);
  const other = data.participant_ids?.find(each => each !== data.sender_id) ?? viewer.userId ?? '';
  const said = messageShape.parse({
    type: 'message_create',
    id: data.id,
    created_timestamp: String(data.created_at.getTime()),
    message_create: {
      sender_id: data.sender_id,
      target: { recipient_id: other },
      message_data: { text: data.text },
    },
  });
  return messageEvent(said, includes.users, viewer.userId);
}
