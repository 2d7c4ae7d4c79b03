import type { Tx } from '../../../platform/database/database.js';
import { AssignmentMethod } from './assignment-rule.entity.js';
import { OPEN_STATUSES } from './lead.entity.js';
import { recordSteps } from './lead.queries.js';
import { LeadChangeKind } from './lead-change.entity.js';
import { type Ownership, type OwnershipStep, recordOwnership } from './ownership.service.js';
import { readTerritories } from './score.service.js';
import { liesIn, type TerritoryRule } from './territory.rules.js';

interface Rule {
  id: string;
  name: string;
  method: AssignmentMethod;
  territoryId: string | null;
  teamId: string | null;
  memberIds: string[];
  sources: string[];
  minScore: number | null;
}

interface Assigned {
  id: string;
  source: string;
  score: number;
  territoryId: string | null;
  ownerId: string | null;
  teamId: string | null;
}

const COLUMNS = `id, name, method, territory_id as "territoryId", team_id as "teamId", member_ids as "memberIds", sources, min_score as "minScore"`;

/**
 * Gives leads (stored ids, held) to whom the first rule that fits says, or the named one; those that have somebody stay theirs
 * unless they are to be given anew. Answers those that were given.
 */
export async function assignByRules(
  tx: Tx,
  ids: readonly string[],
  { isAnew = false, ruleId }: { isAnew?: boolean; ruleId?: string | undefined } = {},
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rules = await tx.query<Rule>(
    `select ${COLUMNS} from assignment_rules
      where organization_id = $1 and is_active and ($2::uuid is null or id = $2) order by position, id`,
    [tx.scope.organizationId, ruleId ?? null],
  );
  if (rules.length === 0) return [];
  const leads = await tx.query<Assigned>(
    `select id, source, score, territory_id as "territoryId", owner_id as "ownerId", team_id as "teamId" from leads
      where organization_id = $1 and id = any ($2::uuid[]) and ($3 or (owner_id is null and team_id is null)) order by id`,
    [tx.scope.organizationId, ids, isAnew],
  );
  const territories = await readTerritories(tx);
  const given: OwnershipStep[] = [];
  for (const lead of leads) {
    for (const rule of rules) {
      const to = fits(rule, lead, territories) ? await nextOf(tx, rule, lead) : null;
      if (!to) continue;
      await tx.query(
        'update leads set owner_id = $3, team_id = $4, version = version + 1, updated_at = now() where organization_id = $1 and id = $2',
        [tx.scope.organizationId, lead.id, to.ownerId, to.teamId],
      );
      given.push({ prefix: 'lead', subjectId: lead.id, from: lead, to, reason: rule.name });
      break;
    }
  }
  await recordOwnership(tx, given);
  await recordSteps(
    tx,
    given.map(({ subjectId }) => ({ leadId: subjectId, kind: LeadChangeKind.ASSIGNED })),
  );
  return given.map(({ subjectId }) => subjectId);
}

function fits(rule: Rule, lead: Assigned, territories: readonly TerritoryRule[]): boolean {
  return (
    (rule.sources.length === 0 || rule.sources.includes(lead.source)) &&
    (rule.minScore === null || lead.score >= rule.minScore) &&
    (rule.territoryId === null || liesIn(territories, lead.territoryId, rule.territoryId))
  );
}

/** Whose turn it is under a rule, or null where the rule has nobody. */
async function nextOf(tx: Tx, rule: Rule, lead: Assigned): Promise<Ownership | null> {
  if (rule.method === AssignmentMethod.TERRITORY) return territoryTeam(tx, lead);
  // Whoever holds the rule takes a turn; the next one then sees it taken.
  const [held] = await tx.query<{ last: string | null }>(
    'select last_member_id as last from assignment_rules where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, rule.id],
  );
  if (!held) return null;
  const ownerId =
    rule.method === AssignmentMethod.LOAD ? await leastLoaded(tx, rule) : await nextInTurn(tx, rule, held.last);
  if (!ownerId) return null;
  await tx.query('update assignment_rules set last_member_id = $3 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    rule.id,
    ownerId,
  ]);
  return { ownerId, teamId: rule.teamId };
}

/** The team of the lead's territory, or of the nearest above it that has one. */
async function territoryTeam(tx: Tx, lead: Assigned): Promise<Ownership | null> {
  const [found] = await tx.query<{ teamId: string }>(
    `with recursive above as (
       select id, parent_id, team_id, 1 as depth from territories where organization_id = $1 and id = $2
       union all
       select t.id, t.parent_id, t.team_id, a.depth + 1 from above a
         join territories t on t.organization_id = $1 and t.id = a.parent_id where a.depth < 50)
     select team_id as "teamId" from above where team_id is not null order by depth limit 1`,
    [tx.scope.organizationId, lead.territoryId],
  );
  return found ? { ownerId: null, teamId: found.teamId } : null;
}

/** Those who take turns, in their order: the named ones, or else everybody of the team. Who was deactivated is passed over. */
const CANDIDATES = `
  select m.id, coalesce(array_position($2::uuid[], m.id), 0) as place from members m
   where m.organization_id = $1 and m.deactivated_at is null and m.role <> 'CUSTOMER'
     and case when cardinality($2::uuid[]) > 0 then m.id = any ($2)
              else m.id in (select tm.member_id from team_members tm where tm.organization_id = $1 and tm.team_id = $3) end`;

async function nextInTurn(tx: Tx, rule: Rule, last: string | null): Promise<string | null> {
  const rows = await tx.query<{ id: string; place: number }>(`${CANDIDATES} order by place, m.id`, [
    tx.scope.organizationId,
    rule.memberIds,
    rule.teamId,
  ]);
  const placeOf = (id: string) => rule.memberIds.indexOf(id) + 1;
  // By place and not by index: who had the last turn may be gone since.
  const after = last && rows.find(({ id, place }) => (rule.memberIds.length > 0 ? place > placeOf(last) : id > last));
  return (after || rows[0])?.id ?? null;
}

async function leastLoaded(tx: Tx, rule: Rule): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select c.id from (${CANDIDATES}) c
      order by (select count(*) from leads l where l.organization_id = $1 and l.owner_id = c.id and l.status = any ($4::text[])), c.place, c.id
      limit 1`,
    [tx.scope.organizationId, rule.memberIds, rule.teamId, OPEN_STATUSES],
  );
  return row?.id ?? null;
}
