import type { Pool } from 'pg';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';

/** A file on its way in: `sha256` of its bytes, and what they say they are. */
export interface NewFile {
  sha256: Buffer;
  type: string;
  name: string | null;
  bytes: Buffer;
}

/** Tables whose rows hold files, by their columns `organization_id` and `file_id`. */
const holders = ['post_media_files'];

/** Called once for each table of a module above that keeps files from being removed. */
export function holdsFiles(table: string): void {
  holders.push(table);
}

/** Keeps files, the same bytes once an organisation, and answers their stored ids by `sha256` in hexadecimal. */
export async function keepFiles(tx: Tx, files: NewFile[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  const inOrder = [...files].sort((a, b) => Buffer.compare(a.sha256, b.sha256));
  for (const { sha256, type, name, bytes } of inOrder) {
    const key = sha256.toString('hex');
    if (kept.has(key)) continue;
    // Written even where it is there already: until we are done with it nobody else removes it.
    const [row] = await tx.query<{ id: string }>(
      `insert into media_files (organization_id, id, sha256, type, name, size, bytes) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (organization_id, sha256) do update set type = excluded.type returning id`,
      [tx.scope.organizationId, newId(), sha256, type, name, bytes.length, bytes],
    );
    kept.set(key, row!.id);
  }
  return kept;
}

/**
 * Says which files these posts have, and no others: `edited` ones may have had some. Of `files` and of what the edits took away,
 * those that no post has are removed.
 */
export async function tieFiles(
  tx: Tx,
  having: Map<string, string[]>,
  edited: string[],
  files: Iterable<string>,
): Promise<void> {
  const freed = new Set([...files, ...(edited.length > 0 ? await untie(tx, edited) : [])]);
  const pairs = [...having].flatMap(([postId, fileIds]) => [...new Set(fileIds)].map(fileId => [postId, fileId]));
  if (pairs.length > 0) {
    await tx.query(
      `insert into post_media_files (organization_id, post_id, file_id)
       select $1, t.post_id, t.file_id from unnest($2::uuid[], $3::uuid[]) as t(post_id, file_id) on conflict do nothing`,
      [tx.scope.organizationId, pairs.map(([postId]) => postId), pairs.map(([, fileId]) => fileId)],
    );
  }
  for (const fileIds of having.values()) for (const fileId of fileIds) freed.delete(fileId);
  await removeUntied(tx, [...freed]);
}

/** Takes their files from posts that were emptied; what no other post has is removed. */
export async function removeFilesOf(tx: Tx, postIds: string[]): Promise<void> {
  if (postIds.length > 0) await removeUntied(tx, await untie(tx, postIds));
}

async function untie(tx: Tx, postIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with untied as (delete from post_media_files where organization_id = $1 and post_id = any ($2) returning file_id)
     select distinct file_id as id from untied`,
    [tx.scope.organizationId, postIds],
  );
  return rows.map(row => row.id);
}

/** Removes those of these files (stored ids) that nothing holds. */
export async function removeUntied(tx: Tx, fileIds: string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const key = [tx.scope.organizationId, fileIds];
  // Locked first, looked at after: somebody who was just tying one of them to a post is seen.
  await tx.query('select id from media_files where organization_id = $1 and id = any ($2) order by id for update', key);
  await tx.query(`delete from media_files f where f.organization_id = $1 and f.id = any ($2) and ${isUnheld()}`, key);
}

/** That nothing holds the file `f`. */
const isUnheld = (): string =>
  holders
    .map(
      table => `not exists (select 1 from ${table} h where h.organization_id = f.organization_id and h.file_id = f.id)`,
    )
    .join(' and ');

/** Removes what was left when whatever held it went, in every organisation: looked for among files that are a day old. */
export async function sweepFiles(system: Pool): Promise<void> {
  await system.query(`delete from media_files f where f.created_at < now() - interval '1 day' and ${isUnheld()}`);
}
