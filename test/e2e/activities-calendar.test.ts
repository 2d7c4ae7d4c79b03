import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let memberId: string;
let member: string;
let agent: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  memberId = await organization.member('Luis');
  member = organization.publicId('member', memberId);
  agent = await organization.as('AGENT', { memberId });
});

const DAY = 86_400_000;

async function change(name: string, input: object, client = agent): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await client.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { activity { id startsAt } userErrors { field code message } } }`,
    { input },
  );
  expect(data.payload.userErrors).toEqual([]);
  return data.payload.activity;
}

async function openFeed(client = agent): Promise<string> {
  const { createCalendarFeed }: Answer = await client.data(
    'mutation { createCalendarFeed(input: { name: "Telephone" }) { url userErrors { code } } }',
  );
  return new URL(createCalendarFeed.url).pathname;
}

const get = (url: string, headers: Record<string, string> = {}) =>
  product.app.server.fastify.inject({ method: 'GET', url, headers });

/** What another program reads: its entries, with every time that each takes place in the next 60 days. */
async function read(url: string): Promise<{ uid: string; summary: string; start: string }[]> {
  const response = await get(url);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('text/calendar; charset=utf-8');
  const calendar = new ICAL.Component(ICAL.parse(response.body));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map(component => new ICAL.Event(component));
  const exceptions = events.filter(event => event.isRecurrenceException());
  const until = Date.now() + 60 * DAY;
  const found = [];
  for (const event of events.filter(one => !one.isRecurrenceException())) {
    for (const exception of exceptions.filter(one => one.uid === event.uid)) event.relateException(exception);
    if (!event.isRecurring()) {
      found.push({ uid: event.uid, summary: event.summary, start: event.startDate.toJSDate().toISOString() });
      continue;
    }
    const times = event.iterator();
    for (let time = times.next(); time && time.toJSDate().getTime() < until; time = times.next()) {
      const { item, startDate } = event.getOccurrenceDetails(time);
      found.push({ uid: event.uid, summary: item.summary, start: startDate.toJSDate().toISOString() });
    }
  }
  return found.sort((a, b) => (a.start < b.start ? -1 : 1));
}

async function planned(): Promise<{ id: string; subject: string; start: string }[]> {
  const { activities }: Answer = await agent.data(
    'query ($until: DateTime!) { activities(filter: { status: { in: [OPEN, DONE] }, at: { lt: $until } }, orderBy: { field: AT }, first: 200) { edges { node { id subject startsAt } } } }',
    { until: new Date(Date.now() + 60 * DAY) },
  );
  return activities.edges.map(({ node }: Answer) => ({
    id: node.id,
    subject: node.subject,
    start: new Date(node.startsAt).toISOString(),
  }));
}

function tomorrowAt(hour: number, days = 1): Date {
  const at = new Date(Date.now() + days * DAY);
  at.setUTCHours(hour, 0, 0, 0);
  return at;
}

describe('the calendar of a member', () => {
  test('has what they do and what they are asked to, and nothing of others', async () => {
    const admin = await organization.as('ADMIN');
    const other = organization.publicId('member', await organization.member('Other'));
    await change('createActivity', {
      kind: 'MEETING',
      subject: 'Taste, then decide; "rye\\wheat"',
      notes: 'Line one\nLine two',
      location: 'Oven 3',
      startsAt: tomorrowAt(9),
      endsAt: tomorrowAt(10),
    });
    await change('createActivity', { kind: 'TASK', subject: 'Order flour', dueAt: tomorrowAt(12) });
    await change('createActivity', { kind: 'TASK', subject: 'Some day' });
    await change(
      'createActivity',
      { kind: 'CALL', subject: 'Theirs', startsAt: tomorrowAt(11), ownerId: other },
      admin,
    );
    const asked = { kind: 'CALL', subject: 'Asked', startsAt: tomorrowAt(13), ownerId: other, attendeeIds: [member] };
    await change('createActivity', asked, admin);
    const gone = await change('createActivity', { kind: 'CALL', subject: 'Gone', startsAt: tomorrowAt(14) });
    await change('cancelActivity', { id: gone.id });

    const url = await openFeed();
    expect((await read(url)).map(({ summary }) => summary)).toEqual([
      'Taste, then decide; "rye\\wheat"',
      'Order flour',
      'Asked',
    ]);
    const [first] = await read(url);
    expect(first!.start).toBe(tomorrowAt(9).toISOString());
    const calendar = new ICAL.Component(ICAL.parse((await get(url)).body));
    const meeting = calendar
      .getAllSubcomponents('vevent')
      .map(component => new ICAL.Event(component))
      .find(event => event.location === 'Oven 3');
    expect(meeting?.description).toBe('Line one\nLine two');
  });

  test('has a series as its rule, with what was moved and called off, as it is planned', async () => {
    await change('createActivity', {
      kind: 'MEETING',
      subject: 'Count the stock',
      startsAt: tomorrowAt(8),
      endsAt: tomorrowAt(9),
      recurrence: { rule: 'FREQ=DAILY;INTERVAL=3', timeZone: 'America/Santiago' },
    });
    const url = await openFeed();
    const before = await read(url);
    expect(before.map(({ start }) => start)).toEqual((await planned()).map(({ start }) => start));
    expect(new Set(before.map(({ uid }) => uid)).size).toBe(1);
    const text = (await get(url)).body;
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:America/Santiago');
    expect(text).toMatch(/^DTSTART;TZID=America\/Santiago:\d{8}T\d{6}\r$/m);

    const times = await planned();
    const modified = (document: string) => /^BEGIN:VEVENT.*?^LAST-MODIFIED:(\w+)/ms.exec(document)?.[1] ?? '';
    await product.app.database.system.query(
      `update activity_series set created_at = created_at - interval '1 hour' where organization_id = $1`,
      [organization.id],
    );
    expect(modified((await get(url)).body)).toBe(modified(text));
    await change('cancelActivity', { id: times[2]!.id });
    await change('updateActivity', {
      id: times[4]!.id,
      subject: 'Moved',
      startsAt: new Date(Date.parse(times[4]!.start) + 3_600_000),
    });
    await change('updateActivity', { id: times[7]!.id, scope: 'FOLLOWING', subject: 'Count twice' });
    const after = await read(url);
    expect(after.map(({ start, summary }) => [start, summary])).toEqual(
      (await planned()).map(({ start, subject }) => [start, subject]),
    );
    expect(new Set(after.map(({ uid }) => uid)).size).toBe(2);
    expect(after[0]!.uid).toBe(before[0]!.uid);

    const admin = await organization.as('ADMIN');
    await change('updateActivity', { id: times[1]!.id, ownerId: null }, admin);
    await change('cancelActivity', { id: times[9]!.id, scope: 'FOLLOWING' });
    expect((await read(url)).map(({ start }) => start)).toEqual(
      (await planned()).map(({ start }) => start).filter(start => start !== times[1]!.start),
    );
  });

  test('has nothing left of a series that was called off from its first time on', async () => {
    const { id } = await change('createActivity', {
      kind: 'MEETING',
      subject: 'Count the stock',
      startsAt: tomorrowAt(8),
      recurrence: { rule: 'FREQ=DAILY', timeZone: 'America/Santiago' },
    });
    const url = await openFeed();
    expect(await read(url)).not.toEqual([]);
    await change('cancelActivity', { id, scope: 'FOLLOWING' });
    expect((await get(url)).body).not.toContain('BEGIN:VEVENT');
  });

  test('says that nothing has changed to who has read it', async () => {
    await change('createActivity', { kind: 'CALL', subject: 'Call', startsAt: tomorrowAt(9) });
    const url = await openFeed();
    const first = await get(url);
    const etag = String(first.headers['etag']);
    expect((await get(url, { 'if-none-match': `W/${etag}` })).statusCode).toBe(304);
    await change('createActivity', { kind: 'CALL', subject: 'Another', startsAt: tomorrowAt(10) });
    const changed = await get(url, { 'if-none-match': etag });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers['etag']).not.toBe(etag);
  });

  test('is read by nobody once its address is removed, its member has left, or for who guesses', async () => {
    const [first, second] = [await openFeed(), await openFeed()];
    const { calendarFeeds }: Answer = await agent.data('{ calendarFeeds { id name lastReadAt } }');
    expect(calendarFeeds).toHaveLength(2);
    const { removeCalendarFeed }: Answer = await agent.data(
      'mutation ($id: ID!) { removeCalendarFeed(input: { id: $id }) { removedCalendarFeedId userErrors { code } } }',
      { id: calendarFeeds[0].id },
    );
    expect(removeCalendarFeed).toEqual({ removedCalendarFeedId: calendarFeeds[0].id, userErrors: [] });
    expect((await get(first)).statusCode).toBe(404);
    expect((await get(second)).statusCode).toBe(200);
    expect((await get(`/calendar/${'a'.repeat(43)}.ics`)).statusCode).toBe(404);
    expect((await get('/calendar/nothing')).statusCode).toBe(404);
    await product.app.database.system.query(
      'update members set deactivated_at = now() where organization_id = $1 and id = $2',
      [organization.id, memberId],
    );
    expect((await get(second)).statusCode).toBe(404);
  });

  test('is told where it is once only, and kept as a digest', async () => {
    const input = { name: 'Desk', idempotencyKey: 'once' };
    const create = async (): Promise<Answer> =>
      (
        (await agent.data(
          'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { url userErrors { code } } }',
          { input },
        )) as Answer
      ).createCalendarFeed;
    const { url } = await create();
    expect((await create()).url).toBeNull();
    const token = url.match(/calendar\/(.+)\.ics/)[1];
    const { rows } = await product.app.database.system.query(
      `select count(*)::int as number from (
         select t::text as row from calendar_feeds t union all select t::text from audit_entries t union all select t::text from idempotency_keys t) every
        where position($1 in row) > 0`,
      [token],
    );
    expect(rows).toEqual([{ number: 0 }]);
  });

  test('is answered so many times a minute', async () => {
    const url = await openFeed();
    const answers = [];
    for (let read = 0; read < 25; read++) answers.push((await get(url)).statusCode);
    expect(answers.filter(status => status === 429).length).toBeGreaterThan(2);
    expect(answers[0]).toBe(200);
  });

  test('belongs to who signs in and not to a key, and is made for others by who manages access', async () => {
    const key = await organization.as('AGENT');
    const { createCalendarFeed }: Answer = await key.data(
      'mutation { createCalendarFeed(input: { name: "Key" }) { url userErrors { code } } }',
    );
    expect(createCalendarFeed).toEqual({ url: null, userErrors: [{ code: 'REQUIRED' }] });
    const makeFor = async (role: 'AGENT' | 'ADMIN'): Promise<Answer> =>
      (
        (await (
          await organization.as(role)
        ).data(
          'mutation ($member: ID!) { createCalendarFeed(input: { name: "For Luis", memberId: $member }) { url userErrors { code } } }',
          { member },
        )) as Answer
      ).createCalendarFeed;
    expect((await makeFor('AGENT')).userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
    await change('createActivity', { kind: 'CALL', subject: 'Luis calls', startsAt: tomorrowAt(9) });
    expect(await read(new URL((await makeFor('ADMIN')).url).pathname)).toMatchObject([{ summary: 'Luis calls' }]);
  });
});
