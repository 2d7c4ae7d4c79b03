import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { Enrichment } from './enrichment/index.js';
import { tieReplies } from './interaction.service.js';
import type { Network, PostKind } from './networks.js';
import type { Media } from './post.entity.js';

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
  media: Media[];
  own: boolean;
  auto: boolean;
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
  'occurred_at',
  'edited_at',
] as const;

/** What an edit replaces. */
const EDITED = [
  'revision',
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
] as const;

export type KnownPosts = Map<string, { id: string; revision: string }>;

/** What we have of these posts already, by external id. */
export async function knownPosts(tx: Tx, network: Network, externalIds: string[]): Promise<KnownPosts> {
  const rows = await tx.query<{ id: string; external_id: string; revision: string }>(
    'select id, external_id, revision from posts where organization_id = $1 and network = $2 and external_id = any ($3)',
    [tx.scope.organizationId, network, externalIds],
  );
  return new Map(rows.map(row => [row.external_id, row]));
}

/**
 * Keeps each post exactly once by its external id. What is not in `known` is new, unless somebody else was quicker; what is
 * there under another revision is an edit. No two posts of a call have one external id.
 */
export async function keepPosts(tx: Tx, network: Network, posts: NewPost[], known: KnownPosts): Promise<KeptPosts> {
  const organizationId = tx.scope.organizationId;
  const fresh = posts.filter(post => !known.has(post.externalId));
  const changed = posts.filter(post => known.has(post.externalId));

  const created = new Map<string, string>();
  if (fresh.length > 0) {
    const rows = fresh
      .map(post => rowOf(organizationId, network, newId(), post))
      .sort((a, b) => (a.external_id < b.external_id ? -1 : 1));
    const parents = await parentsOf(tx, network, fresh);
    for (const row of rows)
      row.in_reply_to_id = row.parent_external_id === null ? null : (parents.get(row.parent_external_id) ?? null);
    const inserted = await tx.query<{ id: string; external_id: string }>(
      `insert into posts (${COLUMNS.join(', ')}) select ${COLUMNS.join(', ')} from json_populate_recordset(null::posts, $1)
       on conflict do nothing returning id, external_id`,
      [JSON.stringify(rows)],
    );
    for (const row of inserted) created.set(row.external_id, row.id);
  }
  await tieReplies(tx, [...created.values()]);
  const edited = await editPosts(tx, network, changed, known);
  await recordEvents(tx, [
    ...inOrder(fresh, created).map(subjectId => ({ type: 'post.received' as const, subjectId })),
    ...[...edited.values()].map(subjectId => ({ type: 'post.edited' as const, subjectId })),
  ]);
  return { created, edited };
}

/** Marks posts as deleted on their network; `tombstone` also removes what they said. Unknown ones are passed over. */
export async function deletePosts(
  tx: Tx,
  network: Network,
  deletions: { externalId: string; occurredAt: Date; tombstone: boolean }[],
): Promise<number> {
  if (deletions.length === 0) return 0;
  const deleted = await tx.query<{ id: string }>(
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
     select id from gone`,
    [
      tx.scope.organizationId,
      network,
      deletions.map(deletion => deletion.externalId),
      deletions.map(deletion => deletion.occurredAt),
      deletions.map(deletion => deletion.tombstone),
    ],
  );
  await recordEvents(
    tx,
    deleted.map(({ id }) => ({ type: 'post.deleted' as const, subjectId: id })),
  );
  return deleted.length;
}

async function editPosts(
  tx: Tx,
  network: Network,
  changed: NewPost[],
  known: KnownPosts,
): Promise<Map<string, string>> {
  if (changed.length === 0) return new Map();
  const rows = changed.map(post => rowOf(tx.scope.organizationId, network, known.get(post.externalId)!.id, post));
  const edited = await tx.query<{ id: string; external_id: string }>(
    `with n as (select * from json_populate_recordset(null::posts, $2)),
          kept as (
            insert into post_revisions (organization_id, post_id, revision, text)
            select p.organization_id, p.id, p.revision, p.text from posts p join n on n.id = p.id
             where p.organization_id = $1 and p.deleted_at is null
            on conflict do nothing)
     update posts p set ${EDITED.map(column => `${column} = n.${column}`).join(', ')}, edited_at = coalesce(n.edited_at, now())
       from n where p.organization_id = $1 and p.id = n.id and p.deleted_at is null
     returning p.id, p.external_id`,
    [tx.scope.organizationId, JSON.stringify(rows)],
  );
  return new Map(edited.map(row => [row.external_id, row.id]));
}

async function parentsOf(tx: Tx, network: Network, posts: NewPost[]): Promise<Map<string, string>> {
  const ids = [...new Set(posts.map(post => post.parentExternalId).filter(id => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; external_id: string }>(
    'select id, external_id from posts where organization_id = $1 and network = $2 and external_id = any ($3)',
    [tx.scope.organizationId, network, ids],
  );
  return new Map(rows.map(row => [row.external_id, row.id]));
}

function rowOf(organizationId: string, network: Network, id: string, post: NewPost) {
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
    in_reply_to_id: null as string | null,
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
