import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import type { Viewer } from '../../access/index.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import type { CreateIntakeRuleInput, UpdateIntakeRuleInput } from './intake-rule.inputs.js';
import { cleanRule } from './intake-rule.values.js';

export async function createIntakeRule(
  tx: Tx,
  viewer: Viewer,
  input: CreateIntakeRuleInput,
): Promise<{ ruleId: string }> {
  const { idempotencyKey: _key, ...fields } = input;
  return { ruleId: await insertRule(tx, await cleanRule(tx, viewer, fields)) };
}

async function insertRule(tx: Tx, columns: Record<string, unknown>): Promise<string> {
  const ruleId = newId();
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const names = Object.keys(columns);
  const places = [ruleId, ...Object.values(columns)].map(value => parameters.add(value));
  if (!names.includes('position')) {
    names.push('position');
    places.push(`(select coalesce(max(position), 0) + 1 from intake_rules where organization_id = ${organization})`);
  }
  await tx.query(
    `insert into intake_rules (organization_id, id, ${names.join(', ')}) values (${organization}, ${places.join(', ')})`,
    parameters.values,
  );
  return ruleId;
}

/** Changes a rule. A `version` that is not the present one is a CONFLICT. */
export async function updateIntakeRule(
  tx: Tx,
  viewer: Viewer,
  input: UpdateIntakeRuleInput,
): Promise<{ ruleId: string }> {
  const { id, version, idempotencyKey: _key, ...fields } = input;
  const known = await lockRule(tx, id);
  if (version != null && version !== known.version) throw staleVersion('rule', known.version);
  const columns = await cleanRule(tx, viewer, fields);
  const parameters = new Parameters();
  const [organization, rule] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update intake_rules set ${[...sets, 'version = version + 1'].join(', ')} where organization_id = ${organization} and id = ${rule}`,
    parameters.values,
  );
  return { ruleId: known.id };
}

export async function removeIntakeRule(tx: Tx, id: string): Promise<{ removedId: string }> {
  const known = await lockRule(tx, id);
  await tx.query('delete from intake_rules where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    known.id,
  ]);
  return { removedId: id };
}

async function lockRule(tx: Tx, id: string): Promise<{ id: string; version: number }> {
  const [row] = await tx.query<{ id: string; version: number }>(
    'select id, version from intake_rules where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('intake_rule', id)],
  );
  if (!row) throw invalid('id', 'There is no such intake rule, or you may not see it.', 'NOT_FOUND');
  return row;
}

/** What people say to us alone, by the channels they expect an answer on. */
const DIRECT = [
  TicketChannel.EMAIL,
  TicketChannel.WEB_FORM,
  TicketChannel.CHAT,
  TicketChannel.SMS,
  TicketChannel.FAX,
  TicketChannel.CALL,
];

/** The rules that most begin with: whatever is said to us alone opens a ticket. Where there are rules, it answers those and makes none. */
export async function createDefaultIntakeRules(
  tx: Tx,
  { acknowledges }: { acknowledges?: boolean | null },
): Promise<{ ruleIds: string[] }> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`intake:${tx.scope.organizationId}`]);
  const there = await tx.query<{ id: string }>(
    'select id from intake_rules where organization_id = $1 order by position, id limit 200',
    [tx.scope.organizationId],
  );
  if (there.length > 0) return { ruleIds: there.map(({ id }) => id) };
  const shared = { acknowledges: acknowledges ?? false };
  return {
    ruleIds: [
      await insertRule(tx, {
        ...shared,
        name: 'Direct channels',
        channels: DIRECT,
        kinds: ['DIRECT_MESSAGE', 'CALL', 'FAX'],
        position: 1,
      }),
      await insertRule(tx, {
        ...shared,
        acknowledges: false,
        name: 'Direct messages on social networks',
        channels: [TicketChannel.SOCIAL],
        kinds: ['DIRECT_MESSAGE'],
        position: 2,
      }),
    ],
  };
}
