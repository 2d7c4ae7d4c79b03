import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';
import { removeUntied } from '../../social/index.js';

onErase(eraseDesk);

/** Removes files and drafts of a customer's tickets; what was still on its way to them was stopped with its reply. */
async function eraseDesk(tx: Tx, customerId: string): Promise<string[]> {
  const key = [tx.scope.organizationId, customerId];
  const attachments = await tx.query<{ id: string; file_id: string }>(
    `with gone as (
       delete from ticket_attachments a using ticket_messages m, tickets t
        where a.organization_id = $1 and m.organization_id = $1 and m.id = a.message_id
          and t.organization_id = $1 and t.id = m.ticket_id and coalesce(m.customer_id, t.customer_id) = $2
       returning a.id, a.file_id)
     select id, file_id from gone`,
    key,
  );
  await removeUntied(
    tx,
    attachments.map(({ file_id }) => file_id),
  );
  await tx.query(
    `delete from ticket_drafts d using tickets t
      where d.organization_id = $1 and t.organization_id = $1 and t.id = d.ticket_id and t.customer_id = $2`,
    key,
  );
  await tx.query(
    `update ticket_messages m set state = 'CANCELLED', is_held = false from tickets t
      where m.organization_id = $1 and t.organization_id = $1 and t.id = m.ticket_id and coalesce(m.customer_id, t.customer_id) = $2
        and m.state in ('AWAITING_APPROVAL', 'SCHEDULED', 'QUEUED', 'UNKNOWN', 'SENDING')`,
    key,
  );
  return attachments.map(({ id }) => id);
}
