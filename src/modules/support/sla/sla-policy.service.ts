import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { cleanLine } from '../../../platform/text.js';
import type { Viewer } from '../../access/index.js';
import type { TicketPriority } from '../tickets/ticket.states.rules.js';
import type { Targets } from './policy.rules.js';
import { named } from './references.queries.js';
import { retimeTickets } from './retiming.service.js';
import type { CreateSlaPolicyInput, SlaTargetInput, UpdateSlaPolicyInput } from './sla-policy.inputs.js';

const MOST_NAMED = 200;
/** A year of open time; what takes longer is no promise. */
const MOST_MINUTES = 366 * 1440;
const TAKEN = 'Another policy is called so.';

/** Makes a policy, and has open tickets given what it promises. Throws `InputError` with everything that is wrong with it. */
export async function createSlaPolicy(
  tx: Tx,
  viewer: Viewer,
  input: CreateSlaPolicyInput,
): Promise<{ policyId: string }> {
  const columns = await cleanPolicy(tx, viewer, input, { warnMinutes: null, warnPercent: null });
  const policyId = newId();
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const names = Object.keys(columns);
  const places = [policyId, ...Object.values(columns)].map(value => parameters.add(value));
  if (input.position == null) {
    names.push('position');
    places.push(`(select coalesce(max(position), 0) + 1 from sla_policies where organization_id = ${organization})`);
  }
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `insert into sla_policies (organization_id, id, ${names.join(', ')}) values (${organization}, ${places.join(', ')})`,
      parameters.values,
    ),
  );
  await retimeTickets(tx);
  return { policyId };
}

/** Changes a policy, and has open tickets reckoned anew. A `version` that is not the present one is a CONFLICT. */
export async function updateSlaPolicy(
  tx: Tx,
  viewer: Viewer,
  input: UpdateSlaPolicyInput,
): Promise<{ policyId: string }> {
  const known = await lockPolicy(tx, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('policy', known.version);
  const columns = await cleanPolicy(tx, viewer, input, known);
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `update sla_policies set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
        where organization_id = ${organization} and id = ${id}`,
      parameters.values,
    ),
  );
  await retimeTickets(tx);
  return { policyId: known.id };
}

/** A policy under which nothing was promised yet is removed; any other stays for what was, and is given to no ticket any more. */
export async function removeSlaPolicy(tx: Tx, id: string): Promise<{ policyId?: string }> {
  const known = await lockPolicy(tx, id);
  const place = [tx.scope.organizationId, known.id];
  const [used] = await tx.query(
    `select 1 where exists (select 1 from ticket_clocks where organization_id = $1 and policy_id = $2)
                 or exists (select 1 from tickets where organization_id = $1 and sla_policy_id = $2)`,
    place,
  );
  await tx.query(
    used
      ? 'update sla_policies set is_active = false, version = version + 1, updated_at = now() where organization_id = $1 and id = $2'
      : 'delete from sla_policies where organization_id = $1 and id = $2',
    place,
  );
  await retimeTickets(tx);
  return used ? { policyId: known.id } : {};
}

interface Known {
  id: string;
  version: number;
  warnMinutes: number | null;
  warnPercent: number | null;
}

async function lockPolicy(tx: Tx, id: string): Promise<Known> {
  const [row] = await tx.query<Known>(
    `select id, version, warn_minutes as "warnMinutes", warn_percent as "warnPercent" from sla_policies
      where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, storedId('sla_policy', id)],
  );
  if (!row) throw invalid('id', 'There is no such policy, or you may not see it.', 'NOT_FOUND');
  return row;
}

type Fields = Partial<Omit<UpdateSlaPolicyInput, 'id'>>;

/** The columns that an input sets. */
async function cleanPolicy(
  tx: Tx,
  viewer: Viewer,
  input: Fields,
  known: Pick<Known, 'warnMinutes' | 'warnPercent'>,
): Promise<Record<string, unknown>> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 200);
  if (input.position != null) columns['position'] = input.position;
  if (input.isActive != null) columns['is_active'] = input.isActive;
  if (input.pausesOnHold != null) columns['pauses_on_hold'] = input.pausesOnHold;
  if (input.segments !== undefined)
    columns['segments'] = distinct(problems, 'segments', input.segments).map(cleanLine).filter(Boolean);
  for (const [field, column] of [
    ['channels', 'channels'],
    ['priorities', 'priorities'],
    ['types', 'types'],
    ['customerKinds', 'customer_kinds'],
  ] as const)
    if (input[field] !== undefined) columns[column] = [...new Set<string>(input[field] ?? [])];
  for (const [field, column, prefix] of [
    ['categoryIds', 'category_ids', 'ticket_category'],
    ['queueIds', 'queue_ids', 'queue'],
  ] as const)
    if (input[field] !== undefined)
      columns[column] = await named.all(tx, viewer, problems, prefix, distinct(problems, field, input[field]), field);
  if (input.calendarId !== undefined)
    columns['calendar_id'] = await named.one(tx, viewer, problems, 'business_calendar', input.calendarId, 'calendarId');
  if (input.targets !== undefined) columns['targets'] = cleanTargets(problems, input.targets ?? []);
  Object.assign(columns, cleanWarning(problems, input, known));
  throwAny(problems);
  return columns;
}

function distinct(problems: Problems, field: string, given: readonly string[] | null): string[] {
  const values = [...new Set(given ?? [])];
  if (values.length > MOST_NAMED) report(problems, field, `There are at most ${MOST_NAMED}.`, 'TOO_LONG');
  return values.slice(0, MOST_NAMED);
}

function cleanTargets(problems: Problems, given: readonly SlaTargetInput[]): Partial<Record<TicketPriority, Targets>> {
  const targets: Partial<Record<TicketPriority, Targets>> = {};
  if (given.length === 0) report(problems, 'targets', 'It promises something to some priority.', 'REQUIRED');
  for (const [at, { priority, ...times }] of given.entries()) {
    const field = `targets.${at}`;
    if (targets[priority]) report(problems, `${field}.priority`, 'This priority is there already.', 'TAKEN');
    const { firstResponseMinutes, nextResponseMinutes, resolutionMinutes } = times;
    const own = { firstResponseMinutes, nextResponseMinutes, resolutionMinutes };
    for (const [name, minutes] of Object.entries(own))
      if (minutes != null && (minutes < 1 || minutes > MOST_MINUTES))
        report(problems, `${field}.${name}`, `It is a number of minutes from 1 to ${MOST_MINUTES}.`);
    if (Object.values(own).every(minutes => minutes == null))
      report(problems, field, 'It promises at least one of the times.', 'REQUIRED');
    targets[priority] = {
      firstResponse: firstResponseMinutes ?? null,
      nextResponse: nextResponseMinutes ?? null,
      resolution: resolutionMinutes ?? null,
    };
  }
  return targets;
}

/** Minutes or a share: whichever is given takes the place of the other. */
function cleanWarning(
  problems: Problems,
  input: Fields,
  known: Pick<Known, 'warnMinutes' | 'warnPercent'>,
): Record<string, unknown> {
  const { warnMinutes: minutes, warnPercent: percent } = input;
  if (minutes === undefined && percent === undefined) return {};
  if (minutes != null && percent != null)
    report(problems, 'warnPercent', 'Say minutes or a share, not both.', 'NOT_ALLOWED');
  if (minutes != null && (minutes < 1 || minutes > MOST_MINUTES))
    report(problems, 'warnMinutes', `It is a number of minutes from 1 to ${MOST_MINUTES}.`);
  if (percent != null && (percent < 1 || percent > 99))
    report(problems, 'warnPercent', 'A share is from 1 to 99 percent.');
  return {
    warn_minutes: percent != null ? null : minutes === undefined ? known.warnMinutes : minutes,
    warn_percent: minutes != null ? null : percent === undefined ? known.warnPercent : percent,
  };
}
