import { createHash } from 'node:crypto';
import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { AppError, invalid } from '../../../platform/errors.js';
import { LARGEST_FILE, plainFileName, typeOfBytes } from '../../../platform/file.types.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { Role, type Viewer } from '../../access/index.js';
import { holdsFiles, keepFiles, mediaKindOf, removeUntied, sweepFiles } from '../../social/index.js';
import { addressOf } from './attachment.rules.js';

const MOST_ATTACHMENTS = 20;
/** What one uploader may have lying about: all that goes with one message. */
const MOST_LOOSE_BYTES = MOST_ATTACHMENTS * LARGEST_FILE;
/** Of a customer, who is nobody we chose. */
const MOST_A_DAY = 200;
const MOST_BYTES_A_DAY = 250 * 1024 * 1024;

holdsFiles('ticket_attachments');

export interface TiedAttachment {
  /** Stored id. */
  id: string;
  /** Stored id of what is kept. */
  fileId: string;
  name: string;
  type: string;
  size: number;
}

/** Gives a message (stored id) files that its author uploaded and has not used yet; ids are public ones. Throws `InputError`. */
export async function tieAttachments(
  tx: Tx,
  viewer: Viewer,
  messageId: string,
  ids: readonly string[],
): Promise<TiedAttachment[]> {
  if (ids.length === 0) return [];
  const files = await uploadedFiles(tx, viewer, ids);
  await tx.query('update ticket_attachments set message_id = $2 where organization_id = $1 and id = any ($3)', [
    tx.scope.organizationId,
    messageId,
    files.map(({ id }) => id),
  ]);
  return files;
}

/** Files that somebody uploaded and has not used yet, held, in the order of `ids` (public ones). Throws `InputError`. */
export async function uploadedFiles(tx: Tx, viewer: Viewer, ids: readonly string[]): Promise<TiedAttachment[]> {
  if (ids.length > MOST_ATTACHMENTS)
    throw invalid('attachmentIds', `At most ${MOST_ATTACHMENTS} files go with it.`, 'TOO_LONG');
  const stored = ids.map(id => storedId('attachment', id));
  const rows = await tx.query<TiedAttachment>(
    `select a.id, a.file_id as "fileId", a.name, f.type, f.size from ticket_attachments a
       join media_files f on f.organization_id = a.organization_id and f.id = a.file_id
      where a.organization_id = $1 and a.id = any ($2) and a.message_id is null and a.uploaded_by = $3 order by a.id for update of a`,
    [tx.scope.organizationId, stored, viewer.actor],
  );
  const byId = new Map(rows.map(row => [row.id, row]));
  return stored.map(id => {
    const file = id && byId.get(id);
    if (!file) throw invalid('attachmentIds', 'There is no such file of yours that was not used yet.', 'NOT_FOUND');
    return file;
  });
}

/** As they go with a reply. */
export const mediaOfFiles = (files: readonly TiedAttachment[]) =>
  files.map(({ id, fileId, name, type, size }) => ({
    url: addressOf(id),
    kind: mediaKindOf(type),
    file: { id: fileId, name, type, size },
  }));

export interface Upload {
  bytes: Buffer;
  name: string | undefined;
}

/** Keeps a file that somebody uploads, the same bytes once an organisation; unless a message takes it, it goes after a day. Throws RATE_LIMITED. */
export async function keepUpload(database: Database, scope: Scope, viewer: Viewer, { bytes, name }: Upload) {
  const type = await typeOfBytes(bytes);
  const sha256 = createHash('sha256').update(bytes).digest();
  const plain = plainFileName(name) ?? 'file';
  const id = newId();
  await database.write(scope, async tx => {
    await requireRoom(tx, viewer, bytes.length);
    const kept = await keepFiles(tx, [{ sha256, type, name: plain, bytes }]);
    await tx.query(
      'insert into ticket_attachments (organization_id, id, file_id, name, uploaded_by) values ($1, $2, $3, $4, $5)',
      [tx.scope.organizationId, id, kept.get(sha256.toString('hex')), plain, scope.actor],
    );
  });
  return { id: publicId('attachment', id), name: plain, type, size: bytes.length, url: addressOf(id) };
}

/**
 * Throws RATE_LIMITED while too much of what somebody uploaded waits to be used, and once a customer has used up what one may in
 * a day; those who upload at once go one by one.
 */
async function requireRoom(tx: Tx, viewer: Viewer, size: number): Promise<void> {
  const { organizationId, actor } = tx.scope;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${organizationId}:uploads:${actor}`]);
  const [today] = await tx.query<{ count: number; bytes: number; loose: number; left: number | null }>(
    `select count(*)::integer as count, coalesce(sum(f.size), 0)::float8 as bytes,
            coalesce(sum(f.size) filter (where a.message_id is null), 0)::float8 as loose,
            ceil(extract(epoch from min(a.created_at) + interval '1 day' - now()))::integer as left
       from ticket_attachments a join media_files f on f.organization_id = a.organization_id and f.id = a.file_id
      where a.organization_id = $1 and a.uploaded_by = $2 and a.created_at > now() - interval '1 day'`,
    [organizationId, actor],
  );
  const { count, bytes, loose, left } = today!;
  if (loose + size > MOST_LOOSE_BYTES)
    throw new AppError(
      'RATE_LIMITED',
      `At most ${MOST_LOOSE_BYTES / 2 ** 20} MiB wait to be used. Send what was uploaded; what is not used goes after a day.`,
    );
  if (viewer.role !== Role.CUSTOMER || (count < MOST_A_DAY && bytes + size <= MOST_BYTES_A_DAY)) return;
  const wait = Math.max(1, left ?? 1);
  throw new AppError('RATE_LIMITED', `That is more than can be uploaded in a day. Try again in ${wait} s.`, {
    retryAfter: wait,
    resetAt: new Date(Date.now() + wait * 1000).toISOString(),
  });
}

/** Removes what was uploaded a day ago and never used, and files that nothing holds any more. */
export async function forgetUploads(database: Database): Promise<void> {
  const { rows } = await database.system.query<{ organization_id: string; file_ids: string[] }>(
    `with gone as (
       delete from ticket_attachments where message_id is null and created_at < now() - interval '1 day' returning organization_id, file_id)
     select organization_id, array_agg(file_id) as file_ids from gone group by 1`,
  );
  for (const { organization_id: organizationId, file_ids: fileIds } of rows)
    await database.write({ organizationId, actor: 'system:attachments', requestId: 'attachments' }, tx =>
      removeUntied(tx, fileIds),
    );
  await sweepFiles(database.system);
}
