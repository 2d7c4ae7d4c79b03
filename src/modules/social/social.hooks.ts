import type { Tx } from '../../platform/database/database.js';
import type { Network, PostKind } from './networks.js';

/** A post that has just been kept for the first time, in the transaction in which it was. Ids are stored ones. */
export interface KeptPost {
  id: string;
  network: Network;
  kind: PostKind;
  externalId: string;
  parentExternalId: string | null;
  accountId: string | null;
  sourceId: string | null;
  authorId: string;
  conversationId: string;
  title: string | null;
  text: string;
  language: string;
  sentimentScore: number;
  own: boolean;
  auto: boolean;
  occurredAt: Date;
}

/** An identity (stored id) that became somebody's, or is nobody's any more. */
export interface OwnerChange {
  identityId: string;
  customerId: string | null;
  /** Whose it was. */
  formerId: string | null;
}

export type PostsHook = (tx: Tx, posts: readonly KeptPost[]) => Promise<void>;
/** Told of replies (stored ids) that were written, or came further on their way. */
export type RepliesHook = (tx: Tx, replyIds: readonly string[]) => Promise<void>;
/** Told that what was said in the conversation `fromId` belongs to `toId`, before `fromId` goes. */
export type ConversationJoinHook = (tx: Tx, joined: { fromId: string; toId: string }) => Promise<void>;
/** Asked right before a reply (stored id) is sent that was kept to be asked about: the code of what stands in its way now. */
export type SendingHook = (tx: Tx, replyId: string) => Promise<string | null>;
export type OwnersHook = (tx: Tx, changes: readonly OwnerChange[]) => Promise<void>;

const postsHooks: PostsHook[] = [];
const repliesHooks: RepliesHook[] = [];
const sendingHooks: SendingHook[] = [];
const joinHooks: ConversationJoinHook[] = [];
const ownersHooks: OwnersHook[] = [];

/** Called once by each module above that does something with what people say, in the same transaction: nothing is lost between. */
export function onPosts(hook: PostsHook): void {
  postsHooks.push(hook);
}

export function onReplies(hook: RepliesHook): void {
  repliesHooks.push(hook);
}

/** Called once by each module above that has replies kept which it is asked about: an answer of it stops them. */
export function onSending(hook: SendingHook): void {
  sendingHooks.push(hook);
}

export function onConversationsJoined(hook: ConversationJoinHook): void {
  joinHooks.push(hook);
}

/** Called once by each module above that keeps whose somebody is, in the transaction in which an identity is linked or unlinked. */
export function onIdentityOwners(hook: OwnersHook): void {
  ownersHooks.push(hook);
}

export async function runPostsHooks(tx: Tx, posts: readonly KeptPost[]): Promise<void> {
  if (posts.length > 0) for (const hook of postsHooks) await hook(tx, posts);
}

export async function runReplyHooks(tx: Tx, replyIds: readonly string[]): Promise<void> {
  if (replyIds.length > 0) for (const hook of repliesHooks) await hook(tx, replyIds);
}

export async function runSendingHooks(tx: Tx, replyId: string): Promise<string | null> {
  for (const hook of sendingHooks) {
    const code = await hook(tx, replyId);
    if (code) return code;
  }
  return null;
}

export async function runJoinHooks(tx: Tx, joined: { fromId: string; toId: string }): Promise<void> {
  for (const hook of joinHooks) await hook(tx, joined);
}

export async function runOwnersHooks(tx: Tx, changes: readonly OwnerChange[]): Promise<void> {
  if (changes.length > 0) for (const hook of ownersHooks) await hook(tx, changes);
}
