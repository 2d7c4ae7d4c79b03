import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { closeSolved } from '../../src/modules/support/tickets/autoclose.service.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { errorsOf, type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

let product: TestApp;
let organization: TestOrganization;
let manager: Client;
let customerId: string;
let t: Ticketing;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('OWNER');
  const { createCustomer } = await manager.data(
    `mutation { createCustomer(input: { displayName: "Panadería Sol", kind: COMPANY }) { customer { id } } }`,
  );
  customerId = createCustomer.customer.id;
  t = ticketingOf(product, organization, manager, customerId);
});

const TEXTS = 'messages(first: 20) { edges { node { id text } } }';
const texts = async (id: string): Promise<string[]> =>
  (await t.see(id, TEXTS)).messages.edges.map(({ node }: any) => node.text);

/** A post that was kept, by its text: stored ids of it and of its conversation. */
async function post(id: string, text: string): Promise<{ postId: string; conversationId: string }> {
  await accept(product, organization, [mention(id, { text, handle: `somebody${id}` })]);
  const [row] = await t.sql(
    'select id as "postId", conversation_id as "conversationId" from posts where organization_id = $1 and external_id = $2',
    [id],
  );
  return row;
}

describe('merging tickets', () => {
  test('takes everything over, also what is said later, and is undone', async () => {
    const memberId = await organization.member('Eva');
    const [kept, gone, linked, part] = [
      await t.open(),
      await t.open({ tags: ['cold'] }),
      await t.open(),
      await t.open(),
    ];
    await t.act('updateTicket', { id: part.id, parentId: gone.id });
    await t.act('followTicket', { id: gone.id, memberId: organization.publicId('member', memberId) });
    await t.act('linkTickets', { fromId: gone.id, toId: linked.id, kind: 'CAUSED_BY' });
    await t.say(kept.id, { note: 'first', occurredAt: new Date('2026-11-01T10:00:00Z') });
    await t.say(kept.id, { kind: 'AGENT' as never, note: 'answered', occurredAt: new Date('2026-11-01T10:01:00Z') });
    const said = await post('1', 'second');
    await t.say(gone.id, { ...said, note: null, occurredAt: new Date('2026-11-01T10:02:00Z') });
    const { ticket } = await t.act('mergeTickets', { survivorId: kept.id, mergedId: gone.id, reason: 'The same oven' });
    expect(ticket).toMatchObject({ id: kept.id, status: 'OPEN' });
    expect(await texts(kept.id)).toEqual(['first', 'answered', 'second']);
    const FIELDS = `status tags mergedInto { id } followers { name } links { kind direction ticket { id } } messageCount
      parts(first: 5) { edges { node { id } } } history(first: 20) { edges { node { change reason other { id } } } }`;
    expect(await t.see(kept.id, FIELDS)).toMatchObject({
      tags: ['cold'],
      followers: [{ name: 'Eva' }],
      links: [{ kind: 'CAUSED_BY', direction: 'TO', ticket: { id: linked.id } }],
      messageCount: 3,
      parts: { edges: [{ node: { id: part.id } }] },
    });
    const merged = await t.see(gone.id, FIELDS);
    expect(merged).toMatchObject({ status: 'CLOSED', mergedInto: { id: kept.id }, messageCount: 0 });
    expect(merged.history.edges.map(({ node }: any) => node)).toContainEqual({
      change: 'MERGED',
      reason: 'The same oven',
      other: { id: kept.id },
    });
    // Whoever still speaks to the one that was merged is heard in the other.
    await t.say(gone.id, { note: 'third', occurredAt: new Date('2026-11-01T10:03:00Z') });
    const again = await t.sql(
      'select ticket_id as id from ticket_conversations where organization_id = $1 and conversation_id = $2',
      [said.conversationId],
    );
    expect(again).toEqual([{ id: uuid(kept.id) }]);
    expect((await texts(kept.id)).length).toBe(4);

    const undone = await t.act('unmergeTicket', { id: gone.id });
    expect(undone.ticket).toMatchObject({ id: gone.id, status: 'NEW' });
    expect(await texts(gone.id)).toEqual(['second']);
    expect(await texts(kept.id)).toEqual(['first', 'answered', 'third']);
    expect(await t.see(kept.id, FIELDS)).toMatchObject({ followers: [], links: [], parts: { edges: [] } });
    expect(await t.see(gone.id, FIELDS)).toMatchObject({
      mergedInto: null,
      parts: { edges: [{ node: { id: part.id } }] },
    });
    expect(errorsOf(await t.act('unmergeTicket', { id: gone.id }))).toEqual(['id NOT_FOUND']);
  });

  test('two ways at once does one of them', async () => {
    for (let round = 0; round < 3; round++) {
      const [one, two] = [await t.open(), await t.open()];
      await Promise.all([t.say(one.id, { note: 'one' }), t.say(two.id, { note: 'two' })]);
      const payloads = await Promise.all([
        t.act('mergeTickets', { survivorId: one.id, mergedId: two.id }),
        t.act('mergeTickets', { survivorId: two.id, mergedId: one.id }),
        t.say(one.id, { note: 'meanwhile' }),
        t.say(two.id, { note: 'meanwhile' }),
      ]);
      const errors = payloads.slice(0, 2).map(payload => errorsOf(payload as never));
      expect(errors.filter(all => all.length === 0)).toHaveLength(1);
      const survivor = errors[0]!.length === 0 ? one : two;
      expect((await texts(survivor.id)).sort()).toEqual(['meanwhile', 'meanwhile', 'one', 'two']);
    }
  });

  test('is refused where it would show one customer what another said, or go round', async () => {
    const other = await manager.data(
      'mutation { createCustomer(input: { displayName: "Horno Gil" }) { customer { id } } }',
    );
    const [one, two, theirs] = [
      await t.open(),
      await t.open(),
      await t.open({ customerId: other.createCustomer.customer.id }),
    ];
    const merge = async (survivorId: string, mergedId: string) =>
      errorsOf(await t.act('mergeTickets', { survivorId, mergedId }));
    expect(await merge(one.id, theirs.id)).toEqual(['mergedId NOT_ALLOWED']);
    expect(await merge(one.id, one.id)).toEqual(['mergedId INVALID']);
    const below = await t.open({ parentId: two.id });
    const deep = await t.open({ parentId: below.id });
    expect(await merge(deep.id, two.id)).toEqual([]);
    expect(await t.see(deep.id, 'parent { id } parts(first: 5) { edges { node { id } } }')).toEqual({
      parent: null,
      parts: { edges: [{ node: { id: below.id } }] },
    });
    expect(await merge(one.id, two.id)).toEqual(['mergedId NOT_ALLOWED']);
    expect(await merge(two.id, one.id)).toEqual(['survivorId NOT_ALLOWED']);
  });
});

describe('a ticket', () => {
  test('is split: what is named goes to a new one that is linked to it', async () => {
    const { id } = await t.open();
    const [first, second] = [await post('1', 'the oven'), await post('2', 'the invoice')];
    await t.say(id, { ...first, note: null, occurredAt: new Date('2026-11-01T10:00:00Z') });
    await t.say(id, { ...second, note: null, occurredAt: new Date('2026-11-01T10:01:00Z') });
    const { messages } = await t.see(id, TEXTS);
    const ids = messages.edges.map(({ node }: any) => node.id);
    const split = (messageIds: string[]) => t.act('splitTicket', { id, messageIds, subject: 'The invoice' });
    expect(errorsOf(await split(ids))).toEqual(['messageIds NOT_ALLOWED']);
    expect(errorsOf(await split(['ticket_message_00000000000000000000000000']))).toEqual(['messageIds.0 NOT_FOUND']);
    const { ticket } = await split([ids[1]]);
    expect(ticket.id).not.toBe(id);
    expect(await texts(id)).toEqual(['the oven']);
    expect(await texts(ticket.id)).toEqual(['the invoice']);
    expect(
      await t.see(ticket.id, 'status customer { id } links { kind direction ticket { id } } openedAt'),
    ).toMatchObject({
      status: 'NEW',
      customer: { id: customerId },
      links: [{ kind: 'SPLIT_FROM', direction: 'TO', ticket: { id } }],
    });
    const threads = await t.sql(
      'select ticket_id as id from ticket_conversations where organization_id = $1 and conversation_id = $2',
      [second.conversationId],
    );
    expect(threads).toEqual([{ id: uuid(ticket.id) }]);
  });

  test('with open parts asks before it is closed, and is never a part of itself', async () => {
    const top = await t.open();
    const part = await t.open({ parentId: top.id });
    expect(errorsOf(await t.act('updateTicket', { id: top.id, parentId: part.id }))).toEqual(['parentId NOT_ALLOWED']);
    const [one, two] = [await t.open(), await t.open()];
    const rounds = await Promise.all([
      t.act('updateTicket', { id: one.id, parentId: two.id }),
      t.act('updateTicket', { id: two.id, parentId: one.id }),
    ]);
    expect(rounds.flatMap(errorsOf)).toEqual(['parentId NOT_ALLOWED']);
    expect(errorsOf(await t.act('closeTicket', { id: top.id }))).toEqual(['closeParts REQUIRED']);
    expect((await t.act('closeTicket', { id: top.id, closeParts: true })).ticket.status).toBe('CLOSED');
    expect(await t.see(part.id, 'status')).toEqual({ status: 'CLOSED' });
  });

  test('has fields of its own, a category in the language of the reader, and a history with reasons', async () => {
    const define = (input: object) =>
      t.act('defineCustomField', { label: 'Model', type: 'TEXT', ...input }, 'customField { key subject }');
    const { customField } = await define({ key: 'model', subject: 'TICKET', required: true });
    expect(customField).toEqual({ key: 'model', subject: 'TICKET' });
    expect((await define({ key: 'model' })).customField.subject).toBe('CUSTOMER');
    expect(errorsOf(await t.act('openTicket', { subject: 'x' }))).toEqual(['customFields.model REQUIRED']);
    const { category } = await t.act(
      'createTicketCategory',
      { name: 'Ovens', names: [{ language: 'es', name: 'Hornos' }] },
      'category { id name label }',
    );
    expect(category).toMatchObject({ name: 'Ovens' });
    const memberId = organization.publicId('member', await organization.member('Eva'));
    const { id } = await t.open({ customFields: { model: 'X1' }, categoryId: category.id });
    await t.act('updateTicket', { id, assigneeId: memberId, reason: 'She knows ovens' });
    await t.act('solveTicket', { id, reason: 'Plugged in' });
    const shown = await t.see(
      id,
      'customFields category { label } history(first: 5) { edges { node { change by reason status fromStatus assignee { name } fromAssignee { name } } } }',
    );
    expect(shown).toMatchObject({ customFields: { model: 'X1' } });
    expect(
      shown.history.edges.map(({ node }: any) => [
        node.change,
        node.reason,
        node.status,
        node.fromStatus,
        node.assignee?.name,
      ]),
    ).toEqual([
      ['STATUS_CHANGED', 'Plugged in', 'SOLVED', 'NEW', 'Eva'],
      ['ASSIGNED', 'She knows ovens', 'NEW', 'NEW', 'Eva'],
      ['OPENED', null, 'NEW', null, undefined],
    ]);
    const byField = await manager.data(
      '{ tickets(filter: { customFields: [{ key: "model", eq: "X1" }] }) { totalCount } customFieldDefinitions(subject: TICKET) { key } }',
    );
    expect(byField).toEqual({ tickets: { totalCount: 1 }, customFieldDefinitions: [{ key: 'model' }] });
    await t.act('removeCustomField', { key: 'model', subject: 'TICKET' }, '');
    expect(await t.see(id, 'customFields')).toEqual({ customFields: {} });
  });

  test('that is solved is closed after as many days as the organisation says', async () => {
    const [old, recent] = [await t.open(), await t.open()];
    for (const { id } of [old, recent]) await t.act('solveTicket', { id });
    const age = (id: string, days: number) =>
      t.sql(`update tickets set solved_at = now() - $3 * interval '1 day' where organization_id = $1 and id = $2`, [
        uuid(id),
        days,
      ]);
    await age(old.id, 8);
    await age(recent.id, 3);
    await Promise.all([closeSolved(product.app.database), closeSolved(product.app.database)]);
    expect([await t.see(old.id, 'status'), await t.see(recent.id, 'status')]).toEqual([
      { status: 'CLOSED' },
      { status: 'SOLVED' },
    ]);
    const { settings } = await t.act(
      'updateTicketSettings',
      { closeSolvedAfterDays: 2 },
      'settings { closeSolvedAfterDays }',
    );
    expect(settings).toEqual({ closeSolvedAfterDays: 2 });
    await closeSolved(product.app.database);
    expect(await t.see(recent.id, 'status')).toEqual({ status: 'CLOSED' });
  });
});

describe('what is kept of a customer', () => {
  test('shows its tickets in the timeline and in the export, and forgets what they say when it is erased', async () => {
    const { id, number } = await t.open({ description: 'cold since Monday' });
    await t.say(id, { kind: 'NOTE' as never, visibility: 'INTERNAL' as never, note: 'a difficult person' });
    await t.act('solveTicket', { id, reason: 'Ana plugged it in' });
    const { customer, customerExport } = await manager.data(
      `query ($id: ID!) { customerExport(id: $id)
         customer(id: $id) { timeline(first: 10) { edges { node { __typename occurredAt summary ... on TicketSolved { ticket { number } } } } } } }`,
      { id: customerId },
    );
    expect(customer.timeline.edges.map(({ node }: any) => node.summary)).toEqual(
      expect.arrayContaining([
        `Opened ticket ${number}: The oven is cold`,
        `Solved ticket ${number}: The oven is cold`,
      ]),
    );
    expect(JSON.stringify(customerExport)).toContain('a difficult person');
    const { eraseCustomer } = await manager.data(
      'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { field code } } }',
      { id: customerId },
    );
    expect(eraseCustomer.userErrors).toEqual([]);
    const kept = await t.sql(
      `select (select string_agg(coalesce(subject, '') || coalesce(description, ''), '') from tickets where organization_id = $1) as said,
              (select string_agg(note, '') from ticket_messages where organization_id = $1) as notes,
              (select count(*)::integer from ticket_revisions where organization_id = $1 and reason is not null) as reasons,
              (select count(*)::integer from audit_entries where organization_id = $1 and (after::text like '%difficult%' or before::text like '%difficult%')) as audited`,
    );
    expect(kept).toEqual([{ said: '', notes: '', reasons: 0, audited: 0 }]);
  });
});
