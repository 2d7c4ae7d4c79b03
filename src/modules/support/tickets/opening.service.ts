import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { nextNumbers } from '../../access/index.js';
import { detectLanguage, type Network } from '../../social/index.js';
import { tellTickets } from './ticket.queries.js';
import { TicketChange, type TicketChannel, type TicketPriority, type TicketType } from './ticket.states.rules.js';

/** A ticket to be opened; ids are stored ones, texts are clean. What was said is added by `addMessages` right after. */
export interface NewTicket {
  subject: string;
  description?: string | null;
  type?: TicketType | null;
  priority?: TicketPriority;
  channel: TicketChannel;
  network?: Network | null;
  /** Unless said, its customer's, or that of its text, or the organisation's. */
  language?: string | null;
  tags?: string[];
  customFields?: Record<string, unknown>;
  customerId?: string | null;
  identityId?: string | null;
  sourcePostId?: string | null;
  conversationId?: string | null;
  assigneeId?: string | null;
  teamId?: string | null;
  queueId?: string | null;
  categoryId?: string | null;
  reasonId?: string | null;
  incidentId?: string | null;
  parentId?: string | null;
  openedAt?: Date;
  externalId?: string | null;
}

export interface OpenedTicket {
  ticketId: string;
  number: string;
}

/**
 * Opens tickets: numbered, told of, assigned and put on the clock. One whose post already opened a ticket is not opened again:
 * null stands in its place.
 */
export async function openTickets(tx: Tx, tickets: readonly NewTicket[]): Promise<(OpenedTicket | null)[]> {
  if (tickets.length === 0) return [];
  const { organizationId, actor } = tx.scope;
  const numbers = await nextNumbers(tx, 'TICKET', tickets.length);
  const now = new Date();
  const rows = tickets.map((ticket, at) => ({
    organization_id: organizationId,
    id: newId(),
    number: numbers[at]!,
    subject: ticket.subject,
    description: ticket.description ?? null,
    type: ticket.type ?? null,
    status: 'NEW',
    priority: ticket.priority ?? 'NORMAL',
    channel: ticket.channel,
    network: ticket.network ?? null,
    language: ticket.language ?? null,
    tags: ticket.tags ?? [],
    custom_fields: ticket.customFields ?? {},
    customer_id: ticket.customerId ?? null,
    identity_id: ticket.identityId ?? null,
    source_post_id: ticket.sourcePostId ?? null,
    conversation_id: ticket.conversationId ?? null,
    assignee_id: ticket.assigneeId ?? null,
    team_id: ticket.teamId ?? null,
    queue_id: ticket.queueId ?? null,
    category_id: ticket.categoryId ?? null,
    reason_id: ticket.reasonId ?? null,
    incident_id: ticket.incidentId ?? null,
    parent_id: ticket.parentId ?? null,
    opened_at: ticket.openedAt ?? now,
    waiting_since: ticket.openedAt ?? now,
    external_id: ticket.externalId ?? null,
    created_by: actor,
    created_at: now,
    updated_at: now,
  }));
  const columns = Object.keys(rows[0]!);
  const sourceOf = (column: string) =>
    column === 'language'
      ? `coalesce(r.language, c.language, $2::jsonb ->> r.id::text, o.default_language)`
      : `r.${column}`;
  const opened = await tx.query<{ id: string }>(
    `insert into tickets (${columns.join(', ')})
     select ${columns.map(sourceOf).join(', ')} from jsonb_populate_recordset(null::tickets, $1) r
       join organizations o on o.id = r.organization_id
       left join customers c on c.organization_id = r.organization_id and c.id = r.customer_id
     on conflict (organization_id, source_post_id) where source_post_id is not null do nothing returning id`,
    [JSON.stringify(rows), JSON.stringify(languagesOf(rows))],
  );
  const isNew = new Set(opened.map(({ id }) => id));
  const kept = rows.filter(({ id }) => isNew.has(id));
  const threads = kept.filter(({ conversation_id }) => conversation_id);
  if (threads.length > 0) {
    await tx.query(
      `insert into ticket_conversations (organization_id, ticket_id, conversation_id)
       select $1, o.ticket_id, o.conversation_id from unnest($2::uuid[], $3::uuid[]) as o(ticket_id, conversation_id) on conflict do nothing`,
      [organizationId, threads.map(({ id }) => id), threads.map(({ conversation_id }) => conversation_id)],
    );
  }
  await tellTickets(
    tx,
    kept.map(({ id, opened_at }) => ({ ticketId: id, change: TicketChange.OPENED, at: opened_at })),
  );
  return rows.map(({ id, number }) => (isNew.has(id) ? { ticketId: id, number } : null));
}

/** The languages that the texts of tickets are in, by the ids of those that do not say their own, as far as it can be told. */
function languagesOf(
  rows: readonly { id: string; language: string | null; subject: string; description: string | null }[],
): Record<string, string> {
  const unsaid = rows.filter(({ language }) => language === null);
  const detected = unsaid.map(({ id, subject, description }) => [
    id,
    detectLanguage(`${subject}\n${description ?? ''}`).code,
  ]);
  return Object.fromEntries(detected.filter(([, code]) => code !== 'und'));
}
