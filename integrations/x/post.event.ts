import { decodeHTML } from 'entities';
import type { ExternalIdentity, MediaRef, PostKind, Replyability, UpsertEvent } from '../../src/ingest/connector.js';
import type { Includes, XMedia, XPost, XUser } from './post.shapes.js';

/** Whose eyes a post is seen with. */
export interface Viewer {
  /** Our own account; undefined when only words are followed and nobody said who we are. */
  userId?: string;
  handle?: string;
  /** The account that is followed: ours, unless somebody else's is watched. */
  followedId?: string;
  isEnterprise: boolean;
  /** The network says by itself that this post mentions or quotes us. */
  isSummoned?: boolean;
}

/** Undefined when it does not say who wrote it. */
export function toUpsert(post: XPost, includes: Includes, viewer: Viewer): UpsertEvent | undefined {
  if (!post.authorId) return undefined;
  const first = post.history[0]!;
  const isEdited = first !== post.id;
  const author = identityOf(post.authorId, includes);
  const own = isUs({ id: post.authorId, handle: author.handle }, viewer);
  const answered = referenced(post, 'replied_to', includes);
  const reposted = referenced(post, 'retweeted', includes);
  const quoted = referenced(post, 'quoted', includes);
  const mentions = uniqueIdentities(post);
  const parentAuthor = post.answeredUserId
    ? { ...mentions.find(({ id }) => id === post.answeredUserId), ...identityOf(post.answeredUserId, includes) }
    : undefined;
  const createdAt = post.createdAt ? new Date(post.createdAt) : timeOf(post.id);
  return {
    op: 'upsert',
    ref: { id: first, url: urlOf(post.id, author.handle) },
    revision: post.id,
    kind: kindOf({ own, isAnswer: answered !== undefined, isRepost: reposted !== undefined, parentAuthor }, viewer),
    author,
    own,
    ...(answered && { parent: { ...answered, ...(parentAuthor && { author: parentAuthor }) } }),
    ...(post.conversationId && { root: { id: firstOf(post.conversationId, includes) } }),
    ...(reposted && { reposted: { ...reposted, ...authorOf(reposted.id, post, includes) } }),
    ...(quoted && { quoted: { ...quoted, ...authorOf(quoted.id, post, includes) } }),
    mentions,
    // A version's own date is that of the edit; when the post was written stands in its first id.
    occurredAt: isEdited ? timeOf(first) : createdAt,
    ...(isEdited && { editedAt: createdAt }),
    text: readable(post, includes),
    ...(post.language && !/^(?:und|zxx|q\w\w)$/.test(post.language) && { language: post.language }),
    media: post.mediaKeys.flatMap(key => mediaOf(includes.media.get(key)) ?? []),
    auto: includes.users.get(post.authorId)?.affiliation?.description === 'Automated',
    replyability: replyabilityOf(
      { own, mentions, quotedAuthor: quoted && authorOf(quoted.id, post, includes).author },
      viewer,
    ),
    replyTo: { postId: post.id },
  };
}

/** Self-serve apps may answer only who mentioned or quoted the account that answers. */
function replyabilityOf(
  said: { own: boolean; mentions: ExternalIdentity[]; quotedAuthor?: ExternalIdentity | undefined },
  viewer: Viewer,
): Replyability {
  const isSummoned =
    said.mentions.some(who => isUs(who, viewer)) || (said.quotedAuthor && isUs(said.quotedAuthor, viewer));
  if (viewer.isEnterprise || viewer.isSummoned || said.own || isSummoned) return { public: true, private: false };
  return { public: false, private: false, reason: 'NOT_SUMMONED' };
}

function kindOf(
  post: { own: boolean; isAnswer: boolean; isRepost: boolean; parentAuthor?: ExternalIdentity | undefined },
  viewer: Viewer,
): PostKind {
  if (post.isRepost) return 'REPOST' as PostKind;
  const answersFollowed =
    post.parentAuthor && (isUs(post.parentAuthor, viewer) || post.parentAuthor.id === viewer.followedId);
  if (post.isAnswer && (post.own || answersFollowed)) return 'COMMENT' as PostKind;
  return (post.own ? 'POST' : 'MENTION') as PostKind;
}

function isUs({ id, handle }: ExternalIdentity, viewer: Viewer): boolean {
  if (id && viewer.userId) return id === viewer.userId;
  return handle !== undefined && handle.toLowerCase() === viewer.handle?.toLowerCase();
}

export function identityOf(id: string, includes: Pick<Includes, 'users'>): ExternalIdentity {
  const user = includes.users.get(id);
  return user ? identityOfUser(user) : { id, url: `https://x.com/i/user/${id}` };
}

export function identityOfUser(user: XUser): ExternalIdentity {
  const followers = user.public_metrics?.followers_count;
  return {
    id: user.id,
    url: user.username ? `https://x.com/${user.username}` : `https://x.com/i/user/${user.id}`,
    ...(user.username && { handle: user.username }),
    ...(user.name && { displayName: user.name }),
    ...(user.description && { bio: decodeHTML(user.description) }),
    ...(user.profile_image_url && { avatarUrl: user.profile_image_url }),
    ...(followers !== undefined && { followersCount: followers }),
  };
}

function uniqueIdentities(post: XPost): ExternalIdentity[] {
  const named = post.mentions.filter(({ id, username }) => id || username);
  const unique = new Map(named.map(({ id, username }) => [id ?? username!.toLowerCase(), { id, handle: username }]));
  return [...unique.values()].map(({ id, handle }) => ({ ...(id && { id }), ...(handle && { handle }) }));
}

/** A post that is pointed at by a later version is the same post; we know it by its first id, as far as we are told. */
function firstOf(id: string, includes: Includes): string {
  return includes.posts.get(id)?.history[0] ?? id;
}

function referenced(post: XPost, type: string, includes: Includes): { id: string } | undefined {
  const id = post.references.find(reference => reference.type === type)?.id;
  return id ? { id: firstOf(id, includes) } : undefined;
}

/** Who wrote what is quoted or passed on: said beside it, or standing in its address, or in the `RT @…` of old. */
function authorOf(id: string, post: XPost, includes: Includes): { author?: ExternalIdentity } {
  const known = includes.posts.get(id)?.authorId;
  if (known) return { author: identityOf(known, includes) };
  const address = post.urls.find(({ expanded_url }) => expanded_url?.includes(`/status/${id}`))?.expanded_url;
  const handle = /^https:\/\/(?:x|twitter)\.com\/(\w{1,15})\/status\//.exec(address ?? '')?.[1];
  const passedOn = /^RT @(\w{1,15}):/.exec(post.text)?.[1];
  const name = handle ?? passedOn;
  if (!name || name === 'i') return {};
  const mentioned = post.mentions.find(({ username }) => username?.toLowerCase() === name.toLowerCase());
  return { author: { handle: name, ...(mentioned?.id && { id: mentioned.id }) } };
}

/** Shortened links give way to where they lead; those that only stand for pictures are dropped. */
function readable(post: XPost, includes: Includes): string {
  let text = post.text;
  for (const { url, expanded_url, media_key } of post.urls) {
    const isMedia = media_key !== undefined || /\/status\/\d+\/(?:photo|video)\/\d$/.test(expanded_url ?? '');
    const isShown = post.mediaKeys.some(key => includes.media.has(key));
    if (isMedia && isShown) text = text.replaceAll(url, '');
    else if (expanded_url) text = text.replaceAll(url, () => expanded_url);
  }
  return decodeHTML(text).trim();
}

function mediaOf(media: XMedia | undefined): MediaRef | undefined {
  if (!media) return undefined;
  const isMoving = media.type === 'video' || media.type === 'animated_gif';
  const best = media.variants
    .filter(({ content_type }) => content_type === 'video/mp4')
    .sort((one, other) => (other.bit_rate ?? 0) - (one.bit_rate ?? 0))[0];
  const url = isMoving ? (best?.url ?? media.preview_image_url) : media.url;
  if (!url) return undefined;
  return { url, kind: isMoving && best ? 'video' : 'image', ...(media.alt_text && { description: media.alt_text }) };
}

export function urlOf(id: string, handle: string | undefined): string {
  return `https://x.com/${handle ?? 'i/web'}/status/${id}`;
}

const EPOCH_MS = 1_288_834_974_657n;

/** Ids hold the time in their upper bits, in milliseconds since 4 November 2010; those of before are plain numbers. */
export function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + EPOCH_MS));
}

/** The smallest id of that moment, as a string. */
export function idAt(time: Date): string {
  const elapsed = BigInt(time.getTime()) - EPOCH_MS;
  return String(elapsed > 0n ? elapsed << 22n : 0n);
}
