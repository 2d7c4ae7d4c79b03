import { PostKind, type Sent, type UpsertEvent } from '../ingest/connector.js';
import { sortEvents } from '../ingest/inbound.rules.js';
import { ingest } from '../ingest/ingest.service.js';
import {
  AS_SENT,
  type ChannelAccount,
  mediaOf,
  type OutgoingReply,
  postToAnswer,
  ReplyKind,
  ReplyState,
  ReplyVisibility,
  recordNotSent,
  recordSent,
} from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import { sqlState } from '../platform/errors.js';
import type { JobContext } from '../platform/jobs.js';
import { failureOf } from './setback.rules.js';

interface SentFacts {
  account: ChannelAccount;
  reply: OutgoingReply;
  sent: Sent;
}

/** Keeps that a reply is on its network, together with the post it became: both in one transaction. */
export async function keepSent(
  database: Database,
  { scope, log }: Pick<JobContext, 'scope' | 'log'>,
  { account, reply, sent }: SentFacts,
): Promise<void> {
  const { network } = reply;
  const facts = { externalId: sent.ref.id, url: sent.ref.url ?? null, network };
  const { kept } = sortEvents([await postOf(database, scope, { account, reply, sent })], new Date());
  try {
    await ingest(database, scope, kept, {
      network,
      accountId: account.id,
      finish: tx => recordSent(tx, reply.id, facts),
    });
  } catch (error) {
    const state = sqlState(error) ?? '';
    if (!/^(22|23)/.test(state)) throw error;
    log.warn({ err: error, reply: reply.id }, 'what was sent could not be kept as a post');
    await database.write(scope, tx =>
      // Another reply of ours is this message: the network took the two for one.
      state === '23505'
        ? recordNotSent(tx, reply, { state: ReplyState.FAILED, failure: failureOf('DUPLICATE'), runAt: null })
        : recordSent(tx, reply.id, facts),
    );
  }
}

/** What we said, as the network would tell it of us. */
async function postOf(
  database: Database,
  scope: JobContext['scope'],
  { account, reply, sent }: SentFacts,
): Promise<UpsertEvent> {
  const { postId } = reply;
  const post = postId ? await database.write(scope, tx => postToAnswer(tx, postId)) : null;
  const { externalId, handle, displayName } = account;
  const isPrivate = reply.visibility === ReplyVisibility.PRIVATE;
  const isCall = reply.kind === ReplyKind.CALL;
  return {
    op: 'upsert',
    ref: sent.ref,
    revision: AS_SENT,
    kind: isCall ? PostKind.CALL : isPrivate ? PostKind.DIRECT_MESSAGE : PostKind.COMMENT,
    author: { ...(externalId !== null && { id: externalId }), handle, ...(displayName !== null && { displayName }) },
    own: true,
    ...(post && {
      parent: { ...post.answered.ref, author: post.answered.author },
      root: post.answered.root ?? { id: post.answered.ref.id },
    }),
    occurredAt: new Date(),
    text: reply.rendered.text,
    ...(reply.language !== null && { language: reply.language }),
    media: reply.media.map(({ url, description }) => ({
      url,
      kind: mediaOf({ url }).kind,
      ...(description && { description }),
    })),
    auto: reply.isAutomatic,
    ...(sent.replyTo && { replyTo: sent.replyTo }),
    ...(isCall && {
      call: { direction: 'OUTBOUND', status: 'RINGING', ...(reply.agent !== null && { agent: reply.agent }) },
    }),
  };
}
