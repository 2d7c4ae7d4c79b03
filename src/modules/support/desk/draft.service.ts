import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { findActing } from '../queues/target.queries.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketDraft } from './draft.entity.js';
import type { MarkTicketSeenInput, SaveTicketDraftInput } from './draft.inputs.js';

const LONGEST_DRAFT = 50_000;

/** The member behind the viewer: programs have no desk of their own. Throws `InputError`. */
export function memberOf(viewer: Viewer): string {
  if (!viewer.memberId) throw invalid(null, 'That is for members, who sign in themselves.', 'NOT_ALLOWED');
  return viewer.memberId;
}

/** The member whose desk it is: whoever asks, unless a manager's program names one. Throws `InputError`. */
export async function deskOf(tx: Tx, viewer: Viewer, memberId: string | null | undefined): Promise<string> {
  const problems: Problems = [];
  const found = await findActing(tx, viewer, problems, memberId);
  throwAny(problems);
  return found!;
}

/**
 * Keeps what a member has begun to write. A device writes over its own words; over another's only with the version that it has
 * seen. Throws `InputError`, with CONFLICT when another device was quicker.
 */
export async function saveDraft(tx: Tx, viewer: Viewer, input: SaveTicketDraftInput) {
  const memberId = await deskOf(tx, viewer, input.memberId);
  const ticketId = await visibleId(tx, viewer, Ticket, input.ticketId, 'ticketId');
  if (input.text.length > LONGEST_DRAFT)
    throw invalid('text', `It has at most ${LONGEST_DRAFT} characters.`, 'TOO_LONG');
  if (!input.text.isWellFormed() || input.text.includes('\0'))
    throw invalid('text', 'It holds characters that cannot be kept.');
  const mine = [tx.scope.organizationId, ticketId, memberId];
  const device = input.device?.slice(0, 100) ?? null;
  if (input.text.trim() === '') {
    const gone = await tx.query(
      `delete from ticket_drafts t where organization_id = $1 and ticket_id = $2 and member_id = $3 and ${mayWriteOver('$4::text', '$5')}
       returning 1`,
      [...mine, device, input.version ?? null],
    );
    if (gone.length === 0) await refuseStale(tx, mine);
    return { ticketId, draft: null };
  }
  const [draft] = await tx.query<TicketDraft>(
    `insert into ticket_drafts as t (organization_id, ticket_id, member_id, text, visibility, language, device)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id, ticket_id, member_id) do update
        set text = excluded.text, visibility = excluded.visibility, language = excluded.language, device = excluded.device,
            version = t.version + 1, updated_at = now()
      where ${mayWriteOver('excluded.device', '$8')}
     returning ${columnsOf(TicketDraft)}`,
    [
      ...mine,
      input.text,
      input.visibility ?? null,
      input.language?.slice(0, 35) ?? null,
      device,
      input.version ?? null,
    ],
  );
  if (!draft) await refuseStale(tx, mine);
  return { ticketId, draft: draft ?? null };
}

/** Whether the draft `t` is a device's own, or one it has seen; whoever names neither a device nor a version writes over all. */
const mayWriteOver = (device: string, version: string): string =>
  `(t.device = ${device} or t.version = ${version}::integer or (${version}::integer is null and ${device} is null))`;

async function refuseStale(tx: Tx, mine: string[]): Promise<void> {
  const [present] = await tx.query<{ version: number }>(
    'select version from ticket_drafts where organization_id = $1 and ticket_id = $2 and member_id = $3',
    mine,
  );
  if (present) throw staleVersion('draft', present.version);
}

/** What a member had begun to write in a ticket (stored id) has been said. */
export async function removeDraft(tx: Tx, ticketId: string, memberId: string): Promise<void> {
  await tx.query('delete from ticket_drafts where organization_id = $1 and ticket_id = $2 and member_id = $3', [
    tx.scope.organizationId,
    ticketId,
    memberId,
  ]);
}

/** Remembers how far a member has read a ticket; never back. Throws `InputError`. */
export async function markSeen(tx: Tx, viewer: Viewer, input: MarkTicketSeenInput) {
  const memberId = await deskOf(tx, viewer, input.memberId);
  const ticketId = await visibleId(tx, viewer, Ticket, input.ticketId, 'ticketId');
  const [message] = await tx.query<{ id: string }>(
    `select id from ticket_messages where organization_id = $1 and ticket_id = $2 and ($3::uuid is null or id = $3)
      order by id desc limit 1`,
    [tx.scope.organizationId, ticketId, input.messageId ? (storedId('ticket_message', input.messageId) ?? NONE) : null],
  );
  if (!message && input.messageId) throw invalid('messageId', 'There is no such message in this ticket.', 'NOT_FOUND');
  if (message)
    await tx.query(
      `insert into ticket_seen as s (organization_id, ticket_id, member_id, message_id) values ($1, $2, $3, $4)
       on conflict (organization_id, ticket_id, member_id) do update
          set message_id = greatest(s.message_id, excluded.message_id), seen_at = now()`,
      [tx.scope.organizationId, ticketId, memberId, message.id],
    );
  return { ticketId };
}

const NONE = '00000000-0000-0000-0000-000000000000';
