import type { Tx } from '../../platform/database/database.js';
import { storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';

export interface ShownFile {
  type: string;
  name: string | null;
  /** Hexadecimal. */
  sha256: string;
  /** Absent when the reader has these bytes already. */
  bytes: Buffer | null;
}

/**
 * A file by its public id, for who may see a post that has it; null for everybody else, and when there is none. `known`: digests
 * of what the reader has. Throws UNAUTHENTICATED or FORBIDDEN.
 */
export async function mediaFile(context: RequestContext, id: string, known: string[]): Promise<ShownFile | null> {
  const { viewer } = context;
  viewer.require('social:read');
  const stored = storedId('media', id);
  if (!stored) return null;
  const parameters = new Parameters();
  const conditions = [
    `f.id = ${parameters.add(stored, 'uuid')}`,
    `exists (select 1 from post_media_files m join posts t on t.organization_id = m.organization_id and t.id = m.post_id
              where ${['m.file_id = f.id', visibleCondition(viewer, 'POST', 't', parameters)].filter(Boolean).join(' and ')})`,
  ];
  const isKnown = `encode(f.sha256, 'hex') = any (${parameters.add(known, 'text[]')})`;
  const [file] = await context.read<ShownFile>(
    `select f.type, f.name, encode(f.sha256, 'hex') as sha256, case when ${isKnown} then null else f.bytes end as bytes
       from media_files f where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return file ?? null;
}

/** The bytes of a file by its stored id, for what goes out by itself; null when there is none. */
export async function fileBytes(tx: Tx, id: string): Promise<Buffer | null> {
  const [file] = await tx.query<{ bytes: Buffer }>(
    'select bytes from media_files where organization_id = $1 and id = $2',
    [tx.scope.organizationId, id],
  );
  return file?.bytes ?? null;
}
