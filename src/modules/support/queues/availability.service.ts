import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { optionalLine, type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { assignWaitingSoon } from './moving.hooks.js';
import { WORKERS } from './queue.queries.js';
import type { EndOutOfOfficeInput, SetAvailabilityInput, SetOutOfOfficeInput } from './staffing.inputs.js';
import { findActing, findStaff } from './target.queries.js';

const MOST_CAPACITY = 10_000;

/** Says whether a member (public id), or whoever asks, is given new tickets. What waits is then offered to who came back. */
export async function setAvailability(
  tx: Tx,
  viewer: Viewer,
  { memberId, status, capacities }: Omit<SetAvailabilityInput, 'idempotencyKey'>,
): Promise<{ memberId: string }> {
  const problems: Problems = [];
  const stored = await findActing(tx, viewer, problems, memberId);
  for (const [at, { most }] of (capacities ?? []).entries()) {
    if (most < 0 || most > MOST_CAPACITY)
      report(problems, `capacities.${at}.most`, `It is a number from 0 to ${MOST_CAPACITY}.`);
  }
  throwAny(problems);
  const own = capacities && Object.fromEntries(capacities.map(({ channel, most }) => [channel, most]));
  await tx.query(
    `insert into member_availability (organization_id, member_id, status, capacities) values ($1, $2, $3, coalesce($4::jsonb, '{}'))
     on conflict (organization_id, member_id) do update set status = excluded.status,
       since = case when member_availability.status = excluded.status then member_availability.since else now() end,
       capacities = coalesce($4::jsonb, member_availability.capacities)`,
    [tx.scope.organizationId, stored, status, own ? JSON.stringify(own) : null],
  );
  await tellQueuesOf(tx, [stored!]);
  return { memberId: stored! };
}

/** Says when somebody is not here. Their tickets stay theirs until the customer speaks. Throws `InputError`. */
export async function setOutOfOffice(
  tx: Tx,
  viewer: Viewer,
  input: SetOutOfOfficeInput,
): Promise<{ memberId: string }> {
  const problems: Problems = [];
  const memberId = await findActing(tx, viewer, problems, input.memberId);
  const delegateId = await findStaff(tx, viewer, problems, 'member', input.delegateId, 'delegateId');
  const note = optionalLine(problems, 'note', input.note, 500);
  const startsAt = input.startsAt ?? new Date();
  if (input.endsAt && input.endsAt.getTime() <= startsAt.getTime())
    report(problems, 'endsAt', 'It ends after it begins.');
  if (delegateId && delegateId === memberId)
    report(problems, 'delegateId', 'Somebody else answers meanwhile.', 'NOT_ALLOWED');
  throwAny(problems);
  await tx.query(
    `insert into member_absences (organization_id, member_id, starts_at, ends_at, delegate_id, note) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, member_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
       delegate_id = excluded.delegate_id, note = excluded.note`,
    [tx.scope.organizationId, memberId, startsAt, input.endsAt ?? null, delegateId, note],
  );
  await tellQueuesOf(tx, [memberId!]);
  return { memberId: memberId! };
}

/** Whoever is back is given tickets again. Somebody who was not away is no error. */
export async function endOutOfOffice(
  tx: Tx,
  viewer: Viewer,
  input: EndOutOfOfficeInput,
): Promise<{ memberId: string }> {
  const problems: Problems = [];
  const memberId = await findActing(tx, viewer, problems, input.memberId);
  throwAny(problems);
  await tx.query('delete from member_absences where organization_id = $1 and member_id = $2', [
    tx.scope.organizationId,
    memberId,
  ]);
  await tellQueuesOf(tx, [memberId!]);
  return { memberId: memberId! };
}

/** Tells of the queues in which these members (stored ids) work, and offers them what waits. */
export async function tellQueuesOf(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const queues = await tx.query<{ id: string }>(
    `select distinct q.id from support_queues q cross join ${WORKERS} where q.organization_id = $1 and w.member_id = any ($2)`,
    [tx.scope.organizationId, memberIds],
  );
  await recordEvents(
    tx,
    queues.map(({ id: subjectId }) => ({ type: 'queue.changed' as const, subjectId })),
  );
  if (queues.length > 0) await assignWaitingSoon(tx);
}
