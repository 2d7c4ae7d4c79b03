import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newId, storedId } from '../../src/platform/ids.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe } from '../support/subscriber.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  owner = await organization.as('OWNER');
});

const REPORT = `query ($from: Date!, $to: Date!, $interval: SupportInterval, $by: SupportGroup) {
  supportReport(from: $from, to: $to, interval: $interval, groupBy: $by) { timeZone rows { from to key opened solved closed reopened backlog
    firstResponse { count medianSeconds p90Seconds } nextResponse { count medianSeconds p90Seconds } resolution { count medianSeconds p90Seconds }
    reopenRate oneTouchRate messagesPerTicket } } }`;

const A_DAY = 86_400_000;
const FROM = Date.parse('2026-03-27T00:00:00Z');
type Status = 'NEW' | 'OPEN' | 'PENDING' | 'ON_HOLD' | 'SOLVED' | 'CLOSED';
const isDone = (status: Status) => status === 'SOLVED' || status === 'CLOSED';

interface Step {
  at: number;
  status: Status;
  team: string | null;
}
interface Said {
  at: number;
  kind: 'CUSTOMER' | 'AGENT' | 'NOTE';
  isAutomatic: boolean;
}
interface History {
  channel: string;
  steps: Step[];
  said: Said[];
}

/** Writes what happened as it happened, so that the revisions are those the product itself keeps. */
async function live({ channel, steps, said }: History): Promise<void> {
  const { system } = product.app.database;
  const id = newId();
  const time = (at: number) => new Date(at).toISOString();
  const [first, ...later] = steps as [Step, ...Step[]];
  const answers = said.filter(({ kind, isAutomatic }) => kind === 'AGENT' && !isAutomatic);
  const last = Math.max(first.at, ...said.filter(({ kind }) => kind !== 'NOTE').map(({ at }) => at));
  await system.query(
    `insert into tickets (organization_id, id, number, subject, channel, status, team_id, created_by, opened_at, created_at, updated_at, first_responded_at, last_message_at, message_count)
     values ($1, $2, $3, 'Bread', $4, $5, $6, 'system:test', $7, $7, $7, $8, $9, $10)`,
    [
      organization.id,
      id,
      id,
      channel,
      first.status,
      first.team,
      time(first.at),
      answers[0] ? time(answers[0].at) : null,
      time(last),
      said.filter(({ kind }) => kind !== 'NOTE').length,
    ],
  );
  for (const { at, status, team } of later)
    await system.query(
      'update tickets set status = $3, team_id = $4, updated_at = $5 where organization_id = $1 and id = $2',
      [organization.id, id, status, team, time(at)],
    );
  for (const { at, kind, isAutomatic } of said)
    await system.query(
      `insert into ticket_messages (organization_id, id, ticket_id, kind, channel, visibility, state, note, is_automatic, occurred_at)
       values ($1, $2, $3, $4, 'MANUAL', $5, 'KEPT', 'words', $6, $7)`,
      [organization.id, newId(), id, kind, kind === 'NOTE' ? 'INTERNAL' : 'PRIVATE', isAutomatic, time(at)],
    );
}

interface Cell {
  opened: number;
  closed: number;
  reopened: number;
  backlog: number;
  first: number[];
  next: number[];
  resolution: number[];
  solvedTickets: Map<History, number>;
}

const quantile = (values: number[], part: number): number | null => {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
};

/** The same report worked out ticket by ticket; `starts` are the moments in which the intervals begin, and the end of the last. */
function byHand(histories: History[], starts: number[], by: 'TEAM' | 'CHANNEL' | null) {
  const cells = new Map<string, Cell>();
  const cell = (interval: number, key: string | null): Cell => {
    const place = `${interval} ${key}`;
    const known = cells.get(place) ?? {
      opened: 0,
      closed: 0,
      reopened: 0,
      backlog: 0,
      first: [],
      next: [],
      resolution: [],
      solvedTickets: new Map(),
    };
    cells.set(place, known);
    return known;
  };
  const intervalOf = (at: number) => {
    if (at < starts[0]! || at >= starts.at(-1)!) return -1;
    return starts.findLastIndex(start => start <= at);
  };
  if (by === null) for (let interval = 0; interval < starts.length - 1; interval++) cell(interval, null);
  for (const history of histories) {
    const { steps, said, channel } = history;
    const keyOf = (step: Step) => (by === 'TEAM' ? step.team : by === 'CHANNEL' ? channel : null);
    const present = keyOf(steps.at(-1)!);
    const opened = steps[0]!.at;
    const count = (at: number, key: string | null, add: (found: Cell) => void) => {
      const interval = intervalOf(at);
      if (interval >= 0) add(cell(interval, key));
    };
    count(opened, present, found => found.opened++);
    for (const [place, step] of steps.entries()) {
      const before = steps[place - 1]?.status;
      const wasDone = before !== undefined && isDone(before);
      if (step.status === 'CLOSED' && before !== 'CLOSED') count(step.at, keyOf(step), found => found.closed++);
      if (wasDone && !isDone(step.status)) count(step.at, keyOf(step), found => found.reopened++);
      if (isDone(step.status) && !wasDone)
        count(step.at, keyOf(step), found => {
          found.resolution.push((step.at - opened) / 1000);
          found.solvedTickets.set(history, step.at);
        });
    }
    for (let interval = 0; interval < starts.length - 1; interval++) {
      const standing = steps.findLast(({ at }) => at < starts[interval + 1]!);
      if (standing && !isDone(standing.status)) cell(interval, keyOf(standing)).backlog++;
    }
    const spoken = said.filter(({ kind, isAutomatic }) => kind !== 'NOTE' && !isAutomatic);
    let asked: number | null = null;
    let answers = 0;
    for (const { kind, at } of spoken) {
      if (kind === 'CUSTOMER') asked ??= at;
      else {
        const since = asked;
        if (answers === 0) count(at, present, found => found.first.push((at - opened) / 1000));
        else if (since !== null) count(at, present, found => found.next.push((at - since) / 1000));
        asked = null;
        answers++;
      }
    }
  }
  const rate = (tickets: Map<History, number>, holds: (history: History, at: number) => boolean | number) =>
    tickets.size === 0
      ? null
      : [...tickets].reduce((sum, [history, at]) => sum + Number(holds(history, at)), 0) / tickets.size;
  const reopenings = ({ steps }: History) =>
    steps.filter(({ status }, place) => place > 0 && isDone(steps[place - 1]!.status) && !isDone(status));
  const times = (values: number[]) => ({
    count: values.length,
    medianSeconds: quantile(values, 0.5),
    p90Seconds: quantile(values, 0.9),
  });
  return new Map(
    [...cells].map(([place, found]) => [
      place,
      {
        opened: found.opened,
        solved: found.resolution.length,
        closed: found.closed,
        reopened: found.reopened,
        backlog: found.backlog,
        firstResponse: times(found.first),
        nextResponse: times(found.next),
        resolution: times(found.resolution),
        reopenRate: rate(found.solvedTickets, (history, at) => reopenings(history).some(step => step.at > at)),
        oneTouchRate: rate(
          found.solvedTickets,
          history =>
            history.said.filter(({ kind, isAutomatic }) => kind === 'AGENT' && !isAutomatic).length <= 1 &&
            reopenings(history).length === 0,
        ),
        messagesPerTicket: rate(
          found.solvedTickets,
          history => history.said.filter(({ kind }) => kind !== 'NOTE').length,
        ),
      },
    ]),
  );
}

/** Numbers as near as sums of parts in another order may be. */
const near = (value: unknown): unknown =>
  typeof value === 'number'
    ? expect.closeTo(value, 3)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, near(inner)]))
      : value;

const statuses: Status[] = ['NEW', 'OPEN', 'PENDING', 'ON_HOLD', 'SOLVED', 'CLOSED'];
const historyOf = (teams: (string | null)[]) =>
  fc
    .record({
      channel: fc.constantFrom('EMAIL', 'CHAT', 'CALL'),
      begin: fc.integer({ min: -2 * 24 * 60, max: 6 * 24 * 60 }),
      steps: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 36 * 60 }),
          status: fc.constantFrom(...statuses),
          team: fc.constantFrom(...teams),
        }),
        { maxLength: 6 },
      ),
      said: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 20 * 60 }),
          kind: fc.constantFrom('CUSTOMER' as const, 'AGENT' as const, 'NOTE' as const),
          isAutomatic: fc.boolean(),
        }),
        { maxLength: 8 },
      ),
    })
    .map(({ channel, begin, steps, said }): History => {
      const opened = FROM + begin * 60_000;
      /** Each some minutes after the one before. */
      const timed = <Item extends { after: number }>(items: Item[]) =>
        items.map(({ after: _after, ...rest }, place) => ({
          ...rest,
          at: opened + items.slice(0, place + 1).reduce((sum, { after }) => sum + after, 0) * 60_000,
        }));
      return {
        channel,
        steps: [{ at: opened, status: 'NEW', team: teams[0]! }, ...timed(steps)],
        said: timed(said),
      };
    });

/** Midnights of Madrid around the night of 29 March 2026, which is an hour shorter. */
const MIDNIGHTS = [
  '2026-03-26T23',
  '2026-03-27T23',
  '2026-03-28T23',
  '2026-03-29T22',
  '2026-03-30T22',
  '2026-03-31T22',
].map(hour => Date.parse(`${hour}:00:00Z`));
const DAYS = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];

describe('a report of support', () => {
  test('is what going through every ticket by hand comes to, whatever happened', async () => {
    const { createTeam }: Answer = await owner.data(
      'mutation { createTeam(input: { name: "Norte" }) { team { id } } }',
    );
    const { rows } = await product.app.database.system.query<{ id: string }>(
      'select id from teams where organization_id = $1',
      [organization.id],
    );
    const team = rows[0]!.id;
    const publicTeam = createTeam.team.id as string;
    await fc.assert(
      fc.asyncProperty(fc.array(historyOf([null, team]), { minLength: 1, maxLength: 12 }), async histories => {
        await product.app.database.system.query('delete from tickets where organization_id = $1', [organization.id]);
        for (const history of histories) await live(history);
        for (const by of [null, 'TEAM', 'CHANNEL'] as const) {
          const { supportReport }: Answer = await owner.data(REPORT, {
            from: DAYS[0],
            to: DAYS.at(-1),
            interval: 'DAY',
            by,
          });
          expect(supportReport.timeZone).toBe('Europe/Madrid');
          const got = new Map<string, unknown>(
            supportReport.rows.map(({ from, to, key, ...row }: Answer) => {
              expect(to).toBe(from);
              return [`${DAYS.indexOf(from)} ${key === publicTeam ? team : key}`, row];
            }),
          );
          const expected = byHand(histories, MIDNIGHTS, by);
          expect([...got.keys()].sort()).toEqual([...expected.keys()].sort());
          for (const [place, row] of expected) expect([place, got.get(place)]).toEqual([place, near(row)]);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('has weeks that begin on Mondays, months, and the whole as intervals, and costs the same statements for each', async () => {
    const ask = (interval: string, by: string | null = null) =>
      owner.data<Answer>(REPORT, { from: '2026-01-29', to: '2026-03-03', interval, by });
    const days = async (interval: string) =>
      (await ask(interval)).supportReport.rows.map(({ from, to }: Answer) => `${from}/${to}`);
    expect(await days('WHOLE')).toEqual(['2026-01-29/2026-03-03']);
    expect(await days('MONTH')).toEqual(['2026-01-29/2026-01-31', '2026-02-01/2026-02-28', '2026-03-01/2026-03-03']);
    expect(await days('WEEK')).toEqual([
      '2026-01-29/2026-02-01',
      '2026-02-02/2026-02-08',
      '2026-02-09/2026-02-15',
      '2026-02-16/2026-02-22',
      '2026-02-23/2026-03-01',
      '2026-03-02/2026-03-03',
    ]);
    const statements = await statementsOf(() => ask('DAY', 'TEAM'));
    expect(statements).toHaveLength((await statementsOf(() => ask('WHOLE', 'CHANNEL'))).length);
    const { errors } = await owner.send(REPORT, { from: '2020-01-01', to: '2026-03-03', interval: 'DAY' });
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('at most 400 intervals');
    const backwards = await owner.send(REPORT, { from: '2026-03-03', to: '2026-01-29', interval: 'DAY' });
    expect(backwards.errors?.[0]?.message).toBe('`from` is not after `to`.');
  });

  test('counts a ticket that became a part of another as opened, and what came of it once', async () => {
    const open = async (subject: string): Promise<string> =>
      (
        await owner.data<Answer>(
          'mutation ($subject: String!) { openTicket(input: { subject: $subject }) { ticket { id } } }',
          { subject },
        )
      ).openTicket.ticket.id;
    const change = async (field: string, input: object): Promise<void> => {
      const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
      const answer = await owner.data<Answer>(
        `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { field message } } }`,
        { input },
      );
      expect(answer[field].userErrors).toEqual([]);
    };
    const counted = async () => {
      const { supportReport, supportCounters }: Answer = await owner.data(
        `{ supportCounters { open solvedToday } supportReport(from: "2020-01-01", to: "2100-01-01") { rows {
             opened solved closed reopened backlog resolution { count } reopenRate oneTouchRate messagesPerTicket } } }`,
      );
      return { ...supportReport.rows[0], ...supportCounters };
    };
    const [survivor, merged] = [await open('No bread'), await open('Still no bread')];
    // Solved for a while: what came of it afterwards is what counts.
    await change('solveTicket', { id: merged });
    await change('reopenTicket', { id: merged });
    await change('mergeTickets', { survivorId: survivor, mergedId: merged });
    const one = {
      opened: 2,
      closed: 0,
      reopened: 0,
      backlog: 1,
      open: 1,
      solved: 0,
      solvedToday: 0,
      resolution: { count: 0 },
      reopenRate: null,
    };
    expect(await counted()).toMatchObject(one);
    await change('solveTicket', { id: survivor });
    const done = { solved: 1, solvedToday: 1, backlog: 0, open: 0, resolution: { count: 1 }, reopenRate: 0 };
    expect(await counted()).toMatchObject({ ...one, ...done });
  });

  test('counts for an agent what the agent may see, and nothing for customers', async () => {
    const teams: Answer = await owner.data(
      'mutation { mine: createTeam(input: { name: "Norte" }) { team { id } } theirs: createTeam(input: { name: "Sur" }) { team { id } } }',
    );
    const { rows } = await product.app.database.system.query<{ id: string; name: string }>(
      'select id, name from teams where organization_id = $1',
      [organization.id],
    );
    const idOf = (name: string) => rows.find(row => row.name === name)!.id;
    const step = (team: string): History => ({
      channel: 'CHAT',
      steps: [{ at: FROM, status: 'OPEN', team }],
      said: [],
    });
    await live(step(idOf('Norte')));
    await live(step(idOf('Sur')));
    const agent = await organization.as('AGENT', { teamIds: [idOf('Norte')] });
    const variables = { from: DAYS[0], to: DAYS[0], interval: 'WHOLE', by: 'TEAM' };
    const { supportReport }: Answer = await agent.data(REPORT, variables);
    expect(supportReport.rows).toMatchObject([{ key: teams.mine.team.id, opened: 1, backlog: 1 }]);
    const customer = await organization.as('CUSTOMER');
    const codeOf = async (sent: Promise<{ errors?: readonly { extensions?: Record<string, unknown> }[] }>) =>
      (await sent).errors?.[0]?.extensions?.['code'];
    expect(await codeOf(customer.send(REPORT, variables))).toBe('FORBIDDEN');
    // What is hidden of each ticket is not told of all of them either.
    await owner.data(
      'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
      { input: { role: 'AGENT', kind: 'TICKET', scope: 'TEAM', hiddenFields: ['team', 'queue'] } },
    );
    const blind = await organization.as('AGENT', { teamIds: [idOf('Norte')] });
    for (const by of ['TEAM', 'QUEUE'])
      expect([by, await codeOf(blind.send(REPORT, { ...variables, by }))]).toEqual([by, 'FORBIDDEN']);
    for (const filter of [{ teamIds: [teams.mine.team.id] }, { queueIds: [] }])
      expect(
        await codeOf(
          blind.send('query ($filter: SupportCountersFilter) { supportCounters(filter: $filter) { open } }', {
            filter,
          }),
        ),
      ).toBe('FORBIDDEN');
    expect((await blind.data<Answer>(REPORT, { ...variables, by: null })).supportReport.rows).toMatchObject([
      { opened: 1 },
    ]);
  });
});

describe('what there is to do', () => {
  const COUNTERS = 'open unassigned waiting breached dueSoon snoozed solvedToday';

  async function ticket(columns: Record<string, unknown> = {}): Promise<string> {
    const id = newId();
    const row = {
      organization_id: organization.id,
      id,
      number: id,
      subject: 'Bread',
      channel: 'EMAIL',
      created_by: 'system:test',
      ...columns,
    };
    await product.app.database.system.query(
      `insert into tickets (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((_, at) => `$${at + 1}`)
        .join(', ')})`,
      Object.values(row),
    );
    return id;
  }

  test('is counted as it stands', async () => {
    const memberId = await organization.member('Luis');
    const soon = new Date(Date.now() + 600_000);
    await ticket();
    await ticket({ assignee_id: memberId, waiting_since: new Date() });
    await ticket({ resolution_due_at: soon });
    await ticket({ first_response_due_at: soon, first_responded_at: new Date() });
    await ticket({ sla_breached_at: new Date(), resolution_due_at: soon });
    await ticket({ snoozed_until: soon });
    // It ran out just now, and nobody was told yet.
    await ticket({ resolution_due_at: new Date(Date.now() - 1000) });
    await ticket({ status: 'SOLVED', solved_at: new Date() });
    await ticket({ status: 'CLOSED', solved_at: new Date(Date.now() - 3 * A_DAY), closed_at: new Date() });
    const { all, mine }: Answer = await owner.data(
      `query ($filter: SupportCountersFilter) { all: supportCounters { ${COUNTERS} } mine: supportCounters(filter: $filter) { open } }`,
      { filter: { assigneeIds: [organization.publicId('member', memberId)] } },
    );
    expect(all).toEqual({ open: 7, unassigned: 6, waiting: 1, breached: 2, dueSoon: 1, snoozed: 1, solvedToday: 1 });
    expect(mine).toEqual({ open: 1 });
  });

  test('tells who is there to do it, as they come and go', async () => {
    const { north, south }: Answer = await owner.data(
      'mutation { north: createTeam(input: { name: "Norte" }) { team { id } } south: createTeam(input: { name: "Sur" }) { team { id } } }',
    );
    const stored = (id: string) => storedId('team', id);
    const [ana, luis, eva] = [
      await organization.member('Ana'),
      await organization.member('Luis'),
      await organization.member('Eva'),
    ];
    await organization.member('Works in no queue');
    const works = (team: string, member: string) =>
      product.app.database.system.query(
        'insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)',
        [organization.id, stored(team), member],
      );
    for (const member of [ana, luis]) await works(north.team.id, member);
    for (const member of [luis, eva]) await works(south.team.id, member);
    for (const team of [north.team.id, south.team.id])
      await owner.data(
        'mutation ($input: CreateQueueInput!) { createQueue(input: $input) { userErrors { field message } } }',
        { input: { name: `Queue of ${team}`, teamId: team } },
      );
    const set = (member: string, status: string) =>
      owner.data(
        'mutation ($input: SetAvailabilityInput!) { setAvailability(input: $input) { userErrors { field } } }',
        {
          input: { memberId: organization.publicId('member', member), status },
        },
      );
    const there = async (filter: object | null = null): Promise<number> =>
      (
        await owner.data<Answer>(
          'query ($filter: SupportCountersFilter) { supportCounters(filter: $filter) { availableAgents } }',
          { filter },
        )
      ).supportCounters.availableAgents;
    expect(await there()).toBe(3);
    expect(await there({ teamIds: [north.team.id] })).toBe(2);
    expect(await there({ assigneeIds: [organization.publicId('member', eva)] })).toBe(1);
    const live = subscribe<Answer>(
      url,
      owner.authorization,
      'subscription { supportLive { counters { availableAgents } } }',
    );
    await live.until(received => received.length === 1);
    await set(luis, 'BUSY');
    product.app.feed.wake();
    await live.until(received => received.length === 2);
    expect(live.received.map(({ supportLive }) => supportLive.counters.availableAgents)).toEqual([3, 2]);
    await live.close();
    await product.app.database.system.query(
      `insert into member_absences (organization_id, member_id, starts_at) values ($1, $2, now() - interval '1 minute')`,
      [organization.id, ana],
    );
    expect([await there(), await there({ teamIds: [north.team.id] })]).toEqual([1, 0]);
  });

  test('is told at once, then when it is different, and never more than once a second', async () => {
    await ticket();
    const heard: { at: number; open: number }[] = [];
    const live = subscribe<Answer>(
      url,
      owner.authorization,
      'subscription { supportLive { at counters { open unassigned } } }',
    );
    await live.until(received => received.length === 1);
    expect(live.received[0]!.supportLive.counters).toEqual({ open: 1, unassigned: 1 });
    const note = setInterval(() => {
      for (const one of live.received.slice(heard.length))
        heard.push({ at: Date.parse(one.supportLive.at), open: one.supportLive.counters.open });
    }, 5);
    const tell = async () => {
      const id = await ticket();
      await product.app.database.system.query(
        `insert into events (organization_id, type, subject_id, data) values ($1, 'ticket.changed', $2, '{"change": "OPENED"}')`,
        [organization.id, id],
      );
      product.app.feed.wake();
    };
    for (let at = 0; at < 20; at++) await tell();
    await live.until(received => received.some(({ supportLive }) => supportLive.counters.open === 21));
    await tell();
    await live.until(received => received.some(({ supportLive }) => supportLive.counters.open === 22));
    await eventually(() => heard.length === live.received.length);
    clearInterval(note);
    await live.close();
    expect(heard.length).toBeLessThanOrEqual(4);
    for (let at = 1; at < heard.length; at++) expect(heard[at]!.at - heard[at - 1]!.at).toBeGreaterThanOrEqual(950);
    expect(live.errors).toEqual([]);
  });
});
