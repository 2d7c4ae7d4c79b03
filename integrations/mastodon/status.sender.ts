import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type ExternalRef,
  type ParentPost,
  type SendCommand,
  type SendResult,
  type Sent,
} from '../../src/ingest/connector.js';
import { type InstanceClient, readAnswer } from './instance.client.js';
import { invalid } from './source.config.js';
import { idIn, refOf, replyToOf } from './status.event.js';
import { names, replyTo, statusPayload } from './status.render.js';
import { type Status, status } from './status.shape.js';

const STATUSES = '/api/v1/statuses';
const MOST_TRIES = 60;
/** Clocks differ: what we sent may seem to have been published a little before we tried. */
const CLOCK_SKEW_MS = 60_000;
const MOST_PAGES = 5;

const attachment = z.object({ id: z.string(), url: z.string().nullish() });
const source = z.object({ text: z.string() });

/** The instance itself publishes a key once, for an hour. */
export async function sendStatus(
  context: ConnectorContext<unknown>,
  client: InstanceClient,
  command: SendCommand,
): Promise<SendResult> {
  const payload = payloadOf(command);
  const { status: text, visibility, spoilerText, language } = payload;
  const parentId = command.parent && (await parentIdOf(client, command.parent));
  const mediaIds: string[] = [];
  for (const each of command.media) mediaIds.push(await upload(context, client, each));
  const json = {
    status: addressed(text, command, client.place.instance),
    visibility,
    ...(parentId && { in_reply_to_id: parentId }),
    ...(spoilerText && { spoiler_text: spoilerText }),
    ...(language && { language }),
    ...(mediaIds.length > 0 && { media_ids: mediaIds }),
  };
  const headers = { 'idempotency-key': command.key };
  const response = await client.call({ method: 'POST', path: STATUSES, headers, json, isPublic: true });
  const made = status.safeParse(response.json());
  // It is published: what cannot be read is looked for.
  return made.success ? { state: 'sent', ...sentOf(made.data, client) } : { state: 'unknown' };
}

/** Looks among what the account published since, for the same text under the same post. */
export async function findSentStatus(client: InstanceClient, command: SendCommand): Promise<Sent | null> {
  const text = addressed(payloadOf(command).status, command, client.place.instance);
  const parentId = command.parent && (await parentIdOf(client, command.parent));
  const since = command.firstTriedAt.getTime() - CLOCK_SKEW_MS;
  const path = `/api/v1/accounts/${(await client.whoami()).id}/statuses`;
  let maxId: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = { limit: 40, exclude_reblogs: true, max_id: maxId };
    const page = readAnswer(await client.call({ path, query, bucket: 'paging' }), z.array(status), path);
    for (const each of page) {
      if (each.created_at.getTime() < since) return null;
      if ((each.in_reply_to_id ?? null) === parentId && (await sourceOf(client, each.id)) === text)
        return sentOf(each, client);
    }
    maxId = page.at(-1)?.id;
    if (maxId === undefined) return null;
  }
  return null;
}

/** Deleting what is not there does nothing. */
export async function deleteStatus(client: InstanceClient, ref: ExternalRef): Promise<void> {
  const id = idIn(ref, client.place.instance);
  if (!id) throw invalid('Not a post of this instance');
  const path = `${STATUSES}/${encodeURIComponent(id)}`;
  await client.call({ method: 'DELETE', path, accepts: [404, 410], bucket: 'deletions', isPublic: true });
}

function payloadOf({ rendered }: SendCommand): z.infer<typeof statusPayload> {
  const parsed = statusPayload.safeParse(rendered.payload);
  if (parsed.success) return parsed.data;
  throw invalid('What is to be sent was not rendered for Mastodon');
}

/** What is written to somebody alone reaches them by naming them only. */
function addressed(text: string, { recipient, parent }: SendCommand, instance: string): string {
  const handle = parent ? undefined : recipient?.handle;
  return handle && !names(text, handle, instance) ? `@${handle} ${text}` : text;
}

function sentOf(given: Status, { place }: InstanceClient): Sent {
  const view = { instance: place.instance, domain: place.instance };
  return { ref: refOf(given.id, view, given.url), replyTo: replyToOf(given, view) };
}

/** The id that our own instance knows the answered post by; one seen from elsewhere is looked up by its address. */
async function parentIdOf(client: InstanceClient, parent: ParentPost): Promise<string> {
  const { instance } = client.place;
  const known = replyTo.safeParse(parent.replyTo).data;
  const id = known?.instance === instance ? known.id : idIn(parent.ref, instance);
  if (id) return id;
  const query = { q: parent.ref.url, resolve: true, type: 'statuses', limit: 1 };
  const found = z.object({ statuses: z.array(z.object({ id: z.string() })) });
  const [status] = readAnswer(await client.call({ path: '/api/v2/search', query }), found, 'search').statuses;
  if (status) return status.id;
  throw new ConnectorError({
    class: 'not_found',
    message: 'The post that is answered is not known here',
    scope: 'message',
  });
}

async function sourceOf(client: InstanceClient, id: string): Promise<string | undefined> {
  const path = `${STATUSES}/${encodeURIComponent(id)}/source`;
  const response = await client.call({ path, accepts: [404] });
  return response.status === 404 ? undefined : readAnswer(response, source, path).text;
}

/** The id of what was uploaded, once the instance has worked on it. */
async function upload(
  { signal }: ConnectorContext<unknown>,
  client: InstanceClient,
  { bytes, type, name, description }: SendCommand['media'][number],
): Promise<string> {
  const file = { name: 'file', value: bytes, fileName: name ?? 'file', type };
  const multipart = description ? [{ name: 'description', value: description }, file] : [file];
  const taken = await client.call({ method: 'POST', path: '/api/v2/media', multipart, bucket: 'media' });
  const { id } = readAnswer(taken, attachment, 'media');
  const path = `/api/v1/media/${encodeURIComponent(id)}`;
  let isReady = taken.status === 200;
  for (let tries = 0; !isReady && tries < MOST_TRIES; tries += 1) {
    if (tries > 0) await sleep(1000, undefined, { signal });
    isReady = (await client.call({ path })).status === 200;
  }
  if (isReady) return id;
  throw new ConnectorError({
    class: 'transient',
    message: 'The instance is still working on a file',
    scope: 'message',
  });
}
