import type { AnsweredPost, Channel } from '../channel.directory.js';
import { type Network, PostKind } from '../networks.js';
import type { Refusal } from './refusal.rules.js';
import { ReplyKind, ReplyVisibility } from './reply.states.rules.js';

/** A post as it is answered, with what is ours about it. */
export interface PostToAnswer {
  id: string;
  network: Network;
  accountId: string | null;
  conversationId: string | null;
  authorId: string;
  isDeleted: boolean;
  /** Why the network does not let it be answered, where it said so. */
  reason: string | null;
  answered: AnsweredPost;
}

export interface Granted {
  reply?: { public?: boolean; private?: boolean };
  textLimit?: number;
}

export interface Attempt {
  channel: Channel | undefined;
  accountState: string;
  granted: Granted | null;
  kind: ReplyKind;
  visibility: ReplyVisibility;
  post: PostToAnswer | null;
  withMedia: boolean;
  /** When it is to be sent. */
  at: Date;
}

/** Why this cannot be sent, before a word of it is looked at; null when it can. */
export function refusalOf(attempt: Attempt): Refusal | null {
  const { channel, accountState, granted, kind, visibility, post, withMedia, at } = attempt;
  if (!channel?.sending.sends) return { code: 'NOT_POSSIBLE' };
  if (accountState === 'PAUSED') return { code: 'ACCOUNT_PAUSED' };
  if (kind === ReplyKind.CALL) return channel.sending.calls ? null : { code: 'NOT_POSSIBLE' };
  const { canReplyPublicly, canReplyPrivately } = channel.capabilities;
  const isPossible =
    visibility === ReplyVisibility.PUBLIC
      ? (granted?.reply?.public ?? canReplyPublicly)
      : (granted?.reply?.private ?? canReplyPrivately);
  if (!isPossible) return { code: 'NOT_POSSIBLE' };
  if (withMedia && !channel.sending.media) return { code: 'MEDIA_NOT_POSSIBLE' };
  if (!post) return null;
  // What was said to us alone is not taken out into the open.
  if (visibility === ReplyVisibility.PUBLIC && post.answered.kind === PostKind.DIRECT_MESSAGE)
    return { code: 'NOT_POSSIBLE' };
  if (post.isDeleted) return { code: 'POST_DELETED' };
  const { replyability } = post.answered;
  const may = visibility === ReplyVisibility.PUBLIC ? replyability?.public : replyability?.private;
  if (may === false) return { code: post.reason ?? 'NOT_POSSIBLE' };
  const until = answerableUntil(channel, post);
  return until && until < at ? { code: 'WINDOW_CLOSED' } : null;
}

/** Until when the network lets a post be answered; null when it sets no end. Our own are always gone on with. */
export function answerableUntil(channel: Channel, post: PostToAnswer): Date | null {
  const { replyability, occurredAt, own } = post.answered;
  if (replyability?.until) return replyability.until;
  const { windowHours } = channel.sending;
  return windowHours === null || own ? null : new Date(occurredAt.getTime() + windowHours * 3_600_000);
}
