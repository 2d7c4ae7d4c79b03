import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';

/**
 * An attachment by its public id, for who may see the message that has it, or who uploaded it; null for everybody else, and when
 * there is none. Throws UNAUTHENTICATED or FORBIDDEN.
 */
export async function attachedFile(
  context: RequestContext,
  id: string,
): Promise<{ name: string; type: string; sha256: string; bytes: Buffer } | null> {
  const { viewer } = context;
  viewer.require('tickets:read');
  const stored = storedId('attachment', id);
  if (!stored) return null;
  const parameters = new Parameters();
  const at = parameters.add(stored, 'uuid');
  const mine = parameters.add(viewer.actor, 'text');
  const visible = visibleCondition(viewer, 'TICKET_MESSAGE', 'm', parameters) ?? 'true';
  const [file] = await context.read<{ name: string; type: string; sha256: string; bytes: Buffer }>(
    `select a.name, f.type, encode(f.sha256, 'hex') as sha256, f.bytes from ticket_attachments a
       join media_files f on f.organization_id = a.organization_id and f.id = a.file_id
       left join ticket_messages m on m.organization_id = a.organization_id and m.id = a.message_id
      where a.id = ${at} and case when a.message_id is null then a.uploaded_by = ${mine} else ${visible} end`,
    parameters.values,
  );
  return file ?? null;
}
