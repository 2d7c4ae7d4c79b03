import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ExternalRef, InboundEvent, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { addressOf, commentUrn, momentOfId, readCommentUrn } from './urn.js';

const text = z.string().optional().catch(undefined);
const decorated = z.object({ entity: text, owner: text, text, object: text, parentComment: text }).optional();

/** What somebody did on the page, or about it, as LinkedIn tells it by calls and in its list alike. */
const notification = z.object({
  organizationalEntity: z.string(),
  action: z.string(),
  sourcePost: text,
  generatedActivity: text,
  lastModifiedAt: z.number().optional().catch(undefined),
  decoratedGeneratedActivity: z
    .object({ comment: decorated.catch(undefined), share: decorated.catch(undefined) })
    .optional()
    .catch(undefined),
});
type Notification = z.infer<typeof notification>;

/** Asked for; likes are told as well and are no posts. */
export const ACTIONS = ['COMMENT', 'ADMIN_COMMENT', 'COMMENT_EDIT', 'COMMENT_DELETE', 'SHARE', 'SHARE_MENTION'];

export interface Told {
  events: InboundEvent[];
  /** Things that came without their words. */
  notices: ExternalRef[];
}

/** What notifications of the page tell, oldest first; those of other pages and what cannot be read are left out. */
export function readNotifications(given: readonly unknown[], organization: string, now: Date): Told {
  const told: Told = { events: [], notices: [] };
  const ours = given
    .flatMap(each => notification.safeParse(each).data ?? [])
    .filter(each => each.organizationalEntity === organization)
    .sort((a, b) => (a.lastModifiedAt ?? 0) - (b.lastModifiedAt ?? 0));
  for (const each of ours) {
    const event = eventOf(each, organization, now);
    if (event && 'op' in event) told.events.push(event);
    else if (event) told.notices.push(event);
  }
  return told;
}

function eventOf(each: Notification, organization: string, now: Date): InboundEvent | ExternalRef | undefined {
  const { action, decoratedGeneratedActivity: made, lastModifiedAt } = each;
  if (!ACTIONS.includes(action)) return undefined;
  const at = lastModifiedAt === undefined ? now : new Date(lastModifiedAt);
  const comment = readCommentUrn(made?.comment?.entity) ?? readCommentUrn(each.generatedActivity);
  if (comment) {
    const id = commentUrn(comment);
    if (action === 'COMMENT_DELETE') return { op: 'delete', ref: { id }, occurredAt: at, tombstone: true };
    const {
      owner = action === 'ADMIN_COMMENT' ? organization : undefined,
      text: words,
      parentComment,
    } = made?.comment ?? {};
    if (!owner || !words) return { id };
    return commentEvent(
      { id, owner, words, parentComment, isMention: action.endsWith('MENTION') },
      { at, isEdit: action === 'COMMENT_EDIT', organization, isAdmin: action === 'ADMIN_COMMENT' },
    );
  }
  if (action !== 'SHARE' && action !== 'SHARE_MENTION') return undefined;
  const id = made?.share?.entity ?? each.generatedActivity;
  if (!id) return undefined;
  const { owner, text: words } = made?.share ?? {};
  // Sharing again needs no words.
  if (!owner || (!words && action === 'SHARE_MENTION')) return { id };
  return postEvent(
    { id, owner, words: words ?? '', ...(action === 'SHARE' && each.sourcePost && { reposted: each.sourcePost }) },
    { at, organization },
  );
}

interface Comment {
  id: string;
  owner: string;
  words: string;
  parentComment?: string;
  isMention?: boolean;
}

/** Told again, read again or both, the same words are the same revision. */
const revisionOf = (words: string): string => createHash('sha256').update(words).digest('base64url').slice(0, 22);

/** `at` is when it was written, or edited last. */
export function commentEvent(
  { id, owner, words, parentComment, isMention = false }: Comment,
  about: { at: Date; isEdit: boolean; organization: string; isAdmin?: boolean },
): UpsertEvent {
  const { thread } = readCommentUrn(id)!;
  const parent = readCommentUrn(parentComment);
  return {
    op: 'upsert',
    ref: { id, url: addressOf(id) },
    revision: revisionOf(words),
    kind: (isMention ? 'MENTION' : 'COMMENT') as PostKind,
    author: { id: owner },
    own: owner === about.organization || about.isAdmin === true,
    parent: { id: parent ? commentUrn(parent) : thread },
    root: { id: thread },
    occurredAt: momentOfId(id) ?? about.at,
    ...(about.isEdit && { editedAt: about.at }),
    text: words,
    media: [],
    auto: false,
    replyability: { public: true, private: false },
    replyTo: { object: thread, comment: id, ...(parent && { parentComment: commentUrn(parent) }) },
  };
}

export function postEvent(
  { id, owner, words, reposted }: { id: string; owner: string; words: string; reposted?: string },
  about: { at: Date; editedAt?: Date; organization: string },
): UpsertEvent {
  return {
    op: 'upsert',
    ref: { id, url: addressOf(id) },
    revision: revisionOf(words),
    kind: (reposted ? 'REPOST' : 'MENTION') as PostKind,
    author: { id: owner },
    own: owner === about.organization,
    root: { id },
    ...(reposted && { reposted: { id: reposted } }),
    occurredAt: momentOfId(id) ?? about.at,
    ...(about.editedAt && { editedAt: about.editedAt }),
    text: words,
    media: [],
    auto: false,
    replyability: { public: true, private: false },
    replyTo: { object: id },
  };
}
