import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PostKind } from '../../src/ingest/connector.js';
import { TicketMessageKind, TicketMessageVisibility } from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';
import { errorsOf, type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let manager: Client;
let customerId: string;
let own: Client;
let t: Ticketing;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  customerId = await aCustomer('Horno Lía');
  own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
  t = ticketingOf(product, organization, manager, customerId);
});

async function aCustomer(displayName: string): Promise<string> {
  const { createCustomer } = await manager.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { displayName } },
  );
  return createCustomer.customer.id;
}

async function aTeam(name: string): Promise<string> {
  const id = newId();
  await t.sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [id, name]);
  return id;
}

describe('people with the same rights', () => {
  const WATCH = 'subscription { ticketChanged { change ticket { id draft { text } unseenCount } } }';

  test('are each told of their own drafts and of what they have not seen themselves', async () => {
    const [leo, ana] = await Promise.all(
      ['Leo', 'Ana'].map(async name =>
        organization.as('MANAGER', { memberId: await organization.member(name, 'MANAGER') }),
      ),
    );
    const { id } = await t.open();
    await t.say(id);
    await t.act('saveTicketDraft', { ticketId: id, text: 'The words of Leo' }, 'draft { text }', leo);
    await t.act('markTicketSeen', { ticketId: id }, 'ticket { id }', leo);
    await toldSoFar(product);
    const subscribers = [leo!, ana!].map(one => subscribe<any>(url, one.authorization, WATCH));
    await eventually(() => product.app.hub.subscribers === 2);
    await t.act('updateTicket', { id, subject: 'The oven is hot' });
    const [first, second] = await Promise.all(subscribers.map(one => one.until(received => received.length > 0)));
    expect(first![0].ticketChanged.ticket).toEqual({ id, draft: { text: 'The words of Leo' }, unseenCount: 0 });
    expect(second![0].ticketChanged.ticket).toEqual({ id, draft: null, unseenCount: 1 });
    await Promise.all(subscribers.map(one => one.close()));
  });

  test('are each told of what they follow themselves', async () => {
    const leo = await organization.as('MANAGER', { memberId: await organization.member('Leo', 'MANAGER') });
    const [followed, other] = [await t.open(), await t.open()];
    await t.act('followTicket', { id: followed.id }, 'ticket { id }', leo);
    await toldSoFar(product);
    const subscriber = subscribe<any>(
      url,
      leo.authorization,
      'subscription { ticketChanged(filter: { followedByMe: true }) { ticket { id } } }',
    );
    await eventually(() => product.app.hub.subscribers === 1);
    for (const { id } of [other, followed]) await t.act('updateTicket', { id, subject: 'The oven is hot' });
    const [told] = await subscriber.until(received => received.length > 0, 5);
    expect(told.ticketChanged.ticket.id).toBe(followed.id);
    await subscriber.close();
  });
});

describe('a ticket that is for another team', () => {
  test('is answered to the agent who opens it or hands it over, who follows it', async () => {
    const [ovens, shops] = [await aTeam('Ovens'), await aTeam('Shops')];
    const memberId = await organization.member('Leo', 'AGENT');
    const leo = await organization.as('AGENT', { memberId, teamIds: [ovens] });
    const opened = await t.open({ teamId: publicId('team', shops) }, leo);
    expect(opened).toMatchObject({ id: expect.any(String), number: expect.any(String) });
    expect(await t.see(opened.id, 'followers { id }')).toEqual({ followers: [{ id: publicId('member', memberId) }] });
    const [kept, left, ours] = await Promise.all([0, 1, 2].map(() => t.open({ teamId: publicId('team', ovens) }, leo)));
    expect(await t.see(ours.id, 'followers { id }')).toEqual({ followers: [] });
    const to = { toTeamId: publicId('team', shops) };
    const handed = await t.act('transferTicket', { ticketId: kept.id, ...to }, 'ticket { id team { id } }', leo);
    expect(handed).toEqual({ ticket: { id: kept.id, team: { id: to.toTeamId } }, userErrors: [] });
    const given = await t.act(
      'transferTicket',
      { ticketId: left.id, ...to, keepFollowing: false },
      'ticket { id }',
      leo,
    );
    expect(given).toEqual({ ticket: null, userErrors: [] });
    expect(await t.see(left.id, 'id', leo)).toBeNull();
  });
});

describe('a ticket that is closed with its parts', () => {
  test('closes none that whoever closes it may not see, and says nothing of them', async () => {
    const [mine, theirs] = [await t.open(), await t.open({ customerId: await aCustomer('Horno Gil') })];
    await t.act('updateTicket', { id: theirs.id, parentId: mine.id });
    const closed = await t.act('closeTicket', { id: mine.id }, 'ticket { status }', own);
    expect(closed).toEqual({ ticket: { status: 'CLOSED' }, userErrors: [] });
    expect((await t.see(theirs.id, 'status')).status).toBe('NEW');
    const again = await t.open();
    await t.act('updateTicket', { id: theirs.id, parentId: again.id });
    await t.act('closeTicket', { id: again.id, closeParts: true }, 'ticket { status }', own);
    expect((await t.see(theirs.id, 'status')).status).toBe('NEW');
  });

  test('closes none of another team’s for an agent', async () => {
    const [ovens, shops] = [await aTeam('Ovens'), await aTeam('Shops')];
    const agent = await organization.as('AGENT', { memberId: await organization.member('Eva'), teamIds: [ovens] });
    const mine = await t.open({ teamId: publicId('team', ovens) });
    const [seen, unseen] = [
      await t.open({ teamId: publicId('team', ovens) }),
      await t.open({ teamId: publicId('team', shops) }),
    ];
    for (const { id } of [seen, unseen]) await t.act('updateTicket', { id, parentId: mine.id });
    const asked = await t.act('closeTicket', { id: mine.id }, 'ticket { id }', agent);
    expect(asked.userErrors[0].message).toMatch(/^1 of its parts/);
    await t.act('closeTicket', { id: mine.id, closeParts: true }, 'ticket { id }', agent);
    expect((await t.see(seen.id, 'status')).status).toBe('CLOSED');
    expect((await t.see(unseen.id, 'status')).status).toBe('NEW');
  });
});

describe('a customer', () => {
  test('is not told who of us answered, nor that a ticket is put off, and finds none by either', async () => {
    const memberId = await organization.member('Eva');
    const { id } = await t.open();
    await t.say(id, {
      kind: TicketMessageKind.AGENT,
      author: `user:${memberId}`,
      note: 'It is on its way.',
      visibility: TicketMessageVisibility.PRIVATE,
    });
    await t.sql(
      `update tickets set snoozed_until = now() + interval '1 day', assignee_id = $3 where organization_id = $1 and id = $2`,
      [uuid(id), memberId],
    );
    const FIELDS = 'snoozedUntil assignee { id } messages(first: 5) { edges { node { text author } } }';
    const member = publicId('member', memberId);
    const said = (author: string | null) => ({ edges: [{ node: { text: 'It is on its way.', author } }] });
    expect(await t.see(id, FIELDS)).toEqual({
      snoozedUntil: expect.any(String),
      assignee: { id: member },
      messages: said(member),
    });
    expect(await t.see(id, FIELDS, own)).toEqual({ snoozedUntil: null, assignee: null, messages: said(null) });
    for (const filter of [{ assigneeId: { eq: member } }, { isUnassigned: false }, { snoozed: true }]) {
      const asked = await own.send('query ($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }', {
        filter,
      });
      expect({ filter, code: asked.errors?.[0]?.extensions?.['code'] }).toEqual({ filter, code: 'FORBIDDEN' });
    }
  });

  test('that was deleted sees nothing any more by the key that acts for it', async () => {
    const { id } = await t.open();
    expect((await t.see(id, 'id', own)).id).toBe(id);
    await manager.data(
      'mutation ($input: CustomerIdInput!) { deleteCustomer(input: $input) { userErrors { code } } }',
      {
        input: { id: customerId },
      },
    );
    await eventually(async () => (await own.send('{ tickets { totalCount } }')).errors !== undefined, 9);
  });

  test('uploads so much a day and no more, also when none of it is used', async () => {
    const upload = (by: Client, bytes: Buffer) =>
      product.app.server.fastify.inject({
        method: 'POST',
        url: '/support/attachments?name=photo.bin',
        headers: { authorization: by.authorization, 'content-type': 'text/plain', 'x-requested-with': 'test' },
        payload: bytes,
      });
    const first = await upload(own, Buffer.from('x'));
    expect(first.statusCode).toBe(201);
    await t.sql(
      `insert into media_files (organization_id, id, sha256, type, size, bytes)
       select $1, $2, sha256(convert_to('big', 'UTF8')), 'text/plain', 300000000, 'big'`,
      [newId()],
    );
    await t.sql(
      `update ticket_attachments set file_id = (select id from media_files where organization_id = $1 and size = 300000000)
        where organization_id = $1`,
    );
    const refused = await upload(own, Buffer.from('another'));
    expect(refused.statusCode).toBe(429);
    expect(refused.json().errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect((await upload(manager, Buffer.from('ours'))).statusCode).toBe(201);
    await t.sql(`update ticket_attachments set created_at = now() - interval '25 hours' where organization_id = $1`);
    expect((await upload(own, Buffer.from('tomorrow'))).statusCode).toBe(201);
  });

  test('is not shown what another said in private, and may be what was said in the open', async () => {
    const other = await aCustomer('Horno Gil');
    const post = async (id: string, kind: PostKind) => {
      await accept(product, organization, [mention(id, { kind, handle: 'gil', text: 'My words' })]);
      await t.sql('update social_identities set customer_id = $2 where organization_id = $1 and handle = $3', [
        uuid(other),
        'gil',
      ]);
      const [row] = await t.sql('select id from posts where organization_id = $1 and external_id = $2', [id]);
      return publicId('post', row.id);
    };
    const { id: ticketId } = await t.open();
    const add = async (postId: string) => errorsOf(await t.act('addPostToTicket', { ticketId, postId }));
    expect(await add(await post('dm', PostKind.DIRECT_MESSAGE))).toEqual(['postId NOT_ALLOWED']);
    expect(await t.see(ticketId, 'messages { totalCount }', own)).toEqual({ messages: { totalCount: 0 } });
    expect(await add(await post('open', PostKind.MENTION))).toEqual([]);
    expect(await t.see(ticketId, 'messages { totalCount }', own)).toEqual({ messages: { totalCount: 1 } });
  });

  test('reads nothing of what was said with another who had its ticket before, and finds nothing by it', async () => {
    const { id } = await t.open({ customerId: undefined, description: 'My oven smokes' }, own);
    const say = (text: string, by: Client) =>
      t.act('replyToTicket', { ticketId: id, text }, 'message { text } userErrors { code }', by);
    await say('It smokes again', own);
    await t.say(id, { kind: TicketMessageKind.AGENT, note: 'We are on our way, Lía', state: 'KEPT' });
    const otherId = await aCustomer('Horno Gil');
    const other = await organization.as('CUSTOMER', { customerId: uuid(otherId) });
    await t.act('updateTicket', { id, customerId: otherId });
    const FIELDS = 'description messageCount messages(first: 9) { totalCount edges { node { text } } }';
    expect(await t.see(id, FIELDS, other)).toEqual({
      description: null,
      messageCount: 0,
      messages: { totalCount: 0, edges: [] },
    });
    await say('Hello', other);
    await t.say(id, { kind: TicketMessageKind.AGENT, note: 'Hello, Gil', state: 'KEPT' });
    const texts = async (by: Client) => (await t.see(id, FIELDS, by)).messages.edges.map(({ node }: any) => node.text);
    expect(await texts(other)).toEqual(['Hello', 'Hello, Gil']);
    const found = async (search: string, by: Client) =>
      (
        await by.data('query ($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }', {
          filter: { search },
        })
      ).tickets.totalCount;
    expect(await found('smokes', other)).toBe(0);
    expect(await found('smokes', manager)).toBe(1);
    expect(await found('hello', other)).toBe(1);
    expect(await t.see(id, 'messageCount', manager)).toEqual({ messageCount: 5 });
    await t.act('updateTicket', { id, customerId });
    expect(await texts(own)).toEqual(['My oven smokes', 'It smokes again', 'We are on our way, Lía']);
    expect(await t.see(id, 'description', own)).toEqual({ description: 'My oven smokes' });
  });

  test('keeps what it said, and is read by nobody else, when it is merged with another and separated again', async () => {
    const { id } = await t.open({ customerId: undefined, description: 'My oven smokes' }, own);
    const heirId = await aCustomer('Horno Lía e hijos');
    const merging = await manager.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { code } } }',
      { input: { survivorId: heirId, mergedIds: [customerId] } },
    );
    const heir = await organization.as('CUSTOMER', { customerId: uuid(heirId) });
    expect(await t.see(id, 'messageCount', heir)).toEqual({ messageCount: 1 });
    await t.act('undoMerge', { mergeId: merging.mergeCustomers.mergeId }, 'userErrors { code }');
    expect(await t.see(id, 'messageCount', heir)).toBeNull();
    expect(await t.see(id, 'messageCount', own)).toEqual({ messageCount: 1 });
  });

  test('is forgotten with what it said in a ticket that went to another', async () => {
    const { id } = await t.open({ customerId: undefined, description: 'My oven smokes' }, own);
    await t.act('updateTicket', { id, customerId: await aCustomer('Horno Gil'), description: null });
    await t.say(id, { note: 'Mine is cold' });
    await (await organization.as('OWNER')).data(
      'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { field code } } }',
      { id: customerId },
    );
    const { messages } = await t.see(id, 'messages(first: 9) { edges { node { text } } }');
    expect(messages.edges.map(({ node }: any) => node.text)).toEqual(['', 'Mine is cold']);
  });

  test('is not shown what staff wrote down of its ticket, and counts the messages it sees', async () => {
    const { id } = await t.open({ description: 'She shouts' });
    await t.say(id, { kind: TicketMessageKind.AGENT, note: 'Never mind', state: 'CANCELLED' as never });
    await t.say(id, { kind: TicketMessageKind.AGENT, note: 'Tomorrow', state: 'SCHEDULED' as never });
    await t.say(id, { kind: TicketMessageKind.AGENT, note: 'We are coming', state: 'KEPT' });
    expect(await t.see(id, 'description messageCount', own)).toEqual({ description: null, messageCount: 1 });
    expect((await t.see(id, 'description')).description).toBe('She shouts');
    const { myExport } = await own.data('{ myExport }');
    expect(JSON.stringify(myExport)).toContain('We are coming');
    expect(JSON.stringify(myExport)).not.toContain('She shouts');
  });

  test('finds nothing by what staff saved as a view', async () => {
    const { view } = await t.act(
      'createTicketView',
      { name: 'Difficult', isForEverybody: true, filter: { priority: { eq: 'LOW' } } },
      'view { id }',
    );
    const asked = await own.send('query ($viewId: ID) { tickets(viewId: $viewId) { totalCount } }', {
      viewId: view.id,
    });
    expect(asked.errors?.[0]?.message).toBe('There is no such view, or you may not see it.');
  });
});
