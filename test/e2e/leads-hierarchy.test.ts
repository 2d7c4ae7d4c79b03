import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  url = await listen(app);
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);
const codes = (answer: { userErrors: { field: string; code: string }[] }) =>
  answer.userErrors.map(({ field, code }) => `${field} ${code}`);
const publicOf = (prefix: string, id: string) => organization.publicId(prefix, id);

async function team(name: string, parent: string | null = null): Promise<string> {
  const id = newId();
  await sql('insert into teams (organization_id, id, name, parent_id) values ($1, $2, $3, $4)', [
    organization.id,
    id,
    name,
    parent,
  ]);
  return id;
}

interface Seller {
  id: string;
  client: Client;
}

async function seller(name: string, ...teamIds: string[]): Promise<Seller> {
  const id = await organization.member(name);
  return { id, client: await organization.as('AGENT', { memberId: id, teamIds }) };
}

async function lead(name: string, input: { ownerId?: string; teamId?: string } = {}): Promise<string> {
  const { createLead } = await owner.data(
    'mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } userErrors { field code } } }',
    {
      input: {
        name,
        ...(input.ownerId && { ownerId: publicOf('member', input.ownerId) }),
        ...(input.teamId && { teamId: publicOf('team', input.teamId) }),
      },
    },
  );
  return createLead.lead.id;
}

const namesSeen = async (client: Client, filter = ''): Promise<string[]> => {
  const { leads } = await client.data(
    `{ leads(orderBy: [{ field: NAME }]${filter}) { totalCount edges { node { name } } } }`,
  );
  const names = leads.edges.map((edge: { node: { name: string } }) => edge.node.name);
  expect(leads.totalCount).toBe(names.length);
  return names;
};

async function transfer(input: object, as = owner) {
  const { transferRecords } = await as.data(
    'mutation ($input: TransferRecordsInput!) { transferRecords(input: $input) { results { index recordId userErrors { field code } } userErrors { field code } } }',
    { input },
  );
  return transferRecords;
}

describe('the hierarchy of sales', () => {
  let north: string;
  let [boss, ana, luis, outsider]: Seller[] = [];

  beforeEach(async () => {
    const sales = await team('Ventas');
    north = await team('Norte', sales);
    const south = await team('Sur', sales);
    [boss, ana, luis, outsider] = [
      await seller('Jefa', sales),
      await seller('Ana', north),
      await seller('Luis', south),
      await seller('Eva'),
    ];
  });

  test('lets a manager see the tree below, each seller the own team, and siblings nothing of each other', async () => {
    await lead('of Ana', { ownerId: ana!.id });
    await lead('of Luis', { ownerId: luis!.id });
    await lead('of the north', { teamId: north });
    await lead('of the manager', { ownerId: boss!.id });
    await lead('of nobody');
    expect(await namesSeen(owner)).toHaveLength(5);
    expect(await namesSeen(boss!.client)).toEqual(['of Ana', 'of Luis', 'of nobody', 'of the manager', 'of the north']);
    expect(await namesSeen(ana!.client)).toEqual(['of Ana', 'of nobody', 'of the north']);
    expect(await namesSeen(luis!.client)).toEqual(['of Luis', 'of nobody']);
    expect(await namesSeen(outsider!.client)).toEqual(['of nobody']);
    expect(await namesSeen(luis!.client, `, filter: { ownerId: { eq: "${publicOf('member', ana!.id)}" } }`)).toEqual(
      [],
    );
  });

  test('holds for single records, for what is below them and for changes of them', async () => {
    const id = await lead('of Ana', { ownerId: ana!.id });
    const ask = 'query ($id: ID!) { lead(id: $id) { name history { totalCount } } node(id: $id) { id } }';
    expect(await boss!.client.data(ask, { id })).toEqual({
      lead: { name: 'of Ana', history: { totalCount: 1 } },
      node: { id },
    });
    expect(await luis!.client.data(ask, { id })).toEqual({ lead: null, node: null });
    const { lead: seen } = await owner.data(
      'query ($id: ID!) { lead(id: $id) { history { edges { node { id } } } } }',
      {
        id,
      },
    );
    const step = seen.history.edges[0].node.id;
    expect((await luis!.client.data('query ($id: ID!) { node(id: $id) { id } }', { id: step })).node).toBeNull();
    const change = 'mutation ($id: ID!) { updateLead(input: { id: $id, name: "x" }) { userErrors { field code } } }';
    expect(codes((await luis!.client.data(change, { id })).updateLead)).toEqual(['id NOT_FOUND']);
    expect(codes((await boss!.client.data(change, { id })).updateLead)).toEqual([]);
  });

  test('holds live: who may not see a lead does not hear of it', async () => {
    const document = 'subscription { leadChanged { leadId lead { name } } }';
    await toldSoFar(app);
    const listeners = [boss!, ana!, luis!].map(({ client }) => subscribe(url, client.authorization, document));
    await eventually(() => app.app.hub.subscribers === 3);
    await lead('of Ana', { ownerId: ana!.id });
    await lead('of nobody');
    const heard = await Promise.all(
      listeners.map(listener => listener.until(all => all.some(one => one.leadChanged.lead.name === 'of nobody'))),
    );
    expect(heard.map(all => [...new Set(all.map(one => one.leadChanged.lead.name))])).toEqual([
      ['of Ana', 'of nobody'],
      ['of Ana', 'of nobody'],
      ['of nobody'],
    ]);
    for (const listener of listeners) await listener.close();
  });

  test('is narrowed to the own, or widened to all, by the rules of the organisation', async () => {
    await lead('of Ana', { ownerId: ana!.id });
    await lead('of the north', { teamId: north });
    const rule = (scope: string) =>
      owner.data(
        `mutation { setAccessRule(input: { role: AGENT, kind: LEAD, scope: ${scope} }) { userErrors { code } } }`,
      );
    await rule('OWN');
    expect(await namesSeen(ana!.client)).toEqual(['of Ana']);
    expect(await namesSeen(boss!.client)).toEqual([]);
    await rule('ALL');
    expect(await namesSeen(luis!.client)).toHaveLength(2);
    await rule('NONE');
    expect(await namesSeen(ana!.client)).toEqual([]);
  });

  test('moves what is transferred, and keeps who had it', async () => {
    const id = await lead('of Ana', { ownerId: ana!.id, teamId: north });
    const { results } = await transfer({ ids: [id], toOwnerId: publicOf('member', luis!.id), reason: 'Moved south' });
    expect(results).toEqual([{ index: 0, recordId: id, userErrors: [] }]);
    // The team stays only with somebody of it.
    expect(await namesSeen(ana!.client)).toEqual([]);
    expect(await namesSeen(luis!.client)).toEqual(['of Ana']);
    const data = await luis!.client.data(
      'query ($id: ID!) { lead(id: $id) { team { name } ownershipHistory { fromTeam { name } toTeam { name } reason } } }',
      { id },
    );
    expect(data.lead).toEqual({
      team: null,
      ownershipHistory: [{ fromTeam: { name: 'Norte' }, toTeam: null, reason: 'Moved south' }],
    });
    const refused = await transfer({ ids: [id], toOwnerId: publicOf('member', ana!.id) }, ana!.client);
    expect(codes(refused.results[0])).toEqual(['id NOT_FOUND']);
  });
});

describe('a transfer', () => {
  test('gives leads, customers and opportunities with their open quotes, each by itself', async () => {
    const ana = await organization.member('Ana');
    const id = await lead('Ana Gil');
    const { convertLead } = await owner.data(
      'mutation ($id: ID!) { convertLead(input: { id: $id }) { customer { id } opportunity { id } } }',
      { id },
    );
    const [customerId, opportunityId] = [convertLead.customer.id, convertLead.opportunity.id];
    for (const status of ['SENT', 'REJECTED'])
      await sql(
        `insert into quotes (organization_id, id, number, revision, status, customer_id, opportunity_id, currency, language, valid_until, subtotal, discount, net, tax, total, created_by)
         select organization_id, gen_random_uuid(), $2, 1, $2, customer_id, id, 'EUR', 'es', '2027-01-01', 0, 0, 0, 0, 0, 'system:test' from opportunities where organization_id = $1`,
        [organization.id, status],
      );
    const unknown = ['lead_01h455vb4pex5vsknk084sn02q', 'product_01h455vb4pex5vsknk084sn02q', 'nonsense'];
    const { results } = await transfer({
      ids: [id, customerId, ...unknown, opportunityId],
      toOwnerId: publicOf('member', ana),
    });
    expect(results.map(codes)).toEqual([[], [], ['id NOT_FOUND'], ['id NOT_FOUND'], ['id NOT_FOUND'], []]);
    const history = 'owner { name } ownershipHistory { toOwner { name } }';
    const data = await owner.data(
      `query ($l: ID!, $c: ID!, $o: ID!) { lead(id: $l) { ${history} } customer(id: $c) { ${history} } opportunity(id: $o) { ${history} } }`,
      { l: id, c: customerId, o: opportunityId },
    );
    const given = { owner: { name: 'Ana' }, ownershipHistory: [{ toOwner: { name: 'Ana' } }] };
    expect(data).toEqual({ lead: given, customer: given, opportunity: given });
    const { rows } = await sql('select status, owner_id from quotes where organization_id = $1 order by status', [
      organization.id,
    ]);
    expect(rows).toEqual([
      { status: 'REJECTED', owner_id: null },
      { status: 'SENT', owner_id: ana },
    ]);
    const self = await organization.as('CUSTOMER', {
      customerId: (await sql('select customer_id from leads where organization_id = $1', [organization.id])).rows[0]
        .customer_id,
    });
    const own = await self.data(
      'query ($c: ID!) { customer(id: $c) { ownershipHistory { id } leads { totalCount } } }',
      {
        c: customerId,
      },
    );
    expect(own.customer).toEqual({ ownershipHistory: [], leads: { totalCount: 0 } });
  });

  test('says to whom, names somebody of the organisation who is still there, and takes no more than 200', async () => {
    const id = await lead('Ana Gil');
    expect(codes(await transfer({ ids: [id] }))).toEqual(['toOwnerId REQUIRED']);
    const gone = await organization.member('Gone');
    await sql('update members set deactivated_at = now() where id = $1', [gone]);
    const stranger = await (await app.organization()).member('Stranger');
    for (const member of [gone, stranger])
      expect(codes(await transfer({ ids: [id], toOwnerId: publicOf('member', member) }))).toEqual([
        'toOwnerId NOT_FOUND',
      ]);
    expect(codes(await transfer({ ids: Array.from({ length: 201 }, () => id), toOwnerId: null }))).toEqual([
      'items TOO_LONG',
    ]);
  });

  test('twice at once, to two people, leaves it with one of them and both in its history', async () => {
    const id = await lead('Ana Gil');
    const [ana, luis] = [await organization.member('Ana'), await organization.member('Luis')];
    await Promise.all([ana, luis].map(to => transfer({ ids: [id], toOwnerId: publicOf('member', to) })));
    const data = await owner.data(
      'query ($id: ID!) { lead(id: $id) { owner { name } ownershipHistory { fromOwner { name } toOwner { name } } } }',
      { id },
    );
    const [latest, first] = data.lead.ownershipHistory;
    expect(latest.toOwner).toEqual(data.lead.owner);
    expect(latest.fromOwner).toEqual(first.toOwner);
    expect(first.fromOwner).toBeNull();
  });
});
