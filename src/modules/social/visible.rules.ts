import { invalid } from '../../platform/errors.js';
import type { RecordClass } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';

/** The stored id behind a public one, if the viewer may see that record. Otherwise NOT_FOUND on `field`: unknown and forbidden look alike. */
export async function visibleId(
  context: RequestContext,
  type: RecordClass,
  id: string,
  field: string,
): Promise<string> {
  const record = (await context.recordByPublicId(type, id)) as { id: string } | null;
  if (!record) throw invalid(field, 'There is no such thing, or you may not see it.', 'NOT_FOUND');
  return record.id;
}
