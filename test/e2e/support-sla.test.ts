import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { slaTasks } from '../../src/modules/support/sla/background.js';
import { RETIME_TICKETS, retimeOpenTickets } from '../../src/modules/support/sla/retiming.service.js';
import { watchDeadlines } from '../../src/modules/support/sla/watch.service.js';
import { addMessages } from '../../src/modules/support/tickets/message.service.js';
import { type NewTicket, openTickets } from '../../src/modules/support/tickets/opening.service.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../../src/modules/support/tickets/ticket.states.rules.js';
import { TicketMessageState } from '../../src/modules/support/tickets/ticket-enums.entity.js';
import type { Tx } from '../../src/platform/database/database.js';
import { storedId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let manager: Client;
let customerId: string;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  const { createCustomer } = await manager.data(
    `mutation { createCustomer(input: { displayName: "Panadería Sol", kind: COMPANY, tags: ["oro"] }) { customer { id } } }`,
  );
  customerId = createCustomer.customer.id;
});

const MINUTE = 60_000;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE);
const minutesAfter = (moment: Date | string, minutes: number) =>
  new Date(new Date(moment).getTime() + minutes * MINUTE).toISOString();
const scopeOf = () => ({ organizationId: organization.id, actor: 'system:test', requestId: 'test' });
const write = <Result>(work: (tx: Tx) => Promise<Result>) => product.app.database.write(scopeOf(), work);
const never = new AbortController().signal;
const watch = () => watchDeadlines(product.app.database, openLogger('silent'), never);
const retime = () => retimeOpenTickets(product.app.database, scopeOf(), never);

/** Recomputes what waits to be, as a worker would; answers how many jobs there were. */
async function work(): Promise<number> {
  const { rows } = await product.app.database.system.query<{ payload: object }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = $1 and j.payload ->> 'organizationId' = $2 returning j.payload`,
    [RETIME_TICKETS, organization.id],
  );
  for (const { payload } of rows)
    await slaTasks(product.app.database)[RETIME_TICKETS]!(payload, {
      scope: scopeOf(),
      signal: never,
      log: openLogger('silent'),
    });
  return rows.length;
}

/** Does what a mutation says, and answers its payload; throws what a person could mend. */
async function act(name: string, input: object, fields: string): Promise<Answer> {
  const payload = await attempt(name, input, fields);
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload;
}

async function attempt(name: string, input: object, fields: string): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await manager.data<Answer>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { field code message } } }`,
    { input },
  );
  return data[name];
}

const allPriorities = (times: object) => ['LOW', 'NORMAL', 'HIGH', 'URGENT'].map(priority => ({ priority, ...times }));
const promise = async (input: object = {}): Promise<Answer> =>
  (
    await act(
      'createSlaPolicy',
      {
        name: 'Everybody',
        targets: allPriorities({ firstResponseMinutes: 60, nextResponseMinutes: 30, resolutionMinutes: 480 }),
        ...input,
      },
      'policy { id name version position }',
    )
  ).policy;

/** Opens a ticket as it would have been at that moment, and answers its stored id. */
async function open(openedAt = new Date(), over: Partial<NewTicket> = {}): Promise<string> {
  const [ticket] = await write(tx =>
    openTickets(tx, [
      {
        subject: 'The oven is cold',
        channel: TicketChannel.EMAIL,
        customerId: storedId('customer', customerId)!,
        openedAt,
        ...over,
      },
    ]),
  );
  return ticket!.ticketId;
}

const say = (ticketId: string, kind: 'CUSTOMER' | 'AGENT', occurredAt = new Date()) =>
  write(tx =>
    addMessages(tx, [
      {
        ticketId,
        kind: TicketMessageKind[kind],
        channel: TicketChannel.EMAIL,
        visibility: TicketMessageVisibility.PRIVATE,
        state: kind === 'AGENT' ? TicketMessageState.SENT : TicketMessageState.RECEIVED,
        note: 'Good morning',
        occurredAt,
      },
    ]),
  );

const SLA = `sla { firstResponseDueAt nextResponseDueAt resolutionDueAt nextDueAt breached breachedAt policy { name }
  clocks { metric state targetMinutes elapsedMinutes remainingMinutes dueAt pausedSince metAt breachedAt } }`;

async function ticketOf(id: string, client = manager): Promise<Answer> {
  const { ticket } = await client.data<Answer>(
    `query ($id: ID!) { ticket(id: $id) { id status priority version ${SLA} assignee { id } team { id }
       messages(first: 20) { edges { node { kind text } } } } }`,
    { id: organization.publicId('ticket', id) },
  );
  // The database leaves out noughts at the end of a second.
  return JSON.parse(JSON.stringify(ticket), (_, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+Z$/.test(value) ? new Date(value).toISOString() : value,
  );
}

const slaOf = async (id: string): Promise<Answer> => (await ticketOf(id)).sla;
/** Moments that the database and this process each took are not the same to the millisecond. */
const about = (expected: string) => ({
  asymmetricMatch: (actual: string) => Math.abs(Date.parse(actual) - Date.parse(expected)) < 5000,
});
const clockOf = (sla: Answer, metric: string): Answer => sla.clocks.findLast((one: Answer) => one.metric === metric);
const errorsOf = (payload: Answer): string[] =>
  payload.userErrors.map((error: Answer) => `${error.field} ${error.code}`).sort();
const wipe = (sql: string, values: unknown[]) => product.app.database.system.query(sql, values);

describe('a business calendar', () => {
  const WEEK = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'].flatMap(day => [
    { day, opensAt: '09:00', closesAt: '14:00' },
    { day, opensAt: '16:00', closesAt: '19:00' },
  ]);

  test('is kept with its hours and holidays, and changed by whoever has seen its latest version', async () => {
    const { calendar } = await act(
      'createBusinessCalendar',
      {
        name: 'Madrid',
        timeZone: 'Europe/Madrid',
        hours: WEEK,
        isDefault: true,
        holidays: [
          { name: 'Christmas', date: '2026-12-25', isYearly: true },
          { name: 'New Year’s Eve', date: '2026-12-31', hours: [{ opensAt: '09:00', closesAt: '12:00' }] },
        ],
      },
      'calendar { id version isDefault hours { day opensAt closesAt } holidays { name date isYearly hours { opensAt closesAt } } }',
    );
    expect(calendar).toMatchObject({ version: 1, isDefault: true, hours: WEEK });
    expect(calendar.holidays).toEqual([
      { name: 'Christmas', date: '2026-12-25', isYearly: true, hours: [] },
      { name: 'New Year’s Eve', date: '2026-12-31', isYearly: false, hours: [{ opensAt: '09:00', closesAt: '12:00' }] },
    ]);
    // Another default one takes its place.
    await act(
      'createBusinessCalendar',
      { name: 'Lisboa', timeZone: 'Europe/Lisbon', isAlwaysOpen: true, isDefault: true },
      'calendar { id }',
    );
    const { businessCalendars } = await manager.data(
      '{ businessCalendars(first: 10) { totalCount edges { node { name isDefault version } } } }',
    );
    expect(businessCalendars.edges.map(({ node }: Answer) => node)).toEqual([
      { name: 'Lisboa', isDefault: true, version: 1 },
      { name: 'Madrid', isDefault: false, version: 2 },
    ]);
    const change = { id: calendar.id, version: 1, timeZone: 'Atlantic/Canary' };
    expect(errorsOf(await attempt('updateBusinessCalendar', change, 'calendar { id }'))).toEqual(['version CONFLICT']);
    const { calendar: moved } = await act(
      'updateBusinessCalendar',
      { ...change, version: 2 },
      'calendar { timeZone version holidays { name } }',
    );
    expect(moved).toMatchObject({ timeZone: 'Atlantic/Canary', version: 3, holidays: [{}, {}] });
    expect(await act('removeBusinessCalendar', { id: calendar.id }, 'removedId')).toMatchObject({
      removedId: calendar.id,
    });
  });

  test('is refused with everything that is wrong with it, and when it is never open', async () => {
    const wrong = await attempt(
      'createBusinessCalendar',
      {
        name: ' ',
        timeZone: 'Europe/Atlantis',
        hours: [{ day: 'MONDAY', opensAt: '9', closesAt: '25:00' }],
        holidays: [{ name: 'Late', date: '2026-12-24', hours: [{ opensAt: '20:00', closesAt: '02:00' }] }],
      },
      'calendar { id }',
    );
    expect(errorsOf(wrong)).toEqual([
      'holidays.0.hours.0.closesAt INVALID',
      'hours.0.closesAt INVALID',
      'hours.0.opensAt INVALID',
      'name REQUIRED',
      'timeZone INVALID',
    ]);
    const shut = { name: 'Shut', timeZone: 'UTC' };
    expect(errorsOf(await attempt('createBusinessCalendar', shut, 'calendar { id }'))).toEqual(['hours REQUIRED']);
    const minute = { ...shut, hours: [{ day: 'MONDAY', opensAt: '09:00', closesAt: '09:01' }] };
    expect(errorsOf(await attempt('createBusinessCalendar', minute, 'calendar { id }'))).toEqual(['hours NOT_ALLOWED']);
    const holidays = Array.from({ length: 366 }, (_, day) => ({
      name: 'Closed',
      date: new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
      isYearly: true,
    }));
    const always = { ...shut, isAlwaysOpen: true, holidays };
    expect(errorsOf(await attempt('createBusinessCalendar', always, 'calendar { id }'))).toEqual([
      'holidays NOT_ALLOWED',
    ]);
  });
});

describe('what is promised for a ticket', () => {
  test('is that of the first policy that fits it', async () => {
    await promise({ name: 'Rest', position: 9 });
    const gold = [{ priority: 'URGENT', firstResponseMinutes: 15 }];
    await promise({ name: 'Gold', position: 1, segments: ['oro'], priorities: ['URGENT'], targets: gold });
    await promise({ name: 'Persons', position: 2, customerKinds: ['PERSON'], channels: ['FAX'] });
    const at = new Date();
    const [urgent, normal] = [await open(at, { priority: 'URGENT' as never }), await open(at)];
    expect(await slaOf(urgent)).toMatchObject({
      policy: { name: 'Gold' },
      firstResponseDueAt: minutesAfter(at, 15),
      resolutionDueAt: null,
      nextDueAt: minutesAfter(at, 15),
      breached: false,
    });
    expect(await slaOf(normal)).toMatchObject({ policy: { name: 'Rest' }, resolutionDueAt: minutesAfter(at, 480) });
    // Raised, it is a ticket for another policy.
    await act('updateTicket', { id: organization.publicId('ticket', normal), priority: 'URGENT' }, 'ticket { id }');
    expect(await slaOf(normal)).toMatchObject({
      policy: { name: 'Gold' },
      firstResponseDueAt: minutesAfter(at, 15),
      resolutionDueAt: null,
    });
  });

  test('says everything that is wrong with a policy at once', async () => {
    await promise();
    const wrong = await attempt(
      'createSlaPolicy',
      {
        name: '',
        calendarId: organization.publicId('business_calendar', organization.id),
        categoryIds: ['ticket_category_nonsense'],
        warnMinutes: 5,
        warnPercent: 120,
        targets: [
          { priority: 'HIGH', firstResponseMinutes: 0 },
          { priority: 'HIGH', resolutionMinutes: 10 },
          { priority: 'LOW' },
        ],
      },
      'policy { id }',
    );
    expect(errorsOf(wrong)).toEqual([
      'calendarId NOT_FOUND',
      'categoryIds.0 NOT_FOUND',
      'name REQUIRED',
      'targets.0.firstResponseMinutes INVALID',
      'targets.1.priority TAKEN',
      'targets.2 REQUIRED',
      'warnPercent INVALID',
      'warnPercent NOT_ALLOWED',
    ]);
    const again = { name: 'Everybody', targets: [{ priority: 'LOW', resolutionMinutes: 10 }] };
    expect(errorsOf(await attempt('createSlaPolicy', again, 'policy { id }'))).toEqual(['name TAKEN']);
  });

  test('runs while the customer waits, stands still while we do, and begins anew with each of their turns', async () => {
    await promise();
    const at = minutesAgo(100);
    const id = await open(at);
    await say(id, 'CUSTOMER', at);
    await say(id, 'AGENT', new Date(at.getTime() + 20 * MINUTE));
    const waiting = await slaOf(id);
    expect(waiting).toMatchObject({
      firstResponseDueAt: minutesAfter(at, 60),
      nextResponseDueAt: null,
      resolutionDueAt: null,
    });
    expect(clockOf(waiting, 'FIRST_RESPONSE')).toMatchObject({
      state: 'MET',
      elapsedMinutes: 20,
      remainingMinutes: 40,
    });
    expect(clockOf(waiting, 'RESOLUTION')).toMatchObject({
      state: 'PAUSED',
      pausedSince: minutesAfter(at, 20),
      elapsedMinutes: 20,
    });
    const spoke = new Date(at.getTime() + 90 * MINUTE);
    await say(id, 'CUSTOMER', spoke);
    expect(await slaOf(id)).toMatchObject({
      nextResponseDueAt: about(minutesAfter(spoke, 30)),
      resolutionDueAt: about(minutesAfter(spoke, 460)),
      nextDueAt: about(minutesAfter(spoke, 30)),
    });
    await act('solveTicket', { id: organization.publicId('ticket', id) }, 'ticket { id }');
    const solved = await slaOf(id);
    expect(solved).toMatchObject({
      nextResponseDueAt: null,
      nextDueAt: null,
      breached: false,
      policy: { name: 'Everybody' },
    });
    expect(solved.clocks.map((clock: Answer) => [clock.metric, clock.state])).toEqual([
      ['FIRST_RESPONSE', 'MET'],
      ['RESOLUTION', 'MET'],
      ['NEXT_RESPONSE', 'STOPPED'],
    ]);
    // Its customer opens it again: the rest of the time for a solution is left, and an answer is due anew.
    await say(id, 'CUSTOMER');
    const again = await slaOf(id);
    expect(clockOf(again, 'RESOLUTION')).toMatchObject({ state: 'RUNNING', metAt: null });
    expect(again.clocks.filter((clock: Answer) => clock.metric === 'NEXT_RESPONSE')).toHaveLength(2);
    expect(clockOf(again, 'NEXT_RESPONSE')).toMatchObject({ state: 'RUNNING', targetMinutes: 30 });
  });

  test('is no answer to what reaches us only after we answered', async () => {
    await promise();
    const at = minutesAgo(120);
    const id = await open(at);
    await say(id, 'CUSTOMER', at);
    await say(id, 'AGENT', minutesAgo(65));
    const before = new Date();
    // Written before our answer, and delivered after it.
    await say(id, 'CUSTOMER', minutesAgo(90));
    const { clocks } = await slaOf(id);
    expect(clocks.map((clock: Answer) => [clock.metric, clock.state])).toEqual([
      ['FIRST_RESPONSE', 'MET'],
      ['RESOLUTION', 'RUNNING'],
      ['NEXT_RESPONSE', 'RUNNING'],
    ]);
    expect(new Date(clocks[2].dueAt) >= new Date(minutesAfter(before, 30))).toBe(true);
  });

  test('goes by the new policy where it runs, and stays as it was where it is over, when a reply comes after a change', async () => {
    const { id: policyId } = await promise({ warnPercent: 50 });
    const at = minutesAgo(50);
    const [answered, waiting] = [await open(at), await open(at)];
    await say(answered, 'AGENT', new Date(at.getTime() + 40 * MINUTE));
    const targets = allPriorities({ firstResponseMinutes: 30, nextResponseMinutes: 10, resolutionMinutes: 960 });
    await act(
      'updateSlaPolicy',
      { id: policyId, targets, version: 1 },
      'policy { version targets { firstResponseMinutes } }',
    );
    // Nothing moves until the background has looked, and then all of it does.
    expect(await slaOf(waiting)).toMatchObject({ firstResponseDueAt: minutesAfter(at, 60) });
    await retime();
    expect(clockOf(await slaOf(answered), 'FIRST_RESPONSE')).toMatchObject({
      state: 'MET',
      targetMinutes: 60,
      elapsedMinutes: 40,
    });
    expect(clockOf(await slaOf(waiting), 'FIRST_RESPONSE')).toMatchObject({
      state: 'BREACHED',
      dueAt: minutesAfter(at, 30),
    });
    await say(waiting, 'AGENT');
    const late = await slaOf(waiting);
    expect(clockOf(late, 'FIRST_RESPONSE')).toMatchObject({
      state: 'BREACHED',
      targetMinutes: 30,
      metAt: expect.any(String),
    });
    expect(late).toMatchObject({ breached: true, breachedAt: minutesAfter(at, 30) });
    // A longer promise afterwards does not make good what was broken.
    await act(
      'updateSlaPolicy',
      { id: policyId, targets: allPriorities({ firstResponseMinutes: 6000 }) },
      'policy { id }',
    );
    await retime();
    expect(clockOf(await slaOf(waiting), 'FIRST_RESPONSE')).toMatchObject({ state: 'BREACHED', targetMinutes: 30 });
    // And a turn that begins now is promised what is promised now.
    expect(clockOf(await slaOf(waiting), 'RESOLUTION')).toBeUndefined();
  });

  test('is another once its customer is of another segment, or is somebody else', async () => {
    await promise({ name: 'Rest', position: 9 });
    const at = new Date();
    await promise({
      name: 'Gold',
      position: 1,
      segments: ['oro'],
      targets: allPriorities({ firstResponseMinutes: 15 }),
    });
    const { createCustomer } = await manager.data<Answer>(
      `mutation { createCustomer(input: { displayName: "Panadería Luna", kind: COMPANY }) { customer { id } } }`,
    );
    const luna: string = createCustomer.customer.id;
    const [mine, done] = [
      await open(at, { customerId: storedId('customer', luna)! }),
      await open(at, { customerId: storedId('customer', luna)! }),
    ];
    await act('solveTicket', { id: organization.publicId('ticket', done) }, 'ticket { id }');
    await wipe('delete from graphile_worker._private_jobs where payload ->> $1 = $2', [
      'organizationId',
      organization.id,
    ]);
    const gold = { policy: { name: 'Gold' }, firstResponseDueAt: minutesAfter(at, 15) };
    const rest = { policy: { name: 'Rest' }, firstResponseDueAt: minutesAfter(at, 60) };
    expect(await slaOf(mine)).toMatchObject(rest);
    await act('updateCustomer', { id: luna, tags: ['oro'] }, 'customer { id }');
    await work();
    expect(await slaOf(mine)).toMatchObject(gold);
    expect(await slaOf(done)).toMatchObject({ policy: { name: 'Rest' } });
    await act('updateCustomer', { id: luna, tags: ['plata'] }, 'customer { id }');
    await work();
    expect(await slaOf(mine)).toMatchObject(rest);
    // What no promise goes by costs nothing.
    await act('updateCustomer', { id: luna, displayName: 'Luna' }, 'customer { id }');
    expect(await work()).toBe(0);
    await act('mergeCustomers', { survivorId: customerId, mergedIds: [luna] }, 'customer { id }');
    await work();
    expect(await slaOf(mine)).toMatchObject(gold);
  });

  test('moves when its calendar changes, of which subscribers are told', async () => {
    const { calendar } = await act(
      'createBusinessCalendar',
      { name: 'Always', timeZone: 'UTC', isAlwaysOpen: true },
      'calendar { id }',
    );
    await promise({ calendarId: calendar.id });
    const at = new Date();
    const id = await open(at);
    expect(await slaOf(id)).toMatchObject({ firstResponseDueAt: minutesAfter(at, 60) });
    await toldSoFar(product);
    const told = subscribe(
      url,
      manager.authorization,
      'subscription { ticketChanged { change ticket { sla { firstResponseDueAt } } } }',
    );
    try {
      await eventually(() => product.app.hub.subscribers > 0);
      const today = at.toISOString().slice(0, 10);
      const tomorrow = new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10);
      const holidays = [{ name: 'Closed', date: today }];
      await act('updateBusinessCalendar', { id: calendar.id, holidays }, 'calendar { id }');
      const { rows } = await wipe('select key from graphile_worker.jobs where key like $1', [
        `deadlines.retime%${organization.id}`,
      ]);
      expect(rows).toHaveLength(2);
      // One that is asked to stop in between is run again, from the beginning.
      await expect(retimeOpenTickets(product.app.database, scopeOf(), AbortSignal.abort())).rejects.toThrow(
        'asked to stop',
      );
      await retime();
      const expected = `${tomorrow}T01:00:00.000Z`;
      expect(new Date((await slaOf(id)).firstResponseDueAt).toISOString()).toBe(expected);
      await told.until(received => received.some(({ ticketChanged }) => ticketChanged.change === 'DEADLINES_MOVED'));
      // Run again, it finds nothing to move.
      const before = await events();
      await retime();
      expect(await events()).toEqual(before);
    } finally {
      await told.close();
    }
  });

  test('is nothing once its policy is removed, but for what was over', async () => {
    const { id: policyId } = await promise();
    const [answered, waiting] = [await open(minutesAgo(5)), await open()];
    await say(answered, 'AGENT');
    expect((await act('removeSlaPolicy', { id: policyId }, 'policy { isActive }')).policy).toEqual({ isActive: false });
    await retime();
    expect(await slaOf(waiting)).toMatchObject({ policy: null, clocks: [], firstResponseDueAt: null });
    expect((await slaOf(answered)).clocks).toMatchObject([{ metric: 'FIRST_RESPONSE', state: 'MET' }]);
    const { id: unused } = await promise({ name: 'Unused' });
    expect((await act('removeSlaPolicy', { id: unused }, 'policy { id }')).policy).toBeNull();
  });

  test('is no business of the customer', async () => {
    await promise();
    const id = await open();
    const customer = await organization.as('CUSTOMER', { customerId: storedId('customer', customerId)! });
    const { ticket } = await customer.data<Answer>(
      'query ($id: ID!) { ticket(id: $id) { subject sla { breached clocks { state } } } }',
      {
        id: organization.publicId('ticket', id),
      },
    );
    expect(ticket).toEqual({ subject: 'The oven is cold', sla: null });
  });

  test('costs an organisation that promises nothing one look, and 200 tickets no more statements than two', async () => {
    const opening = (count: number) => () =>
      write(tx =>
        openTickets(
          tx,
          Array.from({ length: count }, () => ({ subject: 'Bread', channel: TicketChannel.CHAT })),
        ),
      );
    const looks = async (work: () => Promise<unknown>) =>
      (await statementsOf(work)).filter(sql =>
        /sla_polic|ticket_clocks|ticket_escalations|business_calendars/.test(sql),
      );
    expect(await looks(opening(3))).toHaveLength(1);
    await promise();
    await act(
      'createEscalationRule',
      { name: 'Nobody', trigger: 'UNASSIGNED', minutes: 10, note: 'Take it' },
      'rule { id }',
    );
    const two = await statementsOf(opening(2));
    expect(await statementsOf(opening(200))).toHaveLength(two.length);
    // A flood in a ticket whose customer waits already is not reckoned with again and again.
    const id = await open(minutesAgo(5));
    const written = await looks(() => say(id, 'CUSTOMER'));
    expect(written.filter(sql => /insert|update tickets/.test(sql))).toEqual([]);
  });
});

const events = async (): Promise<string[]> => {
  const { rows } = await wipe(
    `select type || coalesce(' ' || (data->>'metric'), ' ' || (data->>'change'), '') as told from events where organization_id = $1 order by id`,
    [organization.id],
  );
  return (rows as { told: string }[]).map(({ told }) => told).filter(told => /due|breached|MOVED|ESCALATED/.test(told));
};

describe('a time that runs out', () => {
  test('is told before and when it has, each once, also when two look at once', async () => {
    await promise({ warnMinutes: 15, targets: allPriorities({ firstResponseMinutes: 60 }) });
    const due = subscribe(
      url,
      manager.authorization,
      'subscription { ticketDue { metric ticketId ticket { status } } }',
    );
    const breached = subscribe(
      url,
      manager.authorization,
      'subscription { ticketBreached { cursor metric ticketId } }',
    );
    try {
      await eventually(() => product.app.hub.subscribers > 1);
      const [soon, late] = [await open(minutesAgo(50)), await open(minutesAgo(70))];
      await open(minutesAgo(1));
      await Promise.all([watch(), watch()]);
      await watch();
      expect((await events()).sort()).toEqual(['ticket.breached FIRST_RESPONSE', 'ticket.due FIRST_RESPONSE']);
      await due.until(received => received.length > 0);
      await breached.until(received => received.length > 0);
      expect(due.received).toMatchObject([
        { ticketDue: { metric: 'FIRST_RESPONSE', ticketId: organization.publicId('ticket', soon) } },
      ]);
      expect(breached.received[0].ticketBreached.ticketId).toBe(organization.publicId('ticket', late));
      expect(await slaOf(late)).toMatchObject({ breached: true });
      // What was warned of runs out later.
      await wipe(
        `update ticket_clocks set due_at = now() - interval '1 second', tell_at = now() - interval '1 second' where ticket_id = $1`,
        [soon],
      );
      await watch();
      expect((await events()).filter(told => told.startsWith('ticket.breached'))).toHaveLength(2);
      expect(await slaOf(soon)).toMatchObject({ breached: true });
    } finally {
      await Promise.all([due.close(), breached.close()]);
    }
  });

  test('is told also when the answer came late, before anybody looked', async () => {
    await promise();
    const id = await open(minutesAgo(90));
    await say(id, 'AGENT');
    await watch();
    await watch();
    expect(await events()).toEqual(expect.arrayContaining(['ticket.breached FIRST_RESPONSE']));
    expect((await events()).filter(told => told.startsWith('ticket.'))).not.toContain('ticket.due FIRST_RESPONSE');
    expect(clockOf(await slaOf(id), 'FIRST_RESPONSE')).toMatchObject({ state: 'BREACHED', metAt: expect.any(String) });
  });
});

describe('an escalation rule', () => {
  test('raises a ticket, gives it on, has somebody follow it and notes that, once', async () => {
    await promise();
    const member = await organization.member('Ana');
    const { createTeam } = await manager
      .data<Answer>('mutation { createTeam(input: { name: "Second line" }) { team { id } } }')
      .catch(async () => {
        const admin = await organization.as('ADMIN');
        return admin.data<Answer>('mutation { createTeam(input: { name: "Second line" }) { team { id } } }');
      });
    await wipe(`update organizations set default_language = 'es' where id = $1`, [organization.id]);
    await act(
      'createEscalationRule',
      {
        name: 'Too late',
        trigger: 'AFTER_DUE',
        metric: 'FIRST_RESPONSE',
        minutes: 5,
        raiseTo: 'HIGH',
        teamId: createTeam.team.id,
        assigneeId: organization.publicId('member', member),
        followerId: organization.publicId('member', member),
        note: 'Call the bakery.',
      },
      'rule { id }',
    );
    const [late, fine] = [await open(minutesAgo(70)), await open(minutesAgo(62))];
    await Promise.all([watch(), watch()]);
    await watch();
    const ticket = await ticketOf(late);
    expect(ticket).toMatchObject({
      priority: 'HIGH',
      assignee: { id: organization.publicId('member', member) },
      team: { id: createTeam.team.id },
    });
    expect(ticket.messages.edges.map(({ node }: Answer) => node)).toEqual([
      {
        kind: 'SYSTEM',
        text: 'Too late: Escalado: el plazo de la primera respuesta venció hace 5 minutos laborables.\n\nCall the bakery.',
      },
    ]);
    expect((await events()).filter(told => told.endsWith('ESCALATED'))).toHaveLength(1);
    const { rows } = await wipe('select member_id from ticket_followers where ticket_id = $1', [late]);
    expect(rows).toEqual([{ member_id: member }]);
    expect(await ticketOf(fine)).toMatchObject({ priority: 'NORMAL', assignee: null });
  });

  test('waits for what nobody has, or nobody touches, and not for what somebody takes meanwhile', async () => {
    await act(
      'createEscalationRule',
      { name: 'Nobody', trigger: 'UNASSIGNED', minutes: 10, note: 'Take it' },
      'rule { id }',
    );
    await act(
      'createEscalationRule',
      { name: 'Asleep', trigger: 'UNTOUCHED', minutes: 30, raiseTo: 'URGENT' },
      'rule { id }',
    );
    const member = await organization.member('Ana');
    const [alone, taken] = [await open(minutesAgo(20)), await open(minutesAgo(20), { assigneeId: member })];
    const asleep = await open(minutesAgo(40), { assigneeId: member });
    // Somebody takes it by a way that tells nobody of it.
    const quiet = await open(minutesAgo(20));
    await wipe('update tickets set assignee_id = $2 where id = $1', [quiet, member]);
    await watch();
    expect((await ticketOf(quiet)).messages.edges).toEqual([]);
    // That its customer opens it again is not that one of us did something about it.
    const asked = await open(minutesAgo(40), { assigneeId: member });
    await wipe(`update tickets set status = 'PENDING', updated_at = clock_timestamp() where id = $1`, [asked]);
    await product.app.database.write({ ...scopeOf(), actor: 'customer:somebody' }, tx =>
      addMessages(tx, [
        {
          ticketId: asked,
          kind: TicketMessageKind.CUSTOMER,
          channel: TicketChannel.PORTAL,
          visibility: TicketMessageVisibility.PRIVATE,
          state: TicketMessageState.RECEIVED,
          note: 'And now?',
          occurredAt: new Date(),
        },
      ]),
    );
    expect(await ticketOf(asked)).toMatchObject({ status: 'OPEN', priority: 'NORMAL' });
    await watch();
    expect(await ticketOf(asked)).toMatchObject({ priority: 'URGENT' });
    const notes = async (id: string) =>
      (await ticketOf(id)).messages.edges.map(({ node }: Answer) => node.text.split(':')[0]);
    expect([await notes(alone), await notes(taken), await notes(asleep)]).toEqual([['Nobody'], [], ['Asleep']]);
    expect(await ticketOf(asleep)).toMatchObject({ priority: 'URGENT' });
  });

  test('says what is wrong with it at once', async () => {
    const wrong = await attempt(
      'createEscalationRule',
      { name: '', trigger: 'BEFORE_DUE', minutes: -1 },
      'rule { id }',
    );
    expect(errorsOf(wrong)).toEqual(['metric REQUIRED', 'minutes INVALID', 'name REQUIRED']);
    const idle = await attempt(
      'createEscalationRule',
      { name: 'Idle', trigger: 'UNTOUCHED', minutes: 5 },
      'rule { id }',
    );
    expect(errorsOf(idle)).toEqual(['raiseTo REQUIRED']);
  });
});

describe('the report on promises', () => {
  const REPORT = `query ($from: DateTime!, $to: DateTime!, $groupBy: SlaGroup!) { slaReport(from: $from, to: $to, groupBy: $groupBy) {
    channel priority team { id } person { id name } policy { name }
    metrics { metric met breached running percentKept medianMinutes p90Minutes } } }`;
  const report = async (groupBy: string, client = manager): Promise<Answer[]> => {
    const variables = { groupBy, from: minutesAgo(1000).toISOString(), to: new Date().toISOString() };
    return (await client.data<Answer>(REPORT, variables)).slaReport;
  };

  test('counts what was kept, broken and still runs, and how long it took, of what the reader may see', async () => {
    await promise({ targets: allPriorities({ firstResponseMinutes: 60 }) });
    const [ana, luis] = [await organization.member('Ana'), await organization.member('Luis')];
    for (const minutes of [10, 20, 90]) {
      const id = await open(minutesAgo(120), { assigneeId: ana });
      await say(id, 'AGENT', minutesAgo(120 - minutes));
    }
    await open(minutesAgo(5), { assigneeId: luis, channel: TicketChannel.CHAT });
    await open(minutesAgo(100), { assigneeId: luis, channel: TicketChannel.CHAT });
    const kept = {
      metric: 'FIRST_RESPONSE',
      met: 2,
      breached: 1,
      running: 0,
      percentKept: 66.7,
      medianMinutes: 20,
      p90Minutes: 76,
    };
    const open1 = {
      metric: 'FIRST_RESPONSE',
      met: 0,
      breached: 1,
      running: 1,
      percentKept: 0,
      medianMinutes: null,
      p90Minutes: null,
    };
    expect(await report('CHANNEL')).toMatchObject([
      { channel: 'CHAT', person: null, metrics: [open1] },
      { channel: 'EMAIL', metrics: [kept] },
    ]);
    const persons = await report('PERSON');
    expect(persons.map(({ person, metrics }) => [person.name, metrics[0].met]).sort()).toEqual([
      ['Ana', 2],
      ['Luis', 0],
    ]);
    expect(await report('POLICY')).toMatchObject([{ policy: { name: 'Everybody' } }]);
    const agent = await organization.as('AGENT', { memberId: luis } as never);
    expect(await report('CHANNEL', agent)).toMatchObject([{ channel: 'CHAT', metrics: [open1] }]);
    const statements = await statementsOf(() => report('PERSON'));
    expect(statements.length).toBeLessThan(8);
  });
});
