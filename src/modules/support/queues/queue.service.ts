import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { cleanLine } from '../../../platform/text.js';
import type { Viewer } from '../../access/index.js';
import { cleanLanguage } from '../../customers/index.js';
import { assignWaitingSoon } from './moving.hooks.js';
import type { CreateQueueInput, QueueSkillInput, UpdateQueueInput } from './queue.inputs.js';
import { findMembers, findQueue, findStaff } from './target.queries.js';

const MOST_ENTRIES = 100;
const MOST_CAPACITY = 10_000;
const MOST_MINUTES = 60 * 24 * 366;

/** Makes a queue, the last one unless a place is named. Throws `InputError`. */
export async function createQueue(tx: Tx, viewer: Viewer, input: CreateQueueInput): Promise<{ queueId: string }> {
  await lockQueues(tx);
  const { columns, skills, members } = await cleanQueue(tx, viewer, input, null);
  const queueId = newId();
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const names = ['id', ...Object.keys(columns)];
  const places = [queueId, ...Object.values(columns)].map(value => parameters.add(value));
  if (columns['position'] === undefined) {
    names.push('position');
    places.push(`(select coalesce(max(position), 0) + 1 from support_queues where organization_id = ${organization})`);
  }
  await unlessTaken('name', 'Another queue is called so.', () =>
    tx.query(
      `insert into support_queues (organization_id, ${names.join(', ')}) values (${organization}, ${places.join(', ')})`,
      parameters.values,
    ),
  );
  await keepParts(tx, queueId, skills, members);
  await tell(tx, queueId);
  return { queueId };
}

/** Changes a queue; what waits in it is then offered anew. A `version` that is not the present one is a CONFLICT. */
export async function updateQueue(tx: Tx, viewer: Viewer, input: UpdateQueueInput): Promise<{ queueId: string }> {
  await lockQueues(tx);
  const [known] = await tx.query<{ id: string; version: number }>(
    'select id, version from support_queues where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('queue', input.id)],
  );
  if (!known) throw invalid('id', 'There is no such queue, or you may not see it.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('queue', known.version);
  const { columns, skills, members } = await cleanQueue(tx, viewer, input, known.id);
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await unlessTaken('name', 'Another queue is called so.', () =>
    tx.query(
      `update support_queues set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
        where organization_id = ${organization} and id = ${id}`,
      parameters.values,
    ),
  );
  await keepParts(tx, known.id, skills, members);
  await tell(tx, known.id);
  await assignWaitingSoon(tx);
  return { queueId: known.id };
}

/** One at a time changes queues, so that no two send what overflows to each other. */
const lockQueues = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.organizationId}:queues`]);

const tell = (tx: Tx, subjectId: string): Promise<void> => recordEvents(tx, [{ type: 'queue.changed', subjectId }]);

interface CleanQueue {
  columns: Record<string, unknown>;
  skills?: { skill_id: string; min_level: number; is_required: boolean }[];
  members?: string[];
}

async function cleanQueue(
  tx: Tx,
  viewer: Viewer,
  input: Omit<UpdateQueueInput, 'id'>,
  id: string | null,
): Promise<CleanQueue> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 100);
  if (input.teamId != null) columns['team_id'] = await findStaff(tx, viewer, problems, 'team', input.teamId, 'teamId');
  if (input.position != null) columns['position'] = bounded(problems, 'position', input.position, 0, 1_000_000);
  for (const field of ['channels', 'networks', 'types', 'priorities'] as const) {
    if (input[field] !== undefined) columns[field] = [...new Set<string>(input[field] ?? [])];
  }
  if (input.customerTags !== undefined) columns['customer_tags'] = lines(problems, 'customerTags', input.customerTags);
  if (input.languages !== undefined) columns['languages'] = languagesOf(problems, input.languages);
  if (input.categoryIds !== undefined)
    columns['category_ids'] = await findAll(
      tx,
      problems,
      'categoryIds',
      'ticket_categories',
      'ticket_category',
      input.categoryIds ?? [],
    );
  if (input.strategy != null) columns['strategy'] = input.strategy;
  if (input.languageRequired != null) columns['language_required'] = input.languageRequired;
  if (input.isActive != null) columns['is_active'] = input.isActive;
  if (input.capacity !== undefined)
    columns['capacity'] =
      input.capacity === null ? null : bounded(problems, 'capacity', input.capacity, 1, MOST_CAPACITY);
  if (input.overflowAfterMinutes !== undefined)
    columns['overflow_after_minutes'] =
      input.overflowAfterMinutes === null
        ? null
        : bounded(problems, 'overflowAfterMinutes', input.overflowAfterMinutes, 1, MOST_MINUTES);
  if (input.overflowQueueId !== undefined)
    columns['overflow_queue_id'] = await findOverflow(tx, problems, input.overflowQueueId, id);
  if (input.businessCalendarId !== undefined)
    columns['business_calendar_id'] = await findCalendar(tx, problems, input.businessCalendarId);
  const clean: CleanQueue = { columns };
  if (input.skills !== undefined) clean.skills = await skillsOf(tx, problems, input.skills ?? []);
  if (input.memberIds !== undefined)
    clean.members = await findMembers(tx, viewer, problems, input.memberIds ?? [], 'memberIds');
  throwAny(problems);
  return clean;
}

function bounded(problems: Problems, field: string, value: number, least: number, most: number): number {
  if (value < least || value > most) report(problems, field, `It is a number from ${least} to ${most}.`);
  return value;
}

function lines(problems: Problems, field: string, given: string[] | null): string[] {
  const texts = [...new Set((given ?? []).map(cleanLine).filter(Boolean))];
  if (texts.length > MOST_ENTRIES) report(problems, field, `There are at most ${MOST_ENTRIES}.`, 'TOO_LONG');
  if (texts.some(text => text.length > 100)) report(problems, field, 'Each has at most 100 characters.', 'TOO_LONG');
  return texts;
}

/** Languages in their one spelling; what is none is reported at its place. */
export function languagesOf(problems: Problems, given: string[] | null): string[] {
  const texts = lines(problems, 'languages', given);
  const languages = texts.map((text, at) => {
    const own: Problems = [];
    const language = cleanLanguage(own, text);
    problems.push(...own.map(problem => ({ ...problem, field: `languages.${at}` })));
    return language ?? '';
  });
  return [...new Set(languages.filter(Boolean))];
}

/** Stored ids of what an input names; what there is not is reported at its place. */
export async function findAll(
  tx: Tx,
  problems: Problems,
  field: string,
  table: 'ticket_categories' | 'skills',
  prefix: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length > MOST_ENTRIES) report(problems, field, `There are at most ${MOST_ENTRIES}.`, 'TOO_LONG');
  const stored = ids.slice(0, MOST_ENTRIES).map(id => storedId(prefix, id));
  const rows = await tx.query<{ id: string }>(
    `select id from ${table} where organization_id = $1 and id = any ($2) for key share`,
    [tx.scope.organizationId, stored.filter(Boolean)],
  );
  const known = new Set(rows.map(({ id }) => id));
  return stored.flatMap((id, at) => {
    if (id && known.has(id)) return [id];
    report(problems, `${field}.${at}`, 'There is no such thing, or you may not see it.', 'NOT_FOUND');
    return [];
  });
}

async function skillsOf(
  tx: Tx,
  problems: Problems,
  given: QueueSkillInput[],
): Promise<NonNullable<CleanQueue['skills']>> {
  const ids = await findAll(
    tx,
    problems,
    'skills',
    'skills',
    'skill',
    given.map(({ skillId }) => skillId),
  );
  given.forEach(({ minLevel }, at) => {
    bounded(problems, `skills.${at}.minLevel`, minLevel, 1, 5);
  });
  if (new Set(ids).size < ids.length) report(problems, 'skills', 'Each skill is named once.');
  return problems.length > 0
    ? []
    : given.map(({ minLevel, isRequired }, at) => ({
        skill_id: ids[at]!,
        min_level: minLevel,
        is_required: isRequired,
      }));
}

async function findCalendar(tx: Tx, problems: Problems, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [found] = await tx.query<{ id: string }>(
    'select id from business_calendars where organization_id = $1 and id = $2 for key share',
    [tx.scope.organizationId, storedId('business_calendar', id)],
  );
  return (
    found?.id ??
    report(problems, 'businessCalendarId', 'There is no such calendar, or you may not see it.', 'NOT_FOUND')
  );
}

/** A queue that does not, over others, send what overflows back here. */
async function findOverflow(
  tx: Tx,
  problems: Problems,
  given: string | null,
  id: string | null,
): Promise<string | null> {
  const found = await findQueue(tx, problems, given, 'overflowQueueId');
  if (!found || !id) return found;
  const [row] = await tx.query<{ returns: boolean }>(
    `with recursive chain as (
       select id, overflow_queue_id from support_queues where organization_id = $1 and id = $2
       union select q.id, q.overflow_queue_id from chain c join support_queues q on q.organization_id = $1 and q.id = c.overflow_queue_id)
     select exists (select 1 from chain where id = $3) as returns`,
    [tx.scope.organizationId, found, id],
  );
  return row?.returns ? report(problems, 'overflowQueueId', 'It would send them back here.', 'NOT_ALLOWED') : found;
}

async function keepParts(tx: Tx, queueId: string, skills?: CleanQueue['skills'], members?: string[]): Promise<void> {
  const key = [tx.scope.organizationId, queueId];
  if (skills) {
    await tx.query('delete from queue_skills where organization_id = $1 and queue_id = $2', key);
    await tx.query(
      `insert into queue_skills (organization_id, queue_id, skill_id, min_level, is_required)
       select $1, $2, s.skill_id, s.min_level, s.is_required from jsonb_to_recordset($3) as s(skill_id uuid, min_level integer, is_required boolean)`,
      [...key, JSON.stringify(skills)],
    );
  }
  if (members) {
    await tx.query('delete from queue_members where organization_id = $1 and queue_id = $2 and member_id <> all ($3)', [
      ...key,
      members,
    ]);
    await tx.query(
      `insert into queue_members (organization_id, queue_id, member_id) select $1, $2, m from unnest($3::uuid[]) m on conflict do nothing`,
      [...key, members],
    );
  }
}
