import type { Tx } from '../../../platform/database/database.js';
import { turnsOf } from './message.counts.js';
import { isPartOf } from './parts.service.js';
import type { Ticket } from './ticket.entity.js';
import { writeTickets } from './ticket.queries.js';
import { afterTurn, isDone, TicketStatus, type Turn } from './ticket.states.rules.js';

/** Where the survivor of a merge stood; moments are text. */
interface Standing {
  status: TicketStatus;
  waitingSince: string | null;
  solvedAt: string | null;
  reopenedAt: string | null;
  reopenedCount: number;
  firstRespondedAt: string | null;
}

/** What the survivor has from the merged one alone, to be given back when the merge is undone. */
export interface TakenOver {
  customer: boolean;
  identity: boolean;
  tags: string[];
  /** What it was a part of, where that was the merged one itself. */
  parentId: string | null;
  was: Standing;
  became: TicketStatus;
}

/** What of the survivor a merge changes beside what belongs to it: whose it is, its tags, and that somebody waits. */
export function takeOver(
  survivor: Ticket,
  merged: Ticket,
  isBelow: boolean,
): { columns: Record<string, unknown>; taken: TakenOver } {
  const waits = [survivor.waitingSince, merged.waitingSince].filter(at => at !== null);
  const isAsked = merged.waitingSince !== null && !isDone(merged.status);
  const isReopened = isAsked && survivor.status === TicketStatus.SOLVED;
  const isOver = [TicketStatus.PENDING, TicketStatus.SOLVED].includes(survivor.status);
  const status = isAsked && isOver ? TicketStatus.OPEN : survivor.status;
  const columns = {
    customer_id: survivor.customerId ?? merged.customerId,
    identity_id: survivor.identityId ?? merged.identityId,
    conversation_id: survivor.conversationId ?? merged.conversationId,
    tags: [...new Set([...survivor.tags, ...merged.tags])],
    // Where it was a part of the merged one, that one's parts are now its own.
    parent_id: isBelow ? merged.parentId : survivor.parentId,
    status,
    ...(isAsked && { waiting_since: waits.map(at => new Date(at)).sort((a, b) => a.getTime() - b.getTime())[0] }),
    ...(isReopened && { solved_at: null, reopened_at: new Date(), reopened_count: survivor.reopenedCount + 1 }),
  };
  const { waitingSince, solvedAt, reopenedAt, reopenedCount, firstRespondedAt } = survivor;
  const taken = {
    customer: !survivor.customerId && merged.customerId !== null,
    identity: !survivor.identityId && merged.identityId !== null,
    tags: merged.tags.filter(tag => !survivor.tags.includes(tag)),
    parentId: isBelow ? survivor.parentId : null,
    was: { status: survivor.status, waitingSince, solvedAt, reopenedAt, reopenedCount, firstRespondedAt },
    became: status,
  };
  return { columns, taken };
}

/** Another ticket that is a part of the survivor. */
interface Other {
  id: string;
  isLater: boolean;
  taken: TakenOver | null;
  customerId: string | null;
  identityId: string | null;
  tags: string[];
}

/**
 * Makes the survivor, which is held, stand as if it had never had what went back to the merged one. What was changed by hand since
 * stays, and what it has from another merge, too, which that one gives back then. `turn` is whose turn it was before. Answers whether it
 * stands as if there had been no merge.
 */
export async function giveBack(
  tx: Tx,
  merge: { id: string; former: { taken?: TakenOver } },
  survivor: Ticket,
  merged: Ticket,
  turn: Turn,
): Promise<boolean> {
  const { taken } = merge.former;
  if (!taken) {
    await writeTickets(tx, [survivor.id], await turned(tx, survivor, turn));
    return false;
  }
  const others = await othersOf(tx, merge.id, survivor.id);
  const columns: Record<string, unknown> = {};
  if (taken.customer && survivor.customerId === merged.customerId) {
    const heir = others.find(({ customerId }) => customerId !== null);
    columns['customer_id'] = heir?.customerId ?? null;
    if (heir?.taken) heir.taken.customer = true;
  }
  if (taken.identity && survivor.identityId === merged.identityId) {
    const heir = others.find(({ identityId }) => identityId !== null);
    columns['identity_id'] = heir?.identityId ?? null;
    if (heir?.taken) heir.taken.identity = true;
  }
  const kept = taken.tags.filter(tag => {
    const heir = others.find(({ tags }) => tags.includes(tag));
    heir?.taken?.tags.push(tag);
    return heir;
  });
  columns['tags'] = survivor.tags.filter(tag => kept.includes(tag) || !taken.tags.includes(tag));
  if (taken.parentId && survivor.parentId === merged.parentId && !(await isPartOf(tx, taken.parentId, survivor.id)))
    columns['parent_id'] = taken.parentId;
  // What comes after it began where this one began.
  const next = others.find(({ isLater, taken: theirs }) => isLater && theirs);
  if (next?.taken?.was.status === taken.became) next.taken.was = taken.was;
  if (!next) columns['first_responded_at'] = taken.was.firstRespondedAt;
  const isAsBefore = !next && (await isUntouched(tx, survivor.id, merge.id, taken.became));
  Object.assign(columns, isAsBefore ? formerly(taken.was) : await turned(tx, survivor, turn));
  await writeTickets(tx, [survivor.id], columns);
  await tx.query(
    `update ticket_merges m set former = m.former || jsonb_build_object('taken', o.taken)
       from jsonb_to_recordset($2) as o(id uuid, taken jsonb) where m.organization_id = $1 and m.id = o.id and o.taken <> m.former -> 'taken'`,
    [tx.scope.organizationId, JSON.stringify(others.filter(({ taken }) => taken))],
  );
  return isAsBefore;
}

const othersOf = (tx: Tx, mergeId: string, survivorId: string): Promise<Other[]> =>
  tx.query<Other>(
    `select m.id, m.merged_at > u.merged_at as "isLater", m.former -> 'taken' as taken, t.customer_id as "customerId",
            t.identity_id as "identityId", t.tags
       from ticket_merges m
       join ticket_merges u on u.organization_id = $1 and u.id = $2
       join tickets t on t.organization_id = m.organization_id and t.id = m.merged_id
      where m.organization_id = $1 and m.survivor_id = $3 and m.undone_at is null and m.id <> u.id order by m.merged_at, m.id`,
    [tx.scope.organizationId, mergeId, survivorId],
  );

/** Whether nothing of what is left was said since, and nobody put it anywhere. */
async function isUntouched(tx: Tx, survivorId: string, mergeId: string, became: TicketStatus): Promise<boolean> {
  const [row] = await tx.query<{ isUntouched: boolean }>(
    `select not exists (select 1 from ticket_messages m
               where m.organization_id = $1 and m.ticket_id = $2 and m.kind in ('CUSTOMER', 'AGENT') and not m.is_automatic and m.created_at > u.merged_at)
        and not exists (select 1 from ticket_revisions r
               where r.organization_id = $1 and r.ticket_id = $2 and r.changed_at > u.merged_at and r.status <> $4) as "isUntouched"
       from ticket_merges u where u.organization_id = $1 and u.id = $3`,
    [tx.scope.organizationId, survivorId, mergeId, became],
  );
  return row!.isUntouched;
}

const formerly = ({ status, waitingSince, solvedAt, reopenedAt, reopenedCount }: Standing) => ({
  status,
  waiting_since: waitingSince,
  solved_at: solvedAt,
  reopened_at: reopenedAt,
  reopened_count: reopenedCount,
});

async function turned(tx: Tx, { id, status }: Ticket, before: Turn) {
  const after = (await turnsOf(tx, [id])).get(id)!;
  return afterTurn(status, before, after);
}
