import { createHash } from 'node:crypto';
import type { ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import type { MentionPage, OwnSite } from './mention.page.js';

interface Where {
  /** The page that links, and the page of ours that it links to. */
  source: string;
  target: string;
  config: OwnSite;
  now: Date;
}

const KINDS: Record<MentionPage['relation'], `${PostKind}`> = {
  answers: 'COMMENT',
  reposts: 'REPOST',
  likes: 'MENTION',
  mentions: 'MENTION',
};

/** A page that links to ours, by its address. A page says of itself who wrote it, so its host is part of who that is. */
export function mentionEvent(page: MentionPage, { source, target, config, now }: Where): UpsertEvent {
  const { relation, text, html, title, published, updated } = page;
  const url = new URL(target);
  url.hash = '';
  const ours: ExternalRef = { id: url.href, url: url.href };
  const author = authorOf(page, source);
  const occurredAt = published && published <= now ? published : now;
  return {
    op: 'upsert',
    ref: { id: source, url: source },
    revision: digest([text, title, relation, author.id, author.displayName]),
    kind: KINDS[relation] as PostKind,
    author,
    own: hostOf(source) === config.host,
    ...(relation === 'answers' && { parent: ours, root: ours }),
    ...(relation === 'reposts' && { reposted: ours }),
    occurredAt,
    ...(updated && updated > occurredAt && updated <= now && { editedAt: updated }),
    text,
    ...(html && { html }),
    ...(title && { title }),
    media: [],
    auto: false,
    replyability: { public: false, private: false, reason: 'NOT_POSSIBLE' },
  };
}

/** The author's own address counts where it lies on the same site; one elsewhere anybody could have written there. */
function authorOf({ author }: MentionPage, source: string): ExternalIdentity {
  const host = hostOf(source);
  const own = author?.url && hostOf(author.url) === host ? author.url : undefined;
  const name = author?.name?.slice(0, 200);
  const slug = name
    ?.normalize('NFKC')
    .toLowerCase()
    .replace(/[\s/:]+/g, ' ')
    .trim();
  return {
    id: own ? own.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '') : slug ? `${host}/${slug}` : host,
    displayName: name ?? host,
    ...(own && { url: own }),
    ...(author?.photo && { avatarUrl: author.photo }),
  };
}

function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}

function digest(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
