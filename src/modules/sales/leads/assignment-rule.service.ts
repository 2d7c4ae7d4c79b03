import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { assignByRules } from './assignment.service.js';
import { AssignmentMethod, AssignmentRule } from './assignment-rule.entity.js';
import type {
  AssignLeadInput,
  CreateAssignmentRuleInput,
  UpdateAssignmentRuleInput,
} from './assignment-rule.inputs.js';
import { lockLead, recordSteps, tellLeads, writeLead } from './lead.queries.js';
import { LeadChangeKind } from './lead-change.entity.js';
import { ownershipAfter, recordOwnership } from './ownership.service.js';
import { findStaff } from './staff.queries.js';

const MOST_MEMBERS = 200;
const MOST_REASON = 500;

export async function createAssignmentRule(
  tx: Tx,
  viewer: Viewer,
  input: CreateAssignmentRuleInput,
): Promise<{ ruleId: string }> {
  const columns = await cleanRule(tx, viewer, input, { method: input.method, teamId: null, memberIds: [] });
  const ruleId = newId();
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const places = [ruleId, ...Object.values(columns)].map(value => parameters.add(value));
  const names = Object.keys(columns);
  if (input.position == null) {
    names.push('position');
    places.push(
      `(select coalesce(max(position), 0) + 1 from assignment_rules where organization_id = ${organization})`,
    );
  }
  await tx.query(
    `insert into assignment_rules (organization_id, id, ${names.join(', ')}) values (${organization}, ${places.join(', ')})`,
    parameters.values,
  );
  return { ruleId };
}

/** Changes a rule. A `version` that is not the present one is a CONFLICT. */
export async function updateAssignmentRule(
  tx: Tx,
  viewer: Viewer,
  input: UpdateAssignmentRuleInput,
): Promise<{ ruleId: string }> {
  const known = await lockRule(tx, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('rule', known.version);
  const columns = await cleanRule(tx, viewer, input, known);
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update assignment_rules set ${[...sets, 'version = version + 1'].join(', ')} where organization_id = ${organization} and id = ${id}`,
    parameters.values,
  );
  return { ruleId: known.id };
}

export async function removeAssignmentRule(tx: Tx, id: string): Promise<{ removedId: string }> {
  const known = await lockRule(tx, id);
  await tx.query('delete from assignment_rules where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    known.id,
  ]);
  return { removedId: id };
}

/** Gives a lead to whom the input names, or else to whom a rule says. */
export async function assignLead(tx: Tx, viewer: Viewer, input: AssignLeadInput): Promise<{ leadId: string }> {
  const lead = await lockLead(tx, viewer, input.id, input.version);
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', input.reason, MOST_REASON);
  const { ownerId, teamId, ruleId } = input;
  if (ownerId === undefined && teamId === undefined) {
    throwAny(problems);
    const rule = ruleId ? await visibleId(tx, viewer, AssignmentRule, ruleId, 'ruleId') : undefined;
    const given = await assignByRules(tx, [lead.id], { isAnew: true, ruleId: rule });
    if (given.length === 0) throw invalid('ruleId', 'No rule that is followed fits this lead.', 'NOT_ALLOWED');
  } else {
    const to = await ownershipAfter(tx, lead, {
      ...(ownerId !== undefined && { ownerId: await findStaff(tx, viewer, problems, 'member', ownerId, 'ownerId') }),
      ...(teamId !== undefined && { teamId: await findStaff(tx, viewer, problems, 'team', teamId, 'teamId') }),
    });
    throwAny(problems);
    await writeLead(tx, lead.id, { owner_id: to.ownerId, team_id: to.teamId });
    await recordOwnership(tx, [{ prefix: 'lead', subjectId: lead.id, from: lead, to, reason }]);
    await recordSteps(tx, [{ leadId: lead.id, kind: LeadChangeKind.ASSIGNED }]);
  }
  await tellLeads(tx, [lead.id]);
  return { leadId: lead.id };
}

interface KnownRule {
  id: string;
  version: number;
  method: AssignmentMethod;
  teamId: string | null;
  memberIds: string[];
}

async function lockRule(tx: Tx, id: string): Promise<KnownRule> {
  const [row] = await tx.query<KnownRule>(
    `select id, version, method, team_id as "teamId", member_ids as "memberIds" from assignment_rules
      where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, storedId('assignment_rule', id)],
  );
  if (!row) throw invalid('id', 'There is no such assignment rule, or you may not see it.', 'NOT_FOUND');
  return row;
}

type Fields = Partial<Omit<UpdateAssignmentRuleInput, 'id'>>;

/** The columns that an input sets. A rule that gives to members names some, or a team. */
async function cleanRule(
  tx: Tx,
  viewer: Viewer,
  input: Fields,
  known: Pick<KnownRule, 'method' | 'teamId' | 'memberIds'>,
): Promise<Record<string, unknown>> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 200);
  if (input.method != null) columns['method'] = input.method;
  if (input.position != null) columns['position'] = input.position;
  if (input.isActive != null) columns['is_active'] = input.isActive;
  if (input.sources !== undefined) columns['sources'] = [...new Set(input.sources ?? [])];
  if (input.minScore !== undefined) {
    columns['min_score'] = input.minScore;
    if (input.minScore !== null && (input.minScore < 0 || input.minScore > 100))
      report(problems, 'minScore', 'A score is from 0 to 100.');
  }
  if (input.territoryId !== undefined) columns['territory_id'] = await findTerritory(tx, problems, input.territoryId);
  if (input.teamId !== undefined)
    columns['team_id'] = await findStaff(tx, viewer, problems, 'team', input.teamId, 'teamId');
  if (input.memberIds !== undefined)
    columns['member_ids'] = await findMembers(tx, viewer, problems, input.memberIds ?? []);
  const method = input.method ?? known.method;
  const hasTeam = input.teamId === undefined ? known.teamId !== null : input.teamId !== null;
  const hasMembers = (input.memberIds === undefined ? known.memberIds : (input.memberIds ?? [])).length > 0;
  if (method !== AssignmentMethod.TERRITORY && !hasTeam && !hasMembers)
    report(problems, 'memberIds', 'Say which members, or which team.', 'REQUIRED');
  throwAny(problems);
  return columns;
}

async function findTerritory(tx: Tx, problems: Problems, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [row] = await tx.query<{ id: string }>(
    'select id from territories where organization_id = $1 and id = $2 for key share',
    [tx.scope.organizationId, storedId('territory', id)],
  );
  return row?.id ?? report(problems, 'territoryId', 'There is no such territory, or you may not see it.', 'NOT_FOUND');
}

async function findMembers(tx: Tx, viewer: Viewer, problems: Problems, ids: string[]): Promise<string[]> {
  const named = [...new Set(ids)];
  if (named.length > MOST_MEMBERS)
    report(problems, 'memberIds', `At most ${MOST_MEMBERS} members take turns.`, 'TOO_LONG');
  const found: string[] = [];
  for (const [at, id] of named.slice(0, MOST_MEMBERS).entries()) {
    const member = await findStaff(tx, viewer, problems, 'member', id, `memberIds.${at}`);
    if (member) found.push(member);
  }
  return found;
}
