import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { queuesTasks } from '../../src/modules/support/queues/background.js';
import { sweepQueues } from '../../src/modules/support/queues/waiting.service.js';
import { watchDeadlines } from '../../src/modules/support/sla/watch.service.js';
import { addMessages } from '../../src/modules/support/tickets/message.service.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId, publicId, storedId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let manager: Client;
let teamId: string;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  teamId = await makeTeam('Masa madre');
});

const sql = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await product.app.database.system.query(text, values)).rows;

async function makeTeam(name: string): Promise<string> {
  const id = newId();
  await sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [organization.id, id, name]);
  return id;
}

/** Members of a team, by stored id; ids rise, so their order is known. */
async function staff(count: number, team = teamId): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const id = await organization.member(`Baker ${at + 1}`);
    await sql('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
      organization.id,
      team,
      id,
    ]);
    ids.push(id);
  }
  return ids;
}

const TICKET = `ticket { id version status snoozedUntil assignee { id name } team { name } queue { id name } }`;
const RESULTS: Record<string, string> = {
  createQueue: 'queue { id name version }',
  updateQueue: 'queue { id name version }',
  createSkill: 'skill { id name }',
  updateSkill: 'skill { id name isActive }',
  setMemberSkills: 'member { id skills { level skill { name } } languages }',
  setAvailability: 'member { id availability { status isPresent capacities { channel most } } }',

  setOutOfOffice: 'member { id availability { isPresent } outOfOffice { note delegate { id } } }',
  endOutOfOffice: 'member { id availability { isPresent } outOfOffice { note } }',
  reassignTickets: 'reassignedCount remainingCount',
  assignTickets: 'results { index ticket { id assignee { id } } userErrors { field code } }',
};

async function act(name: string, input: object, client = manager): Promise<any> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await client.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${RESULTS[name] ?? TICKET} userErrors { field code message } } }`,
    { input },
  );
  return data[name];
}

const done = async (name: string, input: object, client = manager): Promise<any> => {
  const answer = await act(name, input, client);
  expect(answer.userErrors).toEqual([]);
  return answer;
};

const errorsOf = (answer: any): string[] => answer.userErrors.map(({ field, code }: any) => `${field} ${code}`);

const makeQueue = async (input: object = {}): Promise<string> =>
  (await done('createQueue', { name: `Queue ${newId()}`, teamId: publicId('team', teamId), ...input })).queue.id;

const open = async (input: object = {}, client = manager): Promise<any> =>
  (await done('openTicket', { subject: 'The oven is cold', ...input }, client)).ticket;

const look = async (id: string, client = manager): Promise<any> =>
  (
    await client.data(
      `query ($id: ID!) { ticket(id: $id) { id status snoozedUntil assignee { id } team { name } queue { id } } }`,
      { id },
    )
  ).ticket;

const scope = () => ({ organizationId: organization.id, actor: 'system:test', requestId: 'test' });

/** The customer says something in a ticket. */
const speak = (id: string, isAutomatic = false) =>
  product.app.database.write(scope(), tx =>
    addMessages(tx, [
      {
        ticketId: storedId('ticket', id)!,
        kind: TicketMessageKind.CUSTOMER,
        channel: TicketChannel.PORTAL,
        visibility: TicketMessageVisibility.PRIVATE,
        state: 'RECEIVED',
        note: 'And now?',
        isAutomatic,
        occurredAt: new Date(),
      },
    ]),
  );

/** Does the background work of a kind that waits, as a worker would; answers how many jobs there were. */
async function work(task: string): Promise<number> {
  const jobs = await sql(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = $1 and j.payload ->> 'organizationId' = $2 returning j.payload`,
    [task, organization.id],
  );
  for (const { payload } of jobs) {
    await queuesTasks(product.app.database)[task]!(payload, {
      scope: scope(),
      signal: new AbortController().signal,
      log: undefined as never,
    });
  }
  return jobs.length;
}

const sweep = () => sweepQueues(product.app.database, openLogger('silent'), new AbortController().signal);

const member = (id: string) => publicId('member', id);

describe('a queue', () => {
  test('takes what fits its conditions, the first by its place, and gives it to each in turn', async () => {
    const bakers = await staff(2);
    await makeQueue({ name: 'Complaints', types: ['COMPLAINT'], position: 1, priorities: ['HIGH', 'URGENT'] });
    await makeQueue({ name: 'All', position: 2 });
    const complaint = await open({ type: 'COMPLAINT', priority: 'HIGH' });
    expect(complaint).toMatchObject({ queue: { name: 'Complaints' }, team: { name: 'Masa madre' } });
    const others = [await open({ type: 'COMPLAINT' }), await open(), await open(), await open()];
    expect(others.map(({ queue }) => queue.name)).toEqual(['All', 'All', 'All', 'All']);
    expect(others.map(({ assignee }) => assignee.id)).toEqual([0, 1, 0, 1].map(at => member(bakers[at]!)));
  });

  test('asks for skills and languages before it looks whose turn it is', async () => {
    const [ana, bea, leo] = await staff(3);
    const { skill } = await done('createSkill', { name: 'Ovens' });
    await done('setMemberSkills', {
      memberId: member(ana!),
      skills: [{ skillId: skill.id, level: 2 }],
      languages: ['pt'],
    });
    const set = await done('setMemberSkills', {
      memberId: member(bea!),
      skills: [{ skillId: skill.id, level: 4 }],
      languages: ['es'],
    });
    expect(set.member).toMatchObject({ skills: [{ level: 4, skill: { name: 'Ovens' } }], languages: ['es'] });
    await makeQueue({ name: 'Ovens', types: ['INCIDENT'], skills: [{ skillId: skill.id, minLevel: 3 }] });
    await makeQueue({ name: 'Any' });
    for (const _ of [1, 2]) expect((await open({ type: 'INCIDENT' })).assignee.id).toBe(member(bea!));
    expect((await open({ language: 'pt-BR' })).assignee.id).toBe(member(ana!));
    expect((await open({ language: 'pt-BR' })).assignee.id).toBe(member(ana!));
    expect((await open({ language: 'de' })).assignee.id).toBe(member(bea!));
    expect((await open({ language: 'de' })).assignee.id).toBe(member(leo!));
    expect(
      errorsOf(await act('setMemberSkills', { memberId: member(leo!), skills: [{ skillId: skill.id, level: 6 }] })),
    ).toEqual(['skills.0.level INVALID']);
  });

  test('never gives anybody more than they can take, with twenty openings at once', async () => {
    const bakers = await staff(5);
    const queueId = await makeQueue({ strategy: 'LEAST_BUSY', capacity: 3 });
    const opened = await Promise.all(Array.from({ length: 20 }, () => open()));
    const counts = await sql(
      `select assignee_id, count(*)::int as count from tickets where organization_id = $1 group by 1 order by 1 nulls last`,
      [organization.id],
    );
    expect(counts).toEqual([...bakers.map(id => ({ assignee_id: id, count: 3 })), { assignee_id: null, count: 5 }]);
    const { queue } = await manager.data(
      `query ($id: ID!) { queue(id: $id) { stats { waiting longestWaitSince availableMembers members } members { id openTickets } tickets(first: 50) { totalCount } } }`,
      { id: queueId },
    );
    expect(queue.stats).toEqual({ waiting: 5, longestWaitSince: expect.any(String), availableMembers: 5, members: 5 });
    expect(queue.members.map(({ openTickets }: any) => openTickets)).toEqual([3, 3, 3, 3, 3]);
    expect(queue.tickets.totalCount).toBe(20);
    // Whoever closes one is given the next that waits.
    const given = opened.find(({ assignee }) => assignee?.id === member(bakers[2]!));
    await done('closeTicket', { id: given.id });
    expect(await work('queues.assign')).toBe(1);
    const [after] = await sql(
      `select count(*) filter (where assignee_id is null)::int as waiting,
              count(*) filter (where assignee_id = $2 and status <> 'CLOSED')::int as own from tickets where organization_id = $1`,
      [organization.id, bakers[2]],
    );
    expect(after).toEqual({ waiting: 4, own: 3 });
  });

  test('two queues that share their people do not overfill them either', async () => {
    const bakers = await staff(3);
    await makeQueue({ channels: ['EMAIL'], capacity: 2 });
    await makeQueue({ channels: ['CALL'], capacity: 2, strategy: 'LEAST_BUSY' });
    await Promise.all(Array.from({ length: 16 }, (_, at) => open({ channel: at % 2 ? 'EMAIL' : 'CALL' })));
    const counts = await sql(
      'select count(*)::int as count from tickets where organization_id = $1 and assignee_id is not null group by assignee_id',
      [organization.id],
    );
    expect(counts).toEqual(bakers.map(() => ({ count: 2 })));
  });

  test('sends on what waits too long, or finds nobody there', async () => {
    const other = await makeTeam('Second line');
    const [first] = await staff(1);
    const [second] = await staff(1, other);
    const overflow = await makeQueue({
      name: 'Second',
      teamId: publicId('team', other),
      position: 9,
      channels: ['FAX'],
    });
    const queueId = await makeQueue({
      name: 'First',
      position: 1,
      capacity: 1,
      overflowQueueId: overflow,
      overflowAfterMinutes: 10,
    });
    const [taken, waiting] = [await open(), await open()];
    expect(taken.assignee.id).toBe(member(first!));
    expect(waiting).toMatchObject({ assignee: null, queue: { id: queueId } });
    await sweep();
    expect((await look(waiting.id)).queue.id).toBe(queueId);
    await sql(`update queue_waiting set since = since - interval '11 minutes' where organization_id = $1`, [
      organization.id,
    ]);
    await sweep();
    expect(await look(waiting.id)).toMatchObject({
      queue: { id: overflow },
      team: { name: 'Second line' },
      assignee: { id: member(second!) },
    });
    await done('setAvailability', { memberId: member(first!), status: 'AWAY' });
    expect(await open()).toMatchObject({ queue: { name: 'Second' }, assignee: { id: member(second!) } });
    expect(errorsOf(await act('updateQueue', { id: overflow, overflowQueueId: queueId }))).toEqual([
      'overflowQueueId NOT_ALLOWED',
    ]);
  });

  test('that gets no tickets any more keeps none that wait', async () => {
    const [ana] = await staff(1);
    const own = await organization.as('AGENT', { memberId: ana!, teamIds: [teamId] });
    await done('setAvailability', { status: 'BUSY' }, own);
    const old = await makeQueue({ name: 'Old', position: 1 });
    const next = await makeQueue({ name: 'Next', position: 2 });
    const waiting = await open();
    expect(waiting).toMatchObject({ assignee: null, queue: { id: old } });
    await work('queues.assign');
    await done('updateQueue', { id: old, isActive: false });
    expect(await work('queues.assign')).toBe(1);
    expect(await look(waiting.id)).toMatchObject({ assignee: null, queue: { id: next } });
    await done('setAvailability', { status: 'AVAILABLE' }, own);
    await work('queues.assign');
    expect((await look(waiting.id)).assignee.id).toBe(member(ana!));
    // Nor does a rule send any there.
    const { createEscalationRule } = await manager.data(
      `mutation ($input: CreateEscalationRuleInput!) { createEscalationRule(input: $input) { rule { id } userErrors { field code } } }`,
      { input: { name: 'Late', trigger: 'UNTOUCHED', minutes: 0, note: 'Late', queueId: old } },
    );
    expect(createEscalationRule.userErrors).toEqual([]);
    const late = await open();
    await watchDeadlines(product.app.database, openLogger('silent'), new AbortController().signal);
    expect(await look(late.id)).toMatchObject({ assignee: { id: member(ana!) }, queue: { id: next } });
  });

  test('is swept although another organisation cannot be', async () => {
    const stuck = await product.organization();
    const [ana] = await staff(1);
    await makeQueue();
    const ticket = await open({ assigneeId: member(ana!) });
    const wakesIn = async (organizationId: string, id: string) =>
      sql(`update tickets set snoozed_until = now() - interval '1 second' where organization_id = $1 and id = $2`, [
        organizationId,
        id,
      ]);
    const { openTicket } = await (await stuck.as('MANAGER')).data(
      'mutation { openTicket(input: { subject: "Nobody can change this" }) { ticket { id } } }',
    );
    await wakesIn(stuck.id, storedId('ticket', openTicket.ticket.id)!);
    await wakesIn(organization.id, storedId('ticket', ticket.id)!);
    await sql(
      `create function refuse_wake() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await sql(
      `create trigger refuse_wake before update on tickets for each row when (old.organization_id = '${stuck.id}') execute function refuse_wake()`,
    );
    try {
      await sweep();
      expect((await look(ticket.id)).snoozedUntil).toBeNull();
    } finally {
      await sql('drop function refuse_wake cascade');
    }
  });

  test('gives nobody a ticket outside of its hours, and what waited when it opens', async () => {
    const [ana] = await staff(1);
    const calendarId = newId();
    await sql(
      `insert into business_calendars (organization_id, id, name, time_zone) values ($1, $2, 'Shop', 'Europe/Madrid')`,
      [organization.id, calendarId],
    );
    await makeQueue({ businessCalendarId: publicId('business_calendar', calendarId) });
    const ticket = await open();
    expect(ticket).toMatchObject({ assignee: null, team: { name: 'Masa madre' } });
    await sql('update business_calendars set is_always_open = true where organization_id = $1', [organization.id]);
    await sweep();
    expect((await look(ticket.id)).assignee.id).toBe(member(ana!));
    expect(
      errorsOf(
        await act('createQueue', {
          name: 'Night',
          teamId: publicId('team', teamId),
          businessCalendarId: publicId('business_calendar', newId()),
        }),
      ),
    ).toEqual(['businessCalendarId NOT_FOUND']);
  });

  test('gives what waits to who becomes available, the most urgent first', async () => {
    const [ana] = await staff(1);
    const own = await organization.as('AGENT', { memberId: ana!, teamIds: [teamId] });
    await makeQueue({ capacity: 2 });
    await done('setAvailability', { status: 'BUSY' }, own);
    const [low, normal, urgent] = [await open({ priority: 'LOW' }), await open(), await open({ priority: 'URGENT' })];
    expect([low, normal, urgent].map(({ assignee }) => assignee)).toEqual([null, null, null]);
    await work('queues.assign');
    const set = await done('setAvailability', { status: 'AVAILABLE', capacities: [{ channel: 'CHAT', most: 0 }] }, own);
    expect(set.member.availability).toEqual({
      status: 'AVAILABLE',
      isPresent: true,
      capacities: [{ channel: 'CHAT', most: 0 }],
    });
    expect(await work('queues.assign')).toBe(1);
    const now = await Promise.all([low, normal, urgent].map(({ id }) => look(id)));
    expect(now.map(({ assignee }) => assignee?.id ?? null)).toEqual([null, member(ana!), member(ana!)]);
    await done('updateQueue', { id: urgent.queue.id, capacity: null });
    expect((await open({ channel: 'CHAT' })).assignee).toBeNull();
    await work('queues.assign');
    expect((await look(low.id)).assignee.id).toBe(member(ana!));
  });

  test('is asked in the same number of statements, however many tickets there are, and in one look where there is none', async () => {
    const count = async (tickets: number) =>
      (
        await statementsOf(() =>
          product.app.database.write(scope(), async tx => {
            const { openTickets } = await import('../../src/modules/support/tickets/opening.service.js');
            await openTickets(
              tx,
              Array.from({ length: tickets }, () => ({ subject: 'Bread', channel: TicketChannel.MANUAL })),
            );
          }),
        )
      ).filter(text =>
        /support_queues|queue_turns|member_absences|for no key update|update tickets t set queue_id|group by 1, 2/.test(
          text,
        ),
      ).length;
    expect(await count(3)).toBe(1);
    await staff(3);
    await makeQueue({ capacity: 100 });
    const few = await count(2);
    expect(await count(60)).toBe(few);
    expect(few).toBeLessThan(10);
  });

  test('tells when it, or who works in it, changes, and refuses a change of an older version', async () => {
    const [ana] = await staff(1);
    const queueId = await makeQueue({ name: 'Bread' });
    await toldSoFar(product);
    const changes = subscribe(url, manager.authorization, 'subscription { queueChanged { queueId queue { name } } }');
    await eventually(() => product.app.hub.subscribers === 1);
    await done('updateQueue', { id: queueId, name: 'Cakes', version: 1 });
    expect(errorsOf(await act('updateQueue', { id: queueId, name: 'Pies', version: 1 }))).toEqual(['version CONFLICT']);
    await done('setAvailability', { memberId: member(ana!), status: 'BUSY' });
    const received = await changes.until(all => all.length === 2);
    expect(received.map(({ queueChanged }) => queueChanged)).toEqual([
      { queueId, queue: { name: 'Cakes' } },
      { queueId, queue: { name: 'Cakes' } },
    ]);
    await changes.close();
    expect(errorsOf(await act('createQueue', { name: 'Cakes', teamId: publicId('team', teamId) }))).toEqual([
      'name TAKEN',
    ]);
  });
});

describe('a ticket', () => {
  test('is taken by whoever is quicker, and the other is told who was', async () => {
    const [ana, bea] = await staff(2);
    const queueId = await makeQueue({ strategy: 'MANUAL' });
    const clients = await Promise.all(
      [ana!, bea!].map(memberId => organization.as('AGENT', { memberId, teamIds: [teamId] })),
    );
    const ticket = await open();
    const answers = await Promise.all(clients.map(client => act('takeTicket', { ticketId: ticket.id }, client)));
    expect(answers.map(errorsOf).sort()).toEqual([[], ['ticketId CONFLICT']]);
    const loser = answers.find(({ userErrors }) => userErrors.length > 0);
    expect(loser.userErrors[0].message).toMatch(/^Baker [12] has it already\.$/);
    const holder = answers.findIndex(({ userErrors }) => userErrors.length === 0);
    await done('takeTicket', { ticketId: ticket.id }, clients[holder]!);
    expect(errorsOf(await act('takeTicket', { ticketId: ticket.id }))).toEqual(['memberId REQUIRED']);
    expect(errorsOf(await act('takeTicket', { ticketId: ticket.id, memberId: member(bea!) }, clients[0]!))).toEqual([
      'memberId NOT_ALLOWED',
    ]);

    const waiting = [await open({ priority: 'LOW' }), await open(), await open({ priority: 'URGENT' })];
    const next = await Promise.all(clients.map(client => act('takeNextTicket', { queueId }, client)));
    expect(next.map(({ ticket: { id } }) => id).sort()).toEqual([waiting[1].id, waiting[2].id].sort());
    expect((await done('takeNextTicket', { queueId }, clients[0]!)).ticket.id).toBe(waiting[0].id);
    expect((await done('takeNextTicket', { queueId }, clients[0]!)).ticket).toBeNull();
  });

  test('is handed over with a note that only staff sees, and not back to who gave it', async () => {
    const [ana, bea] = await staff(2);
    const queueId = await makeQueue({ strategy: 'LEAST_BUSY' });
    const ticket = await open({ assigneeId: member(ana!) });
    const agent = await organization.as('AGENT', { memberId: ana!, teamIds: [teamId] });
    await open({ assigneeId: member(bea!) });
    const moved = await done(
      'transferTicket',
      { ticketId: ticket.id, toQueueId: queueId, note: 'Ask for the invoice.' },
      agent,
    );
    expect(moved.ticket).toMatchObject({
      assignee: { id: member(bea!) },
      queue: { id: queueId },
      team: { name: 'Masa madre' },
    });
    const [note] = await sql('select kind, visibility, note, author from ticket_messages where organization_id = $1', [
      organization.id,
    ]);
    expect(note).toEqual({ kind: 'NOTE', visibility: 'INTERNAL', note: 'Ask for the invoice.', author: `user:${ana}` });
    const told = await sql(
      `select data ->> 'change' as change from events
        where organization_id = $1 and subject_id = $2 and type = 'ticket.changed' order by id`,
      [organization.id, storedId('ticket', ticket.id)],
    );
    expect(told.map(({ change }) => change)).toEqual(['OPENED', 'NOTED', 'ASSIGNED']);
    // Alone in a queue, one does not get back at once what one gave away; when nobody else comes, one does.
    await done('setAvailability', { memberId: member(bea!), status: 'AWAY' });
    await done('assignTicket', { ticketId: ticket.id, assigneeId: member(ana!) });
    expect(
      (await done('transferTicket', { ticketId: ticket.id, toQueueId: queueId }, agent)).ticket.assignee,
    ).toBeNull();
    expect(await work('queues.assign')).toBe(1);
    expect((await look(ticket.id)).assignee).toBeNull();
    await sql(`update queue_waiting set since = since - interval '11 minutes' where organization_id = $1`, [
      organization.id,
    ]);
    await sweep();
    expect((await look(ticket.id)).assignee.id).toBe(member(ana!));
    expect(errorsOf(await act('transferTicket', { ticketId: ticket.id }))).toEqual(['toMemberId REQUIRED']);
    expect(
      errorsOf(await act('transferTicket', { ticketId: ticket.id, toMemberId: member(ana!), toQueueId: queueId })),
    ).toContain('toMemberId INVALID');
    expect(errorsOf(await act('transferTicket', { ticketId: ticket.id, toMemberId: member(newId()) }))).toContain(
      'toMemberId NOT_FOUND',
    );
  });

  test('is given with many others, each by itself', async () => {
    const [ana] = await staff(1);
    const tickets = [await open(), await open()];
    const { results } = await done('assignTickets', {
      ticketIds: [tickets[0].id, publicId('ticket', newId()), tickets[1].id],
      assigneeId: member(ana!),
    });
    expect(results).toEqual([
      { index: 0, ticket: { id: tickets[0].id, assignee: { id: member(ana!) } }, userErrors: [] },
      { index: 1, ticket: null, userErrors: [{ field: 'ticketId', code: 'NOT_FOUND' }] },
      { index: 2, ticket: { id: tickets[1].id, assignee: { id: member(ana!) } }, userErrors: [] },
    ]);
    expect(
      errorsOf(await act('assignTicket', { ticketId: tickets[0].id, assigneeId: member(ana!), version: 1 })),
    ).toEqual(['version CONFLICT']);
  });

  test('that is put off wakes exactly once, and a word of its customer wakes it as well', async () => {
    const [ana] = await staff(1);
    const ticket = await open({ assigneeId: member(ana!) });
    expect(errorsOf(await act('snoozeTicket', { ticketId: ticket.id, until: '2020-01-01T00:00:00Z' }))).toEqual([
      'until INVALID',
    ]);
    await done('snoozeTicket', { ticketId: ticket.id, until: new Date(Date.now() + 3_600_000).toISOString() });
    const wake = queuesTasks(product.app.database)['queues.wake']!;
    const payload = { ticketId: storedId('ticket', ticket.id) };
    const job = { scope: scope(), signal: new AbortController().signal, log: undefined as never };
    await wake(payload, job);
    expect((await look(ticket.id)).snoozedUntil).not.toBeNull();
    await sql(`update tickets set snoozed_until = now() - interval '1 second' where organization_id = $1`, [
      organization.id,
    ]);
    await Promise.all([wake(payload, job), wake(payload, job), sweep()]);
    expect((await look(ticket.id)).snoozedUntil).toBeNull();
    const woken = () =>
      sql(`select 1 from events where organization_id = $1 and data ->> 'change' = 'WOKEN'`, [organization.id]);
    expect(await woken()).toHaveLength(1);
    await done('snoozeTicket', { ticketId: ticket.id, until: new Date(Date.now() + 3_600_000).toISOString() });
    await speak(ticket.id);
    expect((await look(ticket.id)).snoozedUntil).toBeNull();
    await wake(payload, job);
    expect(await woken()).toHaveLength(1);
  });

  test('goes past who is out of office, and leaves them when its customer speaks', async () => {
    const [ana, bea, leo] = await staff(3);
    const queueId = await makeQueue({ memberIds: [member(ana!), member(bea!)] });
    expect(errorsOf(await act('updateQueue', { id: queueId, memberIds: [member(ana!), member(newId())] }))).toEqual([
      'memberIds.1 NOT_FOUND',
    ]);
    const own = await organization.as('AGENT', { memberId: ana!, teamIds: [teamId] });
    const [kept, silent] = [await open(), await open({ assigneeId: member(ana!) })];
    expect(kept.assignee.id).toBe(member(ana!));
    const away = await done('setOutOfOffice', { delegateId: member(leo!), note: 'At the mill' }, own);
    expect(away.member).toEqual({
      id: member(ana!),
      availability: { isPresent: false },
      outOfOffice: { note: 'At the mill', delegate: { id: member(leo!) } },
    });
    for (const _ of [1, 2]) expect((await open()).assignee.id).toBe(member(bea!));
    // What a machine says is no word of the customer.
    await speak(kept.id, true);
    expect((await look(kept.id)).assignee.id).toBe(member(ana!));
    await speak(kept.id);
    expect(await look(kept.id)).toMatchObject({ assignee: { id: member(leo!) }, queue: { id: queueId } });
    expect((await look(silent.id)).assignee.id).toBe(member(ana!));
    await done('setOutOfOffice', {}, own);
    await speak(silent.id);
    expect((await look(silent.id)).assignee.id).toBe(member(bea!));
    // Also who is named when it is opened.
    expect((await open({ assigneeId: member(ana!) })).assignee.id).toBe(member(bea!));
    await done('endOutOfOffice', {}, own);
    expect((await open()).assignee.id).toBe(member(ana!));
    const other = await organization.as('AGENT', { memberId: bea!, teamIds: [teamId] });
    expect(errorsOf(await act('setOutOfOffice', { memberId: member(ana!) }, other))).toEqual(['memberId NOT_ALLOWED']);
    await done('setOutOfOffice', { memberId: member(bea!), startsAt: new Date(Date.now() + 86_400_000).toISOString() });
  });

  test('of somebody who left is not stuck', async () => {
    const [ana, bea] = await staff(2);
    await makeQueue({});
    const tickets = [await open({ assigneeId: member(ana!) }), await open({ assigneeId: member(ana!) })];
    await sql('update members set deactivated_at = now() where organization_id = $1 and id = $2', [
      organization.id,
      ana,
    ]);
    expect((await open()).assignee.id).toBe(member(bea!));
    await speak(tickets[0].id);
    expect((await look(tickets[0].id)).assignee.id).toBe(member(bea!));
    const answer = await done('reassignTickets', { fromMemberId: member(ana!), note: 'She left.' });
    expect(answer).toMatchObject({ reassignedCount: 1, remainingCount: 0 });
    expect((await look(tickets[1].id)).assignee.id).toBe(member(bea!));
    expect(errorsOf(await act('assignTicket', { ticketId: tickets[0].id, assigneeId: member(ana!) }))).toEqual([
      'assigneeId NOT_FOUND',
    ]);
  });

  test('that is opened again with nobody finds somebody', async () => {
    const ticket = await open();
    expect(ticket.assignee).toBeNull();
    await sql(`update tickets set status = 'SOLVED', solved_at = now() where organization_id = $1`, [organization.id]);
    const [ana] = await staff(1);
    await makeQueue({});
    await speak(ticket.id);
    expect(await look(ticket.id)).toMatchObject({ status: 'OPEN', assignee: { id: member(ana!) } });
  });

  test('tells its customer nothing of queues, and lets no customer work on it', async () => {
    await staff(1);
    await makeQueue({});
    const { createCustomer } = await manager.data(
      'mutation { createCustomer(input: { displayName: "Panadería Sol", kind: COMPANY }) { customer { id } } }',
    );
    const customerId = createCustomer.customer.id;
    const ticket = await open({ customerId });
    const customer = await organization.as('CUSTOMER', { customerId: storedId('customer', customerId)! });
    expect(await look(ticket.id, customer)).toMatchObject({ id: ticket.id, queue: null, team: null });
    for (const document of [
      '{ queues(first: 1) { totalCount } }',
      '{ skills(first: 1) { totalCount } }',
      `mutation { takeTicket(input: { ticketId: "${ticket.id}" }) { userErrors { code } } }`,
      `mutation { snoozeTicket(input: { ticketId: "${ticket.id}" }) { userErrors { code } } }`,
      `mutation { transferTicket(input: { ticketId: "${ticket.id}" }) { userErrors { code } } }`,
      'mutation { setAvailability(input: { status: BUSY }) { userErrors { code } } }',
    ]) {
      const result = await customer.send(document);
      expect([document, result.errors?.[0]?.extensions?.['code']]).toEqual([document, 'FORBIDDEN']);
    }
  });
});
