import type { Tx } from '../../../platform/database/database.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import type { Writer } from '../../social/index.js';
import { wordsOf } from './desk.words.js';

/** The most that is told of what somebody has not seen. */
const MOST = 20;

/** What somebody has not seen of a ticket in which they want to say something: stored ids of messages. */
export class UnseenMessages extends InputError {
  constructor(
    readonly messageIds: string[],
    message: string,
  ) {
    super([{ field: 'confirmUnseen', code: 'CONFLICT', message }]);
  }
}

interface Row {
  id: string;
  name: string | null;
  kind: string;
}

/**
 * Throws `UnseenMessages` when others said something in a ticket that is held after what the writer saw last: the message they
 * name, else the one their mark stands at, else what a colleague answered within the last minute; not when they confirm that.
 */
export async function requireSeen(
  tx: Tx,
  { viewer, language }: Writer,
  ticketId: string,
  { lastSeenMessageId, confirmUnseen }: { lastSeenMessageId?: string | null; confirmUnseen?: boolean | null },
): Promise<void> {
  const { organizationId } = tx.scope;
  const named = lastSeenMessageId ? await namedMessage(tx, ticketId, lastSeenMessageId) : null;
  if (confirmUnseen) return;
  const mark = named ? null : await markOf(tx, ticketId, viewer.memberId);
  const seen = named ?? mark?.messageId ?? null;
  // What a merge brought since is new here, however old it is.
  const since = seen
    ? `(m.id > $4 or exists (select 1 from ticket_merges g where g.organization_id = $1 and g.survivor_id = $2
                                and g.undone_at is null and g.merged_at > $5::timestamptz and m.id = any (g.message_ids)))`
    : `m.kind = 'AGENT' and m.created_at > now() - interval '1 minute' and $4::uuid is null and $5::timestamptz is null`;
  const rows = await tx.query<Row>(
    `select m.id, m.kind, u.name from ticket_messages m
       left join members u on u.organization_id = m.organization_id and m.author = 'user:' || u.id
      where m.organization_id = $1 and m.ticket_id = $2 and m.kind <> 'SYSTEM' and not m.is_automatic and m.state <> 'CANCELLED'
        and m.author is distinct from $3 and ${since}
      order by m.id limit ${MOST}`,
    [organizationId, ticketId, viewer.actor, seen, mark?.seenAt ?? null],
  );
  if (rows.length === 0) return;
  const words = wordsOf(language);
  const who = rows.map(({ name, kind }) => name ?? (kind === 'CUSTOMER' ? words.customer : '—'));
  throw new UnseenMessages(
    rows.map(({ id }) => id),
    words.unseen([...new Set(who)]),
  );
}

async function namedMessage(tx: Tx, ticketId: string, id: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    'select id from ticket_messages where organization_id = $1 and ticket_id = $2 and id = $3',
    [tx.scope.organizationId, ticketId, storedId('ticket_message', id)],
  );
  if (!row) throw invalid('lastSeenMessageId', 'There is no such message in this ticket.', 'NOT_FOUND');
  return row.id;
}

interface Mark {
  messageId: string;
  /** As text, with its microseconds. */
  seenAt: string;
}

async function markOf(tx: Tx, ticketId: string, memberId: string | undefined): Promise<Mark | null> {
  if (!memberId) return null;
  const [mark] = await tx.query<Mark>(
    `select message_id as "messageId", seen_at::text as "seenAt" from ticket_seen
      where organization_id = $1 and ticket_id = $2 and member_id = $3`,
    [tx.scope.organizationId, ticketId, memberId],
  );
  return mark ?? null;
}
