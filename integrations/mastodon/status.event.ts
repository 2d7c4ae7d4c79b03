import type { ExternalIdentity, ExternalRef, MediaRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { textOfHtml } from './html.text.js';
import type { Account, Status } from './status.shape.js';

/** From where a status is seen: ids are each instance's own, and names without a host are its own accounts'. */
export interface View {
  instance: string;
  domain: string;
  /** The account that looks, if any. */
  ownId?: string;
}

/** What answering takes. */
export interface ReplyTo extends Record<string, unknown> {
  id: string;
  visibility: string;
  spoilerText: string;
  acct: string;
  instance: string;
}

/** The event for a status, of which `kind` is told by who follows: `kindOf` for an account, MENTION for hashtags and words. */
export function eventOf(given: Status, view: View, kind: PostKind): UpsertEvent {
  const { account, mentions, in_reply_to_id: parentId, quote } = given;
  const names = new Map(mentions.flatMap(({ url, acct }) => (url ? [[url, wholeName(acct, view)] as const] : [])));
  const parentName = nameOf(given, view);
  const quoted = quote?.quoted_status;
  return {
    op: 'upsert',
    ref: refOf(given.id, view, given.url),
    revision: (given.edited_at ?? given.created_at).toISOString(),
    kind,
    author: identityOf(account, view),
    own: account.id === view.ownId,
    ...(parentId && {
      parent: { ...refOf(parentId, view), ...(parentName && { author: { id: parentName, handle: parentName } }) },
    }),
    ...(quoted && { quoted: { ...refOf(quoted.id, view, quoted.url), author: identityOf(quoted.account, view) } }),
    mentions: mentions.map(({ acct, url }) => ({
      id: wholeName(acct, view),
      handle: wholeName(acct, view),
      ...(url && { url }),
    })),
    occurredAt: given.created_at,
    ...(given.edited_at && { editedAt: given.edited_at }),
    text: textOfHtml(given.content, names),
    html: given.content,
    ...(given.spoiler_text && { title: given.spoiler_text }),
    ...(given.language && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(given.language) && { language: given.language }),
    media: mediaOf(given),
    auto: account.bot ?? false,
    replyability: { public: given.visibility !== 'direct', private: true },
    replyTo: replyToOf(given, view),
  };
}

/** To an account: written to it alone, an answer to it or of its own, or a mention. */
export function kindOf({ visibility, account, in_reply_to_id, in_reply_to_account_id }: Status, view: View): PostKind {
  if (visibility === 'direct') return 'DIRECT_MESSAGE' as PostKind;
  if (account.id === view.ownId) return (in_reply_to_id ? 'COMMENT' : 'POST') as PostKind;
  return (in_reply_to_account_id && in_reply_to_account_id === view.ownId ? 'COMMENT' : 'MENTION') as PostKind;
}

export function replyToOf(given: Status, { instance }: View): ReplyTo {
  const { id, visibility, spoiler_text: spoilerText, account } = given;
  return { id, visibility, spoilerText: spoilerText.slice(0, 2000), acct: account.acct, instance };
}

/** Ids are an instance's own, so the instance is part of them. */
export function refOf(id: string, { instance }: Pick<View, 'instance'>, url?: string): ExternalRef {
  return { id: `${instance}/${id}`, ...(url && { url }) };
}

/** The instance's own id in a reference, if it is one of this instance's. */
export function idIn(ref: ExternalRef, instance: string): string | undefined {
  const [, host, id] = /^([^/]+)\/([^/]+)$/.exec(ref.id) ?? [];
  return host === instance ? id : undefined;
}

/** Names are for ever on Mastodon and the same wherever they are seen from, which the numbers of accounts are not. */
export function identityOf(account: Account, view: View): ExternalIdentity {
  const name = wholeName(account.acct, view);
  const bio = account.note && textOfHtml(account.note);
  return {
    id: name,
    handle: name,
    ...(account.display_name && { displayName: account.display_name }),
    ...(bio && { bio }),
    ...(account.url && { url: account.url }),
    ...(account.avatar && { avatarUrl: account.avatar }),
    ...(account.followers_count !== undefined && { followersCount: account.followers_count }),
  };
}

export function wholeName(acct: string, { domain }: Pick<View, 'domain'>): string {
  return (acct.includes('@') ? acct : `${acct}@${domain}`).toLowerCase();
}

/** Whom a status answers: only their number is told, so their name is looked for among those it names. */
function nameOf({ in_reply_to_account_id: id, mentions, account }: Status, view: View): string | undefined {
  const found = id === account.id ? account : mentions.find(mention => mention.id === id);
  return id && found ? wholeName(found.acct, view) : undefined;
}

const MEDIA: Record<string, MediaRef['kind']> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' };

function mediaOf(given: Status): MediaRef[] {
  return given.media_attachments.flatMap(({ type, url, remote_url, description }) => {
    const address = url ?? remote_url;
    return address ? [{ url: address, kind: MEDIA[type] ?? 'file', ...(description && { description }) }] : [];
  });
}
