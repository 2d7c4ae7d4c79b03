import { recordEvents } from '../../../events/index.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { JobContext } from '../../../platform/jobs.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';

export const REMIND_COMPLAINTS = 'complaints:remind';

const AHEAD = '24 hours';
const DUE = `(case c.stage when 'RECEIVED' then c.acknowledge_by when 'ACKNOWLEDGED' then c.answer_by when 'APPEALED' then c.appeal_answer_by end)`;

/** Tells of complaints whose next step is due within a day, each moment once, however often it is run. */
export async function remindOfComplaints(database: Database, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
  const { rows } = await database.system.query<{ organizationId: string }>(
    `select distinct c.organization_id as "organizationId" from complaints c
      where c.stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED') and ${DUE} < now() + interval '${AHEAD}' and c.reminded_of is distinct from ${DUE}`,
  );
  for (const { organizationId } of rows) {
    if (signal.aborted) return;
    const scope = { organizationId, actor: `system:${REMIND_COMPLAINTS}`, requestId: REMIND_COMPLAINTS };
    await database.write(scope, remindOf);
  }
}

async function remindOf(tx: Tx): Promise<void> {
  const due = await tx.query<{ ticketId: string }>(
    `update complaints c set reminded_of = ${DUE}
      where c.organization_id = $1 and c.stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED') and ${DUE} < now() + interval '${AHEAD}'
        and c.reminded_of is distinct from ${DUE}
     returning c.ticket_id as "ticketId"`,
    [tx.scope.organizationId],
  );
  await recordEvents(
    tx,
    due.map(({ ticketId }) => ({ type: 'ticket.due' as const, subjectId: ticketId, data: { of: 'COMPLAINT' } })),
  );
  await recordTicketEvents(
    tx,
    due.map(({ ticketId }) => ({ ticketId, change: TicketChange.UPDATED })),
  );
}
