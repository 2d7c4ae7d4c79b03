import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId, storedId } from '../../platform/ids.js';
import { type Problems, requiredLine, throwAny } from '../../platform/input.rules.js';
import type { Issue, Viewer } from '../access/index.js';
import { tokenDigest } from './calendar.queries.js';

const MOST_FEEDS = 10;

/** Makes an address of the viewer's own calendar, which is told once: only a digest of its secret is kept. */
export async function createCalendarFeed(
  tx: Tx,
  viewer: Viewer,
  input: { name: string },
  publicUrl: string,
  making: Issue<{ url: string }>,
): Promise<{ calendarFeedId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  throwAny(problems);
  if (!viewer.memberId) throw invalid(null, 'Only somebody who signs in has a calendar.', 'NOT_ALLOWED');
  const { organizationId } = tx.scope;
  // One at a time, so that two of them cannot pass the limit together.
  await tx.query('select id from members where organization_id = $1 and id = $2 for update', [
    organizationId,
    viewer.memberId,
  ]);
  const [known] = await tx.query<{ count: string }>(
    'select count(*) from calendar_feeds where organization_id = $1 and member_id = $2',
    [organizationId, viewer.memberId],
  );
  if (Number(known?.count) >= MOST_FEEDS)
    throw invalid(null, `You have ${MOST_FEEDS} feeds already. Remove one that is not read.`, 'NOT_ALLOWED');
  const id = newId();
  const token = randomBytes(32).toString('base64url');
  await tx.query(
    'insert into calendar_feeds (organization_id, id, member_id, name, token_digest) values ($1, $2, $3, $4, $5)',
    [organizationId, id, viewer.memberId, name, tokenDigest(token)],
  );
  making.tell({ url: `${publicUrl}/calendar/${token}.ics` });
  return { calendarFeedId: id };
}

/** From now on its address answers nothing. Only one's own; any other is NOT_FOUND. */
export async function removeCalendarFeed(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<{ removedCalendarFeedId: string }> {
  const [removed] = viewer.memberId
    ? await tx.query<{ id: string }>(
        'delete from calendar_feeds where organization_id = $1 and id = $2 and member_id = $3 returning id',
        [tx.scope.organizationId, storedId('calendar_feed', id), viewer.memberId],
      )
    : [];
  if (!removed) throw invalid('id', 'You have no such feed.', 'NOT_FOUND');
  return { removedCalendarFeedId: id };
}
