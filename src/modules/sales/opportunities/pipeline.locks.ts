import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';

export interface LockedPipeline {
  id: string;
  isDefault: boolean;
  isActive: boolean;
  version: number;
}

/** The pipeline behind a public id, held so that its stages change one after the other. */
export async function lockPipeline(
  tx: Tx,
  id: string,
  field: string,
  version?: number | null,
): Promise<LockedPipeline> {
  const [row] = await tx.query<LockedPipeline>(
    `select id, is_default as "isDefault", is_active as "isActive", version from pipelines
      where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, storedId('pipeline', id)],
  );
  if (!row) throw invalid(field, 'There is no such pipeline.', 'NOT_FOUND');
  if (version != null && version !== row.version) throw staleVersion('pipeline', row.version);
  return row;
}
