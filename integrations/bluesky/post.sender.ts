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
import type { AccountClient } from './account.session.js';
import { POST_COLLECTION } from './jetstream.frames.js';
import { threadOf, webUrl } from './post.event.js';
import { type PostUri, parsePostUri, postUri, readPostRecord } from './post.record.js';
import { type PostPayload, postPayload } from './post.render.js';
import { recordKeyOf } from './record.key.js';
import { type Facet, inOrder, mentionFacet } from './rich.text.js';
import { invalid } from './source.config.js';
import { readAnswer } from './xrpc.faults.js';

/** The two things by which one post names another; anything more would be stored with it. */
interface StrongRef {
  uri: string;
  cid: string;
}

const strongRef = z.object({ uri: z.string(), cid: z.string() });
const storedRecord = strongRef.extend({ value: z.unknown() });
const didAnswer = z.object({ did: z.string().startsWith('did:') });
const blobAnswer = z.object({ blob: z.looseObject({}) });
const replyTo = z.object({ cid: z.string(), rootUri: z.string(), rootCid: z.string() });

/**
 * Publishes under a key that follows from the command's, and only if nothing is there: sent twice, the second time finds the
 * first.
 */
export async function sendPost(
  context: ConnectorContext<unknown>,
  account: AccountClient,
  command: SendCommand,
): Promise<SendResult> {
  const payload = postPayload.safeParse(command.rendered.payload);
  if (!payload.success) throw invalid('What is to be sent was not rendered for Bluesky');
  const { did } = await account.whoami();
  const reply = command.parent && (await replyRefs(account, command.parent));
  const facets = await facetsOf(account, payload.data);
  const images = await upload(account, command.media);
  const record = {
    $type: POST_COLLECTION,
    text: payload.data.text,
    createdAt: command.firstTriedAt.toISOString(),
    ...(payload.data.langs && { langs: payload.data.langs }),
    ...(facets.length > 0 && { facets }),
    ...(reply && { reply }),
    ...(images.length > 0 && { embed: { $type: 'app.bsky.embed.images', images } }),
  };
  const rkey = recordKeyOf(command.key);
  const response = await account.call({
    method: 'com.atproto.repo.putRecord',
    json: { repo: did, collection: POST_COLLECTION, rkey, record, swapRecord: null },
    accepts: ['InvalidSwap'],
    isPublic: true,
  });
  if (response.status !== 200) {
    const there = await findPost(account, { did, rkey });
    if (there) return { state: 'sent', ...there };
    // It was there a moment ago: somebody deleted it between.
    return { state: 'failed', fault: { class: 'duplicate', message: 'It was sent before', scope: 'message' } };
  }
  const { cid } = readAnswer(response, strongRef, 'putRecord');
  context.log.info({ rkey }, 'Bluesky post published');
  return { state: 'sent', ...sentOf({ did, rkey }, cid, reply?.root) };
}

/** What was published under this command's key, if anything. */
export async function findSentPost(account: AccountClient, command: SendCommand): Promise<Sent | null> {
  const { did } = await account.whoami();
  return findPost(account, { did, rkey: recordKeyOf(command.key) });
}

/** Deleting what is not there does nothing. */
export async function deletePost(account: AccountClient, ref: ExternalRef): Promise<void> {
  const parts = parsePostUri(ref.id);
  const { did } = await account.whoami();
  if (parts?.did !== did) throw invalid('Only a post of the account itself can be deleted');
  const json = { repo: did, collection: POST_COLLECTION, rkey: parts.rkey };
  await account.call({ method: 'com.atproto.repo.deleteRecord', json, isPublic: true });
}

async function findPost(account: AccountClient, uri: PostUri): Promise<Sent | null> {
  const stored = await getRecord(account, uri);
  if (!stored) return null;
  const root = readPostRecord(stored.value)?.reply?.root;
  return sentOf(uri, stored.cid, root?.cid ? { uri: root.uri, cid: root.cid } : undefined);
}

async function getRecord(account: AccountClient, { did, rkey }: PostUri) {
  const response = await account.call({
    method: 'com.atproto.repo.getRecord',
    query: { repo: did, collection: POST_COLLECTION, rkey },
    accepts: ['RecordNotFound'],
  });
  return response.status === 200 ? readAnswer(response, storedRecord, 'getRecord') : undefined;
}

function sentOf(uri: PostUri, cid: string, root: StrongRef | undefined): Sent {
  return { ref: { id: postUri(uri), url: webUrl(uri) }, replyTo: threadOf(postUri(uri), cid, root) };
}

/** Parent and root of an answer. A post that came in without them is looked up where it is kept. */
async function replyRefs(account: AccountClient, parent: ParentPost): Promise<{ root: StrongRef; parent: StrongRef }> {
  const uri = parent.ref.id;
  const known = replyTo.safeParse(parent.replyTo);
  if (known.success) {
    const { cid, rootUri, rootCid } = known.data;
    return { root: { uri: rootUri, cid: rootCid }, parent: { uri, cid } };
  }
  const stored = await lookUp(account, uri);
  const root = readPostRecord(stored.value)?.reply?.root;
  const rootRef = !root
    ? { uri, cid: stored.cid }
    : { uri: root.uri, cid: root.cid ?? (await lookUp(account, root.uri)).cid };
  return { root: rootRef, parent: { uri, cid: stored.cid } };
}

async function lookUp(account: AccountClient, uri: string) {
  const parts = parsePostUri(uri);
  const stored = parts && (await getRecord(account, parts));
  if (stored) return stored;
  throw new ConnectorError({ class: 'not_found', message: 'The post that is answered is gone', scope: 'message' });
}

async function facetsOf(account: AccountClient, { facets, handles }: PostPayload): Promise<Facet[]> {
  const mentions = await Promise.all(
    handles.map(async ({ handle, index }) => {
      const response = await account.call({
        method: 'com.atproto.identity.resolveHandle',
        query: { handle },
        accepts: ['InvalidRequest', 'HandleNotFound'],
      });
      const answer = didAnswer.safeParse(response.json());
      // Nobody has this handle, so it stays what it is: words.
      return response.status === 200 && answer.success ? mentionFacet(index, answer.data.did) : [];
    }),
  );
  return inOrder([...facets, ...mentions.flat()]);
}

async function upload(account: AccountClient, media: SendCommand['media']) {
  const images: { image: unknown; alt: string }[] = [];
  for (const { bytes, type, description } of media) {
    const response = await account.call({ method: 'com.atproto.repo.uploadBlob', body: { bytes, type } });
    images.push({ image: readAnswer(response, blobAnswer, 'uploadBlob').blob, alt: description ?? '' });
  }
  return images;
}
