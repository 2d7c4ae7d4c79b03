import type { Tx } from '../../platform/database/database.js';
import { standardiseText } from './enrichment/text.rules.js';
import type { Network } from './networks.js';
import { deletedBefore } from './post-tombstone.service.js';

/** Of a post of ours as we sent it, until the network shows it to us: how it then reads is no edit. */
export const AS_SENT = 'vinculo:sent';

/** What is kept of a post, and which text of it that is. */
export interface KnownPost {
  id: string;
  revision: string;
  editedAt: string | null;
}

/** By external id. */
export type KnownPosts = Map<string, KnownPost>;

/** One text of a post, as a channel hands it over. */
export interface SaidPost {
  externalId: string;
  revision: string;
  editedAt: Date | null;
}

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
  'reply_to',
  'replyability',
  'call',
  'sentiment_label',
  'sentiment_score',
  'sentiment_words',
  'priority_score',
  'priority_reasons',
] as const;

/** What we have of these posts already, by external id. */
export async function knownPosts(tx: Tx, network: Network, externalIds: string[]): Promise<KnownPosts> {
  const rows = await tx.query<KnownPost & { externalId: string }>(
    `select id, external_id as "externalId", revision, edited_at as "editedAt" from posts
      where organization_id = $1 and network = $2 and external_id = any ($3)`,
    [tx.scope.organizationId, network, externalIds],
  );
  return new Map(rows.map(row => [row.externalId, row]));
}

/**
 * External ids of those posts that say what we do not know yet. A post that was deleted before it came stays away. A text that was replaced before is known, however often an
 * archive or a stream tells it again; unless it is told as a later edit, or by a channel that shows how things are now: then its
 * author has gone back to it.
 */
export async function unknownTexts(
  tx: Tx,
  network: Network,
  posts: SaidPost[],
  known: KnownPosts,
  isPresent: boolean,
): Promise<Set<string>> {
  const other = posts.filter(post => {
    const revision = known.get(post.externalId)?.revision;
    // What the network has shown us already says more than what we sent.
    return revision !== post.revision && (revision === undefined || post.revision !== AS_SENT);
  });
  const unknown = new Set(other.map(post => post.externalId));
  const fresh = other.filter(post => !known.has(post.externalId)).map(post => post.externalId);
  for (const externalId of await deletedBefore(tx, network, fresh)) unknown.delete(externalId);
  const doubtful = other.filter(post => known.has(post.externalId));
  if (isPresent || doubtful.length === 0) return unknown;
  const past = await tx.query<{ post_id: string }>(
    `select r.post_id from unnest($2::uuid[], $3::text[]) as s(post_id, revision)
       join post_revisions r on r.organization_id = $1 and r.post_id = s.post_id and r.revision = s.revision`,
    [
      tx.scope.organizationId,
      doubtful.map(post => known.get(post.externalId)!.id),
      doubtful.map(post => post.revision),
    ],
  );
  const pastIds = new Set(past.map(row => row.post_id));
  for (const { externalId, editedAt } of doubtful) {
    const post = known.get(externalId)!;
    const isLater = editedAt !== null && (post.editedAt === null || editedAt > new Date(post.editedAt));
    if (pastIds.has(post.id) && !isLater) unknown.delete(externalId);
  }
  return unknown;
}

/**
 * Replaces what posts say by what `rows` say, keeping every text that was. A verdict of a person on the former text goes with
 * it. Unless they show how things are now, rows that were edited before what we have are passed over. Answers stored ids by
 * external id.
 */
export async function editPosts(
  tx: Tx,
  rows: { id: string; revision: string }[],
  isPresent: boolean,
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const { organizationId } = tx.scope;
  const ids = rows.map(row => row.id);
  // Locked before they are read: of two edits at once the second one keeps the text of the first.
  await tx.query('select id from posts where organization_id = $1 and id = any ($2) order by id for update', [
    organizationId,
    ids,
  ]);
  const replaced = await tx.query<{ id: string; external_id: string; was_sent: boolean }>(
    `with n as (
            select n.*, p.revision = '${AS_SENT}' as was_sent from json_populate_recordset(null::posts, $2) n join posts p on p.organization_id = $1 and p.id = n.id
             where p.deleted_at is null and p.revision <> n.revision
               and ($3 or n.edited_at is null or p.edited_at is null or n.edited_at >= p.edited_at)),
          kept as (
            insert into post_revisions (organization_id, post_id, revision, text)
            select p.organization_id, p.id, p.revision, p.text from posts p join n on n.id = p.id
             where p.organization_id = $1 and not n.was_sent
            on conflict (organization_id, post_id, revision) do update set replaced_at = now())
     update posts p set ${EDITED.map(column => `${column} = n.${column}`).join(', ')}, 
            edited_at = case when n.was_sent then n.edited_at else coalesce(n.edited_at, now()) end
       from n where p.organization_id = $1 and p.id = n.id
     returning p.id, p.external_id, n.was_sent`,
    [organizationId, JSON.stringify(rows), isPresent],
  );
  const edited = replaced.filter(row => !row.was_sent);
  if (edited.length > 0) {
    await tx.query('delete from sentiment_corrections where organization_id = $1 and post_id = any ($2)', [
      organizationId,
      edited.map(row => row.id),
    ]);
  }
  return new Map(edited.map(row => [row.external_id, row.id]));
}

/** Keeps texts that were replaced before they reached us, so that they are known when they come again. */
export async function keepFormerTexts(
  tx: Tx,
  network: Network,
  texts: { externalId: string; revision: string; text: string }[],
): Promise<void> {
  if (texts.length === 0) return;
  await tx.query(
    `insert into post_revisions (organization_id, post_id, revision, text)
     select p.organization_id, p.id, f.revision, f.text
       from unnest($3::text[], $4::text[], $5::text[]) as f(external_id, revision, text)
       join posts p on p.organization_id = $1 and p.network = $2 and p.external_id = f.external_id
      where p.revision <> f.revision and p.deleted_at is null
     on conflict do nothing`,
    [
      tx.scope.organizationId,
      network,
      texts.map(former => former.externalId),
      texts.map(former => former.revision),
      texts.map(former => standardiseText(former.text)),
    ],
  );
}
