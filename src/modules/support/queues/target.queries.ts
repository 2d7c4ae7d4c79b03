import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { namedFinder, type Viewer } from '../../access/index.js';
import type { TicketTarget } from './giving.service.js';
import { CAN_WORK } from './queue.queries.js';

/** Who may be given tickets: teams, and members who work on tickets. */
const staff = namedFinder({
  member: { table: 'members', alias: 'm', visibility: 'STAFF', condition: CAN_WORK },
  team: { table: 'teams', visibility: 'STAFF' },
});

export const findStaff = staff.one;

/** Who may follow tickets: also colleagues who only read them, and nobody who only signs in as a customer. */
const followers = namedFinder({
  member: { table: 'members', visibility: 'STAFF', condition: `t.deactivated_at is null and t.role <> 'CUSTOMER'` },
});

export const findFollower = followers.one;

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
  return staff.all(tx, viewer, problems, 'member', ids, field);
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
