import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId, storedId } from '../../platform/ids.js';
import { type Problems, requiredLine, throwAny } from '../../platform/input.rules.js';
import { type Issue, Member, outranks, type Role, type Viewer, visibleId } from '../access/index.js';
import { tokenDigest } from './calendar.queries.js';

const MOST_FEEDS = 10;

/**
 * Makes an address of the viewer's own calendar, or of a colleague's for who manages access. It is told once: only a digest of its
 * secret is kept.
 */
export async function createCalendarFeed(
  tx: Tx,
  viewer: Viewer,
  input: { name: string; memberId?: string | null },
  publicUrl: string,
  making: Issue<{ url: string }>,
): Promise<{ calendarFeedId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  throwAny(problems);
  const memberId = input.memberId
    ? await visibleId(tx, viewer, Member, input.memberId, 'memberId')
    : (viewer.memberId ?? null);
  if (!memberId) throw invalid('memberId', 'Only somebody who signs in has a calendar.', 'REQUIRED');
  if (memberId !== viewer.memberId && !viewer.may('access:manage'))
    throw invalid('memberId', 'It is for them to make.', 'NOT_ALLOWED');
  const { organizationId } = tx.scope;
  // One at a time, so that two of them cannot pass the limit together.
  const [member] = await tx.query<{ role: Role }>(
    'select role from members where organization_id = $1 and id = $2 for update',
    [organizationId, memberId],
  );
  // It reads as they do: who may not give their role out does not see with their eyes either.
  if (memberId !== viewer.memberId && member && outranks(member.role, viewer.role))
    throw invalid('memberId', 'It is for them to make.', 'NOT_ALLOWED');
  const [known] = await tx.query<{ count: string }>(
    'select count(*) from calendar_feeds where organization_id = $1 and member_id = $2',
    [organizationId, memberId],
  );
  if (Number(known?.count) >= MOST_FEEDS)
    throw invalid(null, `There are ${MOST_FEEDS} feeds already. Remove one that is not read.`, 'NOT_ALLOWED');
  const id = newId();
  const token = randomBytes(32).toString('base64url');
  await tx.query(
    'insert into calendar_feeds (organization_id, id, member_id, name, token_digest) values ($1, $2, $3, $4, $5)',
    [organizationId, id, memberId, name, tokenDigest(token)],
  );
  making.tell({ url: `${publicUrl}/calendar/${token}.ics` });
  return { calendarFeedId: id };
}

/** From now on its address answers nothing. One's own, or anybody's for who manages access; any other is NOT_FOUND. */
export async function removeCalendarFeed(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<{ removedCalendarFeedId: string }> {
  const [removed] = await tx.query<{ id: string }>(
    'delete from calendar_feeds where organization_id = $1 and id = $2 and (member_id = $3 or $4) returning id',
    [tx.scope.organizationId, storedId('calendar_feed', id), viewer.memberId ?? null, viewer.may('access:manage')],
  );
  if (!removed) throw invalid('id', 'There is no such feed, or it is not yours.', 'NOT_FOUND');
  return { removedCalendarFeedId: id };
}
