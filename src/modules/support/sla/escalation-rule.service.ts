import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { cleanText } from '../../../platform/text.js';
import type { Viewer } from '../../access/index.js';
import { findFollower, findStaff } from '../queues/target.queries.js';
import { EscalationTrigger } from './escalation.rules.js';
import type { CreateEscalationRuleInput, UpdateEscalationRuleInput } from './escalation-rule.inputs.js';
import { named } from './references.queries.js';
import { retimeTickets } from './retiming.service.js';

const MOST_NOTE = 5000;
/** A year of open time. */
const MOST_MINUTES = 366 * 1440;
const TAKEN = 'Another rule is called so.';
const OF_A_METRIC = new Set<EscalationTrigger>([EscalationTrigger.BEFORE_DUE, EscalationTrigger.AFTER_DUE]);
const ACTIONS = ['raise_to', 'assignee_id', 'team_id', 'queue_id', 'follower_id', 'note'] as const;

export async function createEscalationRule(
  tx: Tx,
  viewer: Viewer,
  input: CreateEscalationRuleInput,
): Promise<{ ruleId: string }> {
  const columns = await cleanRule(tx, viewer, input, { trigger: input.trigger, metric: null });
  const ruleId = newId();
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const names = Object.keys(columns);
  const places = [ruleId, ...Object.values(columns)].map(value => parameters.add(value));
  if (input.position == null) {
    names.push('position');
    places.push(
      `(select coalesce(max(position), 0) + 1 from escalation_rules where organization_id = ${organization})`,
    );
  }
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `insert into escalation_rules (organization_id, id, ${names.join(', ')}) values (${organization}, ${places.join(', ')})`,
      parameters.values,
    ),
  );
  await retimeTickets(tx);
  return { ruleId };
}

/** Changes a rule; where it has acted it does not act again. A `version` that is not the present one is a CONFLICT. */
export async function updateEscalationRule(
  tx: Tx,
  viewer: Viewer,
  input: UpdateEscalationRuleInput,
): Promise<{ ruleId: string }> {
  const known = await lockRule(tx, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('rule', known.version);
  const columns = await cleanRule(tx, viewer, input, known);
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `update escalation_rules set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
        where organization_id = ${organization} and id = ${id}`,
      parameters.values,
    ),
  );
  // What was planned by it as it was is planned anew.
  await tx.query('delete from ticket_escalations where organization_id = $1 and rule_id = $2 and acted_at is null', [
    tx.scope.organizationId,
    known.id,
  ]);
  await retimeTickets(tx);
  return { ruleId: known.id };
}

/** What it did stays done. */
export async function removeEscalationRule(tx: Tx, id: string): Promise<{ removedId: string }> {
  const known = await lockRule(tx, id);
  await tx.query('delete from escalation_rules where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    known.id,
  ]);
  return { removedId: id };
}

type Known = Record<string, unknown> & { id: string; version: number; trigger: EscalationTrigger };

async function lockRule(tx: Tx, id: string): Promise<Known> {
  const [row] = await tx.query<Known>(
    `select id, version, trigger, metric, ${ACTIONS.join(', ')} from escalation_rules
      where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, storedId('escalation_rule', id)],
  );
  if (!row) throw invalid('id', 'There is no such rule, or you may not see it.', 'NOT_FOUND');
  return row;
}

type Fields = Partial<Omit<UpdateEscalationRuleInput, 'id'>>;

/** The columns that an input sets. A rule that waits for a promised time says for which, and every rule does something. */
async function cleanRule(
  tx: Tx,
  viewer: Viewer,
  input: Fields,
  known: Record<string, unknown> & { trigger: EscalationTrigger },
): Promise<Record<string, unknown>> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 200);
  if (input.trigger != null) columns['trigger'] = input.trigger;
  if (input.minutes != null) {
    columns['minutes'] = input.minutes;
    if (input.minutes < 0 || input.minutes > MOST_MINUTES)
      report(problems, 'minutes', `It is a number of minutes from 0 to ${MOST_MINUTES}.`);
  }
  if (input.position != null) columns['position'] = input.position;
  if (input.isActive != null) columns['is_active'] = input.isActive;
  if (input.metric !== undefined) columns['metric'] = input.metric;
  if (input.priorities !== undefined) columns['priorities'] = [...new Set(input.priorities ?? [])];
  if (input.channels !== undefined) columns['channels'] = [...new Set(input.channels ?? [])];
  if (input.raiseTo !== undefined) columns['raise_to'] = input.raiseTo;
  const { assigneeId, teamId, queueId, followerId } = input;
  if (assigneeId !== undefined)
    columns['assignee_id'] = await findStaff(tx, viewer, problems, 'member', assigneeId, 'assigneeId');
  if (teamId !== undefined) columns['team_id'] = await findStaff(tx, viewer, problems, 'team', teamId, 'teamId');
  if (queueId !== undefined) columns['queue_id'] = await named.one(tx, viewer, problems, 'queue', queueId, 'queueId');
  if (followerId !== undefined)
    columns['follower_id'] = await findFollower(tx, viewer, problems, 'member', followerId, 'followerId');
  if (input.note !== undefined) columns['note'] = cleanText(input.note ?? '').slice(0, MOST_NOTE) || null;
  const after: Record<string, unknown> = { ...known, ...columns };
  if (OF_A_METRIC.has(after['trigger'] as EscalationTrigger)) {
    if (!after['metric']) report(problems, 'metric', 'Say which promised time it waits for.', 'REQUIRED');
  } else if (input.metric) report(problems, 'metric', 'It waits for no promised time.', 'NOT_ALLOWED');
  else columns['metric'] = null;
  if (problems.length === 0 && ACTIONS.every(column => after[column] == null))
    report(problems, 'raiseTo', 'Say what it does: raise, give, have somebody follow, or note.', 'REQUIRED');
  throwAny(problems);
  return columns;
}
