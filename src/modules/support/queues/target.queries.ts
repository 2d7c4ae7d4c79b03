import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import type { TicketTarget } from './giving.service.js';
import { CAN_WORK } from './queue.queries.js';

const STAFF = {
  member: { table: 'members', condition: CAN_WORK },
  team: { table: 'teams', condition: 'true' },
} as const;

/**
 * The stored id of a member or team that may be given tickets, held so that it stays. Unknown, unseen and deactivated ones, and
 * members who do not work on tickets, are all reported as NOT_FOUND of `field`.
 */
export async function findStaff(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  prefix: keyof typeof STAFF,
  id: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (id == null) return null;
  const { table, condition } = STAFF[prefix];
  const parameters = new Parameters();
  const conditions = [
    `m.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `m.id = ${parameters.add(storedId(prefix, id), 'uuid')}`,
    condition,
    visibleCondition(viewer, 'STAFF', 'm', parameters),
  ].filter(Boolean);
  const [found] = await tx.query<{ id: string }>(
    `select m.id from ${table} m where ${conditions.join(' and ')} for key share of m`,
    parameters.values,
  );
  return found?.id ?? report(problems, field, `There is no such ${prefix}, or you may not see it.`, 'NOT_FOUND');
}

const MOST_MEMBERS = 500;

/** As `findStaff` of many members, in one statement; what is not to be found is reported at its place. */
export async function findMembers(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  ids: readonly string[],
  field: string,
): Promise<string[]> {
  if (ids.length > MOST_MEMBERS) {
    report(problems, field, `There are at most ${MOST_MEMBERS}.`, 'TOO_LONG');
    return [];
  }
  const stored = ids.map(id => storedId('member', id));
  const parameters = new Parameters();
  const conditions = [
    `m.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `m.id = any (${parameters.add(stored.filter(Boolean), 'uuid[]')})`,
    CAN_WORK,
    visibleCondition(viewer, 'STAFF', 'm', parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select m.id from members m where ${conditions.join(' and ')} order by m.id for key share of m`,
    parameters.values,
  );
  const found = new Set(rows.map(({ id }) => id));
  for (const [at, id] of stored.entries()) {
    if (!id || !found.has(id))
      report(problems, `${field}.${at}`, 'There is no such member, or you may not see it.', 'NOT_FOUND');
  }
  return [...found];
}

/**
 * The stored id of the member who is to do something: whoever asks, unless a manager names somebody else. A key or a client, being
 * nobody who could have a ticket, has to name one.
 */
export async function findActing(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  id: string | null | undefined,
): Promise<string | null> {
  if (id == null)
    return viewer.memberId ?? report(problems, 'memberId', 'Say for which member: you are none yourself.', 'REQUIRED');
  const found = await findStaff(tx, viewer, problems, 'member', id, 'memberId');
  if (found && found !== viewer.memberId && !viewer.may('support:manage'))
    return report(problems, 'memberId', 'Only managers do this for somebody else.', 'NOT_ALLOWED');
  return found;
}

/** The stored id of a queue that gets tickets; others are reported as NOT_FOUND of `field`. */
export async function findQueue(
  tx: Tx,
  problems: Problems,
  id: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (id == null) return null;
  const [found] = await tx.query<{ id: string }>(
    'select id from support_queues where organization_id = $1 and id = $2 and is_active for key share',
    [tx.scope.organizationId, storedId('queue', id)],
  );
  return found?.id ?? report(problems, field, 'There is no such queue, or it gets no tickets.', 'NOT_FOUND');
}

/** Public ids, as an input gives them: null is nobody, and what is absent stays. */
export interface GivenTarget {
  assigneeId?: string | null;
  teamId?: string | null;
  queueId?: string | null;
}

/** To whom tickets go; reports what is not to be found, and a target that is none. */
export async function findTarget(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  { assigneeId, teamId, queueId }: GivenTarget,
): Promise<TicketTarget> {
  if (assigneeId === undefined && teamId === undefined && queueId === undefined)
    report(problems, 'assigneeId', 'Say to whom: a member, a team or a queue.', 'REQUIRED');
  return {
    ...(assigneeId !== undefined && {
      assigneeId: await findStaff(tx, viewer, problems, 'member', assigneeId, 'assigneeId'),
    }),
    ...(teamId !== undefined && { teamId: await findStaff(tx, viewer, problems, 'team', teamId, 'teamId') }),
    ...(queueId !== undefined && { queueId: await findQueue(tx, problems, queueId, 'queueId') }),
  };
}
