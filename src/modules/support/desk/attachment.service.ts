import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import type { Viewer } from '../../access/index.js';

const MOST_ATTACHMENTS = 20;

export interface TiedAttachment {
  /** Stored id. */
  id: string;
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
    `select a.id, a.name, f.type, f.size from ticket_attachments a
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
