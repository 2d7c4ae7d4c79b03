import type { Tx } from '../../platform/database/database.js';
import { InputError } from '../../platform/errors.js';
import { parsePublicId } from '../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine } from '../../platform/input.rules.js';
import { recordByPrefix } from '../../platform/schema/index.js';
import { cleanText } from '../../platform/text.js';
import { Member, Organization, Team, type Viewer, visibleId } from '../access/index.js';
import { Customer } from '../customers/index.js';
import type { ActivityFields } from './activity.inputs.js';
import type { ActivityKind } from './activity.kinds.rules.js';

/** Stored ids of who is asked to an activity. */
export interface Attendees {
  memberIds: string[];
  customerIds: string[];
}

/** What an input says of an activity: columns that an activity and a series share, and who attends. */
export interface ActivityValues {
  columns: Record<string, unknown>;
  attendees?: Attendees;
}

type Given = ActivityFields & { kind?: ActivityKind | null; subject?: string | null };

const MOST_NOTES = 20_000;
const MOST_ATTENDEES = 100;

/** Everything that an input says, cleaned, and what it names looked up under the viewer's rights; times are `cleanTimes`'s. */
export async function cleanValues(tx: Tx, viewer: Viewer, problems: Problems, item: Given): Promise<ActivityValues> {
  const columns: Record<string, unknown> = {};
  if (item.kind != null) columns['kind'] = item.kind;
  if (item.subject !== undefined) columns['subject'] = requiredLine(problems, 'subject', item.subject, 300);
  if (item.notes !== undefined) columns['notes'] = notes(problems, item.notes);
  if (item.priority !== undefined) columns['priority'] = item.priority ?? 'NORMAL';
  if (item.location !== undefined) columns['location'] = optionalLine(problems, 'location', item.location, 500);
  if (item.ownerId !== undefined)
    columns['owner_id'] = item.ownerId && (await member(tx, viewer, problems, item.ownerId));
  if (item.teamId !== undefined)
    columns['team_id'] =
      item.teamId && (await named(problems, () => visibleId(tx, viewer, Team, item.teamId!, 'teamId')));
  if (item.customerId !== undefined)
    columns['customer_id'] =
      item.customerId && (await named(problems, () => visibleId(tx, viewer, Customer, item.customerId!, 'customerId')));
  if (item.regardingId !== undefined) Object.assign(columns, await regarding(tx, viewer, problems, item.regardingId));
  const attendees =
    item.attendeeIds === undefined ? undefined : await attending(tx, viewer, problems, item.attendeeIds);
  return { columns, ...(attendees && { attendees }) };
}

function notes(problems: Problems, raw: string | null): string | null {
  const text = cleanText(raw ?? '');
  if (text.length > MOST_NOTES)
    return report(problems, 'notes', `They have at most ${MOST_NOTES} characters.`, 'TOO_LONG');
  return text || null;
}

/** What `find` answers, or null after keeping what is wrong with it beside the rest. */
async function named(problems: Problems, find: () => Promise<string>): Promise<string | null> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

async function member(tx: Tx, viewer: Viewer, problems: Problems, id: string): Promise<string | null> {
  const stored = await named(problems, () => visibleId(tx, viewer, Member, id, 'ownerId'));
  if (!stored) return null;
  const [held] = await tx.query(
    'select id from members where organization_id = $1 and id = $2 and deactivated_at is null for key share',
    [tx.scope.organizationId, stored],
  );
  return held ? stored : report(problems, 'ownerId', 'This member has left.', 'NOT_ALLOWED');
}

/** Any record the viewer may see, by whatever module it is kept. */
async function regarding(tx: Tx, viewer: Viewer, problems: Problems, id: string | null) {
  const nothing = { regarding_prefix: null, regarding_id: null };
  if (id === null) return nothing;
  const prefix = parsePublicId(id)?.prefix;
  const spec = prefix === undefined ? undefined : recordByPrefix(prefix);
  if (!spec || spec.type === Organization || (!spec.visibility && !viewer.may('staff:read'))) {
    report(problems, 'regardingId', 'There is no such record, or you may not see it.', 'NOT_FOUND');
    return nothing;
  }
  if (spec.type === Customer) {
    report(problems, 'regardingId', 'A customer is named by customerId.');
    return nothing;
  }
  const stored = await named(problems, () => visibleId(tx, viewer, spec.type, id, 'regardingId'));
  return { regarding_prefix: stored && spec.prefix, regarding_id: stored };
}

async function attending(tx: Tx, viewer: Viewer, problems: Problems, ids: string[] | null): Promise<Attendees> {
  const attendees: Attendees = { memberIds: [], customerIds: [] };
  const distinct = [...new Set(ids ?? [])];
  if (distinct.length > MOST_ATTENDEES) {
    report(problems, 'attendeeIds', `At most ${MOST_ATTENDEES} are asked to one activity.`, 'TOO_LONG');
    return attendees;
  }
  for (const [index, id] of distinct.entries()) {
    const isMember = parsePublicId(id)?.prefix === 'member';
    const stored = await named(problems, () =>
      visibleId(tx, viewer, isMember ? Member : Customer, id, `attendeeIds.${index}`),
    );
    if (stored) attendees[isMember ? 'memberIds' : 'customerIds'].push(stored);
  }
  return attendees;
}

/** Asks these to an activity, and nobody else. */
export async function replaceAttendees(tx: Tx, activityIds: string[], attendees: Attendees): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query('delete from activity_attendees where organization_id = $1 and activity_id = any ($2::uuid[])', [
    organizationId,
    activityIds,
  ]);
  if (attendees.memberIds.length + attendees.customerIds.length === 0) return;
  await tx.query(
    `insert into activity_attendees (organization_id, id, activity_id, member_id, customer_id)
     select $1, gen_random_uuid(), a.id, w.member_id, w.customer_id
       from unnest($2::uuid[]) a(id)
      cross join (select m.id as member_id, null::uuid as customer_id from unnest($3::uuid[]) m(id)
                  union all select null, c.id from unnest($4::uuid[]) c(id)) w`,
    [organizationId, activityIds, attendees.memberIds, attendees.customerIds],
  );
}
