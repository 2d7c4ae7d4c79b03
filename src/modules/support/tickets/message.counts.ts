import type { Tx } from '../../../platform/database/database.js';
import { type Turn, wasSaid } from './ticket.states.rules.js';

const IS_ANSWER = `s.kind = 'AGENT' and not s.is_automatic and ${wasSaid('s')}`;

/**
 * Works out anew what follows from the messages of tickets (stored ids) that are held: counts, and who spoke last. What a customer
 * never got, or does not have yet, is no answer.
 */
export async function recountMessages(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update tickets t set
            message_count = m.count, last_customer_message_at = m.customer_at, last_agent_message_at = m.agent_at,
            last_message_at = greatest(m.customer_at, m.agent_at), first_responded_at = coalesce(m.answered_at, t.first_responded_at)
       from (select i.id, count(s.id) filter (where s.visibility <> 'INTERNAL') as count,
                    max(s.occurred_at) filter (where s.kind = 'CUSTOMER') as customer_at,
                    max(s.occurred_at) filter (where ${IS_ANSWER}) as agent_at,
                    min(s.occurred_at) filter (where ${IS_ANSWER}) as answered_at
               from unnest($2::uuid[]) as i(id)
               left join ticket_messages s on s.organization_id = $1 and s.ticket_id = i.id
              group by i.id) m
      where t.organization_id = $1 and t.id = m.id`,
    [tx.scope.organizationId, ids],
  );
}

/** Whose turn it is in tickets (stored ids), by what is said in them: who was never answered waits since the ticket was opened. */
export async function turnsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Turn>> {
  const rows = await tx.query<Turn & { id: string }>(
    `select t.id, o.last is not null as "isAnswered",
            case when o.last is null then t.opened_at
                 else (select min(s.occurred_at) from ticket_messages s
                        where s.organization_id = $1 and s.ticket_id = t.id and s.kind = 'CUSTOMER' and not s.is_automatic
                          and s.occurred_at > o.last) end as "waitingSince"
       from tickets t
       left join lateral (select max(s.occurred_at) as last from ticket_messages s
              where s.organization_id = $1 and s.ticket_id = t.id and ${IS_ANSWER}) o on true
      where t.organization_id = $1 and t.id = any ($2::uuid[])`,
    [tx.scope.organizationId, ids],
  );
  return new Map(rows.map(({ id, ...turn }) => [id, turn]));
}
