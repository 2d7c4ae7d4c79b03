import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { forgetDeliveries } from './delivery.service.js';
import type { Enrichment } from './enrichment/index.js';
import { tieReplies } from './interaction.service.js';
import { removeFilesOf } from './media.service.js';
import type { Network, PostKind } from './networks.js';
import type { StoredMedia } from './post-media.entity.js';
import { editPosts, type KnownPosts, knownPosts, unknownTexts } from './post-revision.service.js';
import { rememberDeletions } from './post-tombstone.service.js';

/** A post on its way in: translated, standardised and enriched, its author and conversation already resolved. */
export interface NewPost {
  externalId: string;
  revision: string;
  kind: PostKind;
  authorId: string;
  conversationId: string;
  sourceId: string | null;
  accountId: string | null;
  parentExternalId: string | null;
  title: string | null;
  html: string | null;
  url: string | null;
  media: StoredMedia[];
  own: boolean;
  auto: boolean;
  replyTo: object | null;
  replyability: object | null;
  call: object | null;
  occurredAt: Date;
  editedAt: Date | null;
  enrichment: Enrichment;
}

export interface KeptPosts {
  /** Stored ids of posts that were new, by their external id. */
  created: Map<string, string>;
  edited: Map<string, string>;
}

const COLUMNS = [
  'organization_id',
  'id',
  'network',
  'external_id',
  'revision',
  'kind',
  'author_id',
  'source_id',
  'account_id',
  'conversation_id',
  'parent_external_id',
  'in_reply_to_id',
  'title',
  'text',
  'html',
  'language',
  'url',
  'hashtags',
  'links',
  'media',
  'sentiment_label',
  'sentiment_score',
  'sentiment_words',
  'priority_score',
  'priority_reasons',
  'own',
  'auto',
  'reply_to',
  'replyability',
  'call',
  'occurred_at',
  'edited_at',
] as const;

/**
 * Keeps each post exactly once by its external id. What is not in `known` is new, unless somebody else was quicker; what is
 * there under another revision is an edit. No two posts of a call have one external id.
 */
export async function keepPosts(
  tx: Tx,
  network: Network,
  posts: NewPost[],
  known: KnownPosts,
  isPresent: boolean,
): Promise<KeptPosts> {
  const fresh = posts.filter(post => !known.has(post.externalId));
  const created = await insertPosts(tx, network, fresh);

  const late = fresh.filter(post => !created.has(post.externalId));
  const stored = new Map([...known, ...(await overtaken(tx, network, late, isPresent))]);
  const changed = posts.filter(post => stored.has(post.externalId));
  const edited = await editPosts(
    tx,
    changed.map(post => rowOf(tx.scope.organizationId, network, stored.get(post.externalId)!.id, post, null)),
    isPresent,
  );
  await recordEvents(tx, [
    ...inOrder(fresh, created).map(subjectId => ({ type: 'post.received' as const, subjectId })),
    ...[...edited.values()].map(subjectId => ({ type: 'post.edited' as const, subjectId })),
  ]);
  return { created, edited };
}

/** Posts that somebody else stored while we were about to, and of which we have another text than they. */
async function overtaken(tx: Tx, network: Network, late: NewPost[], isPresent: boolean): Promise<KnownPosts> {
  if (late.length === 0) return new Map();
  const stored = await knownPosts(
    tx,
    network,
    late.map(post => post.externalId),
  );
  const unknown = await unknownTexts(tx, network, late, stored, isPresent);
  return new Map([...stored].filter(([externalId]) => unknown.has(externalId)));
}

/** Stores new posts, tied to what they answer, and answers the stored ids of those that nobody else was quicker with. */
async function insertPosts(tx: Tx, network: Network, posts: NewPost[]): Promise<Map<string, string>> {
  if (posts.length === 0) return new Map();
  const ids = new Map(posts.map(post => [post.externalId, newId()]));
  const stored = await parentsOf(tx, network, posts, ids);
  const rows = posts
    .map(post => {
      const parent = post.parentExternalId;
      const inReplyTo = parent === null ? null : (ids.get(parent) ?? stored.get(parent) ?? null);
      return rowOf(tx.scope.organizationId, network, ids.get(post.externalId)!, post, inReplyTo);
    })
    .sort((a, b) => (a.external_id < b.external_id ? -1 : 1));
  const inserted = await tx.query<{ id: string; external_id: string }>(
    `insert into posts (${COLUMNS.join(', ')}) select ${COLUMNS.join(', ')} from json_populate_recordset(null::posts, $1)
     on conflict do nothing returning id, external_id`,
    [JSON.stringify(rows)],
  );
  const created = new Map(inserted.map(row => [row.external_id, row.id]));
  await tieReplies(tx, network, {
    posts: created,
    replies: rows.filter(row => row.in_reply_to_id !== null && created.has(row.external_id)).map(row => row.id),
    // Their parent was among us too, but somebody else stored it first, under another id.
    strays: rows
      .filter(({ parent_external_id: parent }) => parent !== null && ids.has(parent) && !created.has(parent))
      .map(row => row.id),
  });
  return created;
}

/** Marks posts as deleted on their network; `tombstone` also removes what they said. Unknown ones are remembered. */
export async function deletePosts(
  tx: Tx,
  network: Network,
  deletions: { externalId: string; occurredAt: Date; tombstone: boolean }[],
): Promise<number> {
  if (deletions.length === 0) return 0;
  const deleted = await tx.query<{ id: string; tombstone: boolean }>(
    `with d as (select * from unnest($3::text[], $4::timestamptz[], $5::boolean[]) as d(external_id, at, tombstone)),
          gone as (
            update posts p
               set deleted_at = d.at,
                   text = case when d.tombstone then '' else text end, html = case when d.tombstone then null else html end,
                   title = case when d.tombstone then null else title end, media = case when d.tombstone then '[]' else media end,
                   links = case when d.tombstone then '{}' else links end, hashtags = case when d.tombstone then '{}' else hashtags end,
                   sentiment_words = case when d.tombstone then '[]' else sentiment_words end
              from d
             where p.organization_id = $1 and p.network = $2 and p.external_id = d.external_id and p.deleted_at is null
            returning p.id, d.tombstone),
          forgotten as (
            delete from post_revisions r using gone where gone.tombstone and r.organization_id = $1 and r.post_id = gone.id)
     select id, tombstone from gone`,
    [
      tx.scope.organizationId,
      network,
      deletions.map(deletion => deletion.externalId),
      deletions.map(deletion => deletion.occurredAt),
      deletions.map(deletion => deletion.tombstone),
    ],
  );
  await removeFilesOf(
    tx,
    deleted.filter(({ tombstone }) => tombstone).map(({ id }) => id),
  );
  await forgetDeliveries(
    tx,
    deletions.filter(({ tombstone }) => tombstone).map(({ externalId }) => externalId),
  );
  if (deleted.length < deletions.length) {
    await rememberDeletions(
      tx,
      network,
      deletions.map(deletion => deletion.externalId),
    );
  }
  await recordEvents(
    tx,
    deleted.map(({ id }) => ({ type: 'post.deleted' as const, subjectId: id })),
  );
  return deleted.length;
}

/** Stored ids of what these posts answer, by external id, less what comes with them. */
async function parentsOf(
  tx: Tx,
  network: Network,
  posts: NewPost[],
  among: Map<string, string>,
): Promise<Map<string, string>> {
  const ids = [...new Set(posts.map(post => post.parentExternalId).filter(id => id !== null && !among.has(id)))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; external_id: string }>(
    'select id, external_id from posts where organization_id = $1 and network = $2 and external_id = any ($3)',
    [tx.scope.organizationId, network, ids],
  );
  return new Map(rows.map(row => [row.external_id, row.id]));
}

function rowOf(organizationId: string, network: Network, id: string, post: NewPost, inReplyToId: string | null) {
  const { enrichment } = post;
  return {
    organization_id: organizationId,
    id,
    network,
    external_id: post.externalId,
    revision: post.revision,
    kind: post.kind,
    author_id: post.authorId,
    source_id: post.sourceId,
    account_id: post.accountId,
    conversation_id: post.conversationId,
    parent_external_id: post.parentExternalId,
    in_reply_to_id: inReplyToId,
    title: post.title,
    text: enrichment.text,
    html: post.html,
    language: enrichment.language,
    url: post.url,
    hashtags: enrichment.hashtags,
    links: enrichment.links,
    media: post.media,
    sentiment_label: enrichment.sentiment.label,
    sentiment_score: enrichment.sentiment.score,
    sentiment_words: enrichment.sentiment.words,
    priority_score: enrichment.priority.score,
    priority_reasons: enrichment.priority.reasons,
    own: post.own,
    auto: post.auto,
    reply_to: post.replyTo,
    replyability: post.replyability,
    call: post.call,
    occurred_at: post.occurredAt,
    edited_at: post.editedAt,
  };
}

/** The feed tells what was said in the order it was said, as far as one batch goes. */
function inOrder(posts: NewPost[], created: Map<string, string>): string[] {
  return [...posts]
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
    .map(post => created.get(post.externalId))
    .filter(id => id !== undefined);
}
