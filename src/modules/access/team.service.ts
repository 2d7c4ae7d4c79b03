import type { Tx } from '../../platform/database/database.js';
import { invalid, sqlState, unlessTaken } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { checkedName } from './names.rules.js';
import type { Viewer } from './viewer.js';
import { namedId } from './visible.queries.js';

const FOREIGN_KEY_VIOLATION = '23503';
const DEPTH_LIMIT = 20;

export interface NewTeam {
  name: string;
  parentId?: string | null;
}

export interface TeamChanges {
  id: string;
  name?: string | null;
  /** Null puts it at the top, undefined leaves it where it is. */
  parentId?: string | null;
}

export interface TeamMembership {
  teamId: string;
  memberId: string;
}

export async function createTeam(tx: Tx, viewer: Viewer, input: NewTeam): Promise<{ teamId: string }> {
  const name = checkedName('name', input.name);
  const teamId = newId();
  await lockTeams(tx);
  const parentId = input.parentId ? await namedId(tx, viewer, 'team', input.parentId, 'parentId') : null;
  await unlessTaken('name', 'Another team has this name.', () =>
    tx.query('insert into teams (organization_id, id, name, parent_id) values ($1, $2, $3, $4)', [
      tx.scope.organizationId,
      teamId,
      name,
      parentId,
    ]),
  );
  await checkTree(tx, teamId);
  return { teamId };
}

export async function updateTeam(tx: Tx, viewer: Viewer, input: TeamChanges): Promise<{ teamId: string }> {
  await lockTeams(tx);
  const teamId = await namedId(tx, viewer, 'team', input.id, 'id', 'update');
  const name = input.name == null ? null : checkedName('name', input.name);
  const parentId = input.parentId ? await namedId(tx, viewer, 'team', input.parentId, 'parentId') : null;
  await unlessTaken('name', 'Another team has this name.', () =>
    tx.query(
      `update teams set name = coalesce($3, name), parent_id = case when $4 then $5::uuid else parent_id end
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, teamId, name, input.parentId !== undefined, parentId],
    ),
  );
  await checkTree(tx, teamId);
  return { teamId };
}

/** Throws `InputError` CONFLICT while customers, conversations, channels, keys or other teams still belong to it. */
export async function removeTeam(tx: Tx, viewer: Viewer, id: string): Promise<{ removedId: string }> {
  await lockTeams(tx);
  const teamId = await namedId(tx, viewer, 'team', id, 'id', 'update');
  const { organizationId } = tx.scope;
  const keys = await tx.query(
    'select 1 from api_keys where organization_id = $1 and team_id = $2 and revoked_at is null limit 1',
    [organizationId, teamId],
  );
  if (keys.length > 0) throw invalid('id', 'An API key acts for this team. Revoke it first.', 'CONFLICT');
  try {
    await tx.query('delete from teams where organization_id = $1 and id = $2', [organizationId, teamId]);
  } catch (error) {
    if (sqlState(error) === FOREIGN_KEY_VIOLATION)
      throw invalid('id', 'Customers, conversations, accounts or other teams still belong to this team.', 'CONFLICT');
    throw error;
  }
  return { removedId: id };
}

/** Somebody who is in the team already stays in it. */
export async function addTeamMember(tx: Tx, viewer: Viewer, input: TeamMembership): Promise<{ teamId: string }> {
  const teamId = await namedId(tx, viewer, 'team', input.teamId, 'teamId');
  const memberId = await namedId(tx, viewer, 'member', input.memberId, 'memberId');
  await tx.query(
    'insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3) on conflict do nothing',
    [tx.scope.organizationId, teamId, memberId],
  );
  return { teamId };
}

/** Somebody who is not in the team is no error. */
export async function removeTeamMember(tx: Tx, viewer: Viewer, input: TeamMembership): Promise<{ teamId: string }> {
  const teamId = await namedId(tx, viewer, 'team', input.teamId, 'teamId');
  const memberId = await namedId(tx, viewer, 'member', input.memberId, 'memberId');
  await tx.query('delete from team_members where organization_id = $1 and team_id = $2 and member_id = $3', [
    tx.scope.organizationId,
    teamId,
    memberId,
  ]);
  return { teamId };
}

/** One change of the tree at a time: two that are each right alone could close a circle together. */
async function lockTeams(tx: Tx): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('teams:' || $1, 0))", [tx.scope.organizationId]);
}

async function checkTree(tx: Tx, teamId: string): Promise<void> {
  const [top] = await tx.query<{ depth: number; circle: boolean }>(
    `with recursive above as (
       select id, parent_id, 1 as depth from teams where organization_id = $1 and id = $2
       union all
       select t.id, t.parent_id, a.depth + 1 from above a
         join teams t on t.organization_id = $1 and t.id = a.parent_id
        where a.depth <= ${DEPTH_LIMIT} and (t.id <> $2)
     )
     select max(depth)::integer as depth, bool_or(parent_id = $2) as circle from above`,
    [tx.scope.organizationId, teamId],
  );
  if (top?.circle) throw invalid('parentId', 'A team cannot be below itself.', 'CONFLICT');
  if ((top?.depth ?? 0) > DEPTH_LIMIT)
    throw invalid('parentId', `Teams are nested ${DEPTH_LIMIT} levels deep at most.`, 'NOT_ALLOWED');
}
