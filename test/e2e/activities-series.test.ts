import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { planAllSeries } from '../../src/modules/activities/index.js';
import { openLogger } from '../../src/platform/logger.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

const DAY = 86_400_000;

/** The next moment that it is nine o'clock in Madrid on a Tuesday, at least `days` from now. */
function nine(days = 1): Date {
  const at = new Date(Date.now() + days * DAY);
  at.setUTCHours(8, 0, 0, 0);
  while (at.getUTCDay() !== 2) at.setTime(at.getTime() + DAY);
  if (hourInMadrid(at) === 10) at.setTime(at.getTime() - 3_600_000);
  return at;
}

const hourInMadrid = (at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: 'Europe/Madrid', hour: '2-digit', hourCycle: 'h23' }).format(at));

async function change(name: string, input: object): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await admin.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { activity { id startsAt occurrenceAt recurrence { rule timeZone plannedUntil } } userErrors { field code message } } }`,
    { input },
  );
  return data.payload;
}

async function all(filter: object = {}): Promise<Answer[]> {
  const { activities }: Answer = await admin.data(
    'query ($filter: ActivityFilter) { activities(filter: $filter, orderBy: { field: AT }, first: 200) { edges { node { id subject status startsAt endsAt remindAt remindedAt isException occurrenceAt attendees { member { name } } recurrence { rule endsBefore } } } } }',
    { filter },
  );
  return activities.edges.map(({ node }: Answer) => node);
}

const weekly = (over: object = {}) => ({
  kind: 'MEETING',
  subject: 'Weekly order',
  startsAt: nine(),
  endsAt: new Date(nine().getTime() + 1_800_000),
  recurrence: { rule: 'FREQ=WEEKLY', timeZone: 'Europe/Madrid' },
  ...over,
});

describe('a series', () => {
  test('is an activity each time, a quarter ahead, at the same hour of the clock on the wall', async () => {
    await change('createActivity', weekly());
    const times = await all();
    expect(times.length).toBeGreaterThanOrEqual(11);
    expect(times.length).toBeLessThanOrEqual(13);
    expect(new Set(times.map(({ startsAt }) => hourInMadrid(new Date(startsAt))))).toEqual(new Set([9]));
    expect(new Set(times.map(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt)))).toEqual(
      new Set([1_800_000]),
    );
  });

  test('across the change of clocks keeps its hour', async () => {
    await change('createActivity', {
      ...weekly({ startsAt: '2026-10-20T07:00:00Z', endsAt: null }),
      recurrence: { rule: 'FREQ=WEEKLY;COUNT=3', timeZone: 'Europe/Madrid' },
    });
    expect((await all()).map(({ startsAt }) => startsAt)).toEqual([
      '2026-10-20T07:00:00Z',
      '2026-10-27T08:00:00Z',
      '2026-11-03T08:00:00Z',
    ]);
  });

  test('is planned further by the daily job, never twice, also by two at once', async () => {
    await change('createActivity', weekly());
    const { system } = product.app.database;
    const before = await all();
    await system.query('update activity_series set planned_until = first_at where organization_id = $1', [
      organization.id,
    ]);
    const log = openLogger('silent');
    const plan = () => planAllSeries(product.app.database, log, new AbortController().signal);
    await Promise.all([plan(), plan()]);
    expect((await all()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await system.query(
      `delete from activities where organization_id = $1 and occurrence_at > now() + interval '40 days'`,
      [organization.id],
    );
    await system.query(
      `update activity_series set planned_until = now() + interval '40 days' where organization_id = $1`,
      [organization.id],
    );
    await plan();
    expect((await all()).map(({ startsAt }) => startsAt)).toEqual(before.map(({ startsAt }) => startsAt));
  });

  test('of which the next time is far away has it planned all the same', async () => {
    const startsAt = new Date(Date.now() + 200 * DAY);
    startsAt.setUTCHours(10, 0, 0, 0);
    const { userErrors } = await change('createActivity', {
      ...weekly({ startsAt, endsAt: null }),
      recurrence: { rule: 'FREQ=YEARLY', timeZone: 'UTC' },
    });
    expect(userErrors).toEqual([]);
    expect(await all()).toHaveLength(1);
  });

  test('has one time moved or called off without the others', async () => {
    await change('createActivity', weekly());
    const [first, second, third] = await all();
    await change('cancelActivity', { id: second.id });
    await change('updateActivity', { id: third.id, startsAt: new Date(Date.parse(third.startsAt) + 3_600_000) });
    const after = await all();
    expect(after[0]).toEqual(first);
    expect(after[1].status).toBe('CANCELLED');
    expect(after[2]).toMatchObject({ isException: true, occurrenceAt: third.occurrenceAt });
    expect(after.slice(3).every(({ status, isException }) => status === 'OPEN' && !isException)).toBe(true);
  });

  test('is changed from one time on, and what was before stays', async () => {
    const memberId = organization.publicId('member', await organization.member('Luis'));
    await change('createActivity', weekly());
    const before = await all();
    await change('completeActivity', { id: before[0].id });
    await change('cancelActivity', { id: before[4].id });
    const { userErrors } = await change('updateActivity', {
      id: before[2].id,
      scope: 'FOLLOWING',
      subject: 'Bigger order',
      startsAt: new Date(Date.parse(before[2].startsAt) + 3_600_000),
      attendeeIds: [memberId],
    });
    expect(userErrors).toEqual([]);
    const after = await all({ status: { in: ['OPEN', 'DONE'] } });
    expect(after.slice(0, 2).map(({ id, subject, startsAt }) => [id, subject, startsAt])).toEqual(
      before.slice(0, 2).map(({ id, subject, startsAt }) => [id, subject, startsAt]),
    );
    expect(after[0].recurrence.endsBefore).toBe(before[2].startsAt);
    expect(after[2].id).toBe(before[2].id);
    const rest = after.slice(2);
    expect(new Set(rest.map(({ subject }) => subject))).toEqual(new Set(['Bigger order']));
    expect(new Set(rest.map(({ startsAt }) => hourInMadrid(new Date(startsAt))))).toEqual(new Set([10]));
    expect(rest.every(({ attendees }) => attendees[0]?.member.name === 'Luis')).toBe(true);
    const moments = rest.map(({ startsAt }) => startsAt);
    expect(new Set(moments).size).toBe(moments.length);
  });

  test('renamed from one time on keeps what was called off called off', async () => {
    await change('createActivity', weekly({ recurrence: { rule: 'FREQ=WEEKLY;COUNT=6', timeZone: 'Europe/Madrid' } }));
    const before = await all();
    expect(before).toHaveLength(6);
    await change('cancelActivity', { id: before[4].id });
    await change('updateActivity', { id: before[3].id, scope: 'FOLLOWING', subject: 'Renamed' });
    const after = await all();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.map(({ subject }) => subject)).toEqual([
      ...Array(3).fill('Weekly order'),
      'Renamed',
      'Weekly order',
      'Renamed',
    ]);
    expect(after[4].status).toBe('CANCELLED');
    expect(after[5].recurrence.rule).toBe('FREQ=WEEKLY;COUNT=3');
  });

  test('given another rule from one time on has as many times as that says', async () => {
    await change('createActivity', weekly());
    const before = await all();
    const { userErrors } = await change('updateActivity', {
      id: before[1].id,
      scope: 'FOLLOWING',
      recurrence: { rule: 'FREQ=DAILY;COUNT=3', timeZone: 'Europe/Madrid' },
    });
    expect(userErrors).toEqual([]);
    const open = await all({ status: { eq: 'OPEN' } });
    expect(open).toHaveLength(4);
    expect(open[1].id).toBe(before[1].id);
    expect(Date.parse(open[3].startsAt) - Date.parse(open[1].startsAt)).toBeLessThanOrEqual(2 * DAY + 3_600_000);
    expect(await all({ status: { eq: 'CANCELLED' } })).toHaveLength(before.length - 4);
  });

  test('called off from one time on ends there', async () => {
    await change('createActivity', weekly());
    const before = await all();
    await change('cancelActivity', { id: before[2].id, scope: 'FOLLOWING' });
    const after = await all();
    expect(after.map(({ status }) => status)).toEqual(['OPEN', 'OPEN', ...before.slice(2).map(() => 'CANCELLED')]);
    await planAllSeries(product.app.database, openLogger('silent'), new AbortController().signal);
    expect(await all()).toHaveLength(before.length);
  });

  test.each([
    ['FREQ=HOURLY', 'recurrence.rule'],
    ['FREQ=WEEKLY;BYDAY=SU;BYHOUR=3', 'recurrence.rule'],
    ['FREQ=WEEKLY;BYDAY=SU', 'recurrence.rule'],
    ['FREQ=WEEKLY;BYDAY=XX', 'recurrence.rule'],
    ['FREQ=DAILY;COUNT=0', 'recurrence.rule'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'recurrence.rule'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z', 'recurrence.rule'],
  ])('with the rule %s is refused', async (rule, field) => {
    const { userErrors } = await change('createActivity', weekly({ recurrence: { rule, timeZone: 'Europe/Madrid' } }));
    expect(userErrors).toMatchObject([{ field, code: 'INVALID' }]);
    expect(await all()).toEqual([]);
  });

  test('needs a moment and a time zone', async () => {
    const { userErrors } = await change('createActivity', {
      kind: 'TASK',
      subject: 'Sweep',
      recurrence: { rule: 'FREQ=DAILY', timeZone: 'Europe/Nowhere' },
    });
    expect(userErrors).toMatchObject([{ field: 'recurrence.timeZone' }, { field: 'startsAt', code: 'REQUIRED' }]);
  });
});
