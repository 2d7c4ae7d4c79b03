import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FeedServer, openFeedServer, rss } from '../../integrations/feed/test.server.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { eventually } from '../support/subscriber.js';

const HEALTH = `query ChannelHealth {
  accounts {
    id network handle displayName state team { name }
    lastEventAt accessEndsAt webhookUrl settings { name value } problem { class remedy }
    capabilities { canReplyPublicly canReplyPrivately streams polls webhooks textLimit }
    sources { id kind query state lastEventAt lastSuccessAt lagSeconds problem { class message retryAt } }
  }
}`;
const create = (client: Client, input: object) =>
  client
    .data(
      `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id handle state } userErrors { field code } } }`,
      { input },
    )
    .then(({ createAccount }) => createAccount);
const update = (client: Client, input: object) =>
  client
    .data(
      `mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { displayName state } userErrors { field code } } }`,
      { input },
    )
    .then(({ updateAccount }) => updateAccount);
const follow = (client: Client, input: object) =>
  client
    .data(
      `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id account { handle } } userErrors { field code } } }`,
      { input },
    )
    .then(({ createSource }) => createSource);

let app: TestApp;
let server: FeedServer;
let organization: TestOrganization;
let owner: Client;
const health = async (client = owner) => (await client.data(HEALTH)).accounts;

beforeAll(async () => {
  app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true' });
  server = await openFeedServer();
  organization = await app.organization();
  owner = await organization.as('OWNER');
});
afterAll(async () => {
  await app.close();
  await server.close();
});

describe("an organisation's accounts", () => {
  test('show what can be done on their networks, and how their sources fare', async () => {
    const { account } = await create(owner, { network: 'BLOG', handle: 'blog.example', displayName: 'El blog' });
    await create(owner, { network: 'FAX', handle: '+34910000000' });
    await create(owner, { network: 'BLUESKY', handle: '@panaderia.example' });
    const good = await follow(owner, {
      kind: 'FEED',
      accountId: account.id,
      query: server.serve('/good', rss('<title>Hola</title>')),
    });
    expect(good).toEqual({ source: { id: expect.any(String), account: { handle: 'blog.example' } }, userErrors: [] });
    await eventually(async () => (await health())[0].sources[0].lastSuccessAt);
    const [blog, fax, bluesky] = await health();
    expect(blog).toMatchObject({
      state: 'ACTIVE',
      displayName: 'El blog',
      capabilities: { canReplyPublicly: false, streams: false, polls: true, webhooks: true, textLimit: null },
      sources: [{ kind: 'FEED', state: 'ACTIVE', lagSeconds: 0, problem: null }],
    });
    const faxed = {
      canReplyPublicly: false,
      canReplyPrivately: true,
      streams: false,
      polls: true,
      webhooks: true,
      textLimit: 20_000,
    };
    expect(fax).toMatchObject({ state: 'ACTIVE', capabilities: faxed, sources: [] });
    expect(bluesky).toMatchObject({ handle: 'panaderia.example', capabilities: { streams: true, textLimit: 300 } });

    await follow(owner, { kind: 'FEED', accountId: account.id, query: `${server.base}/missing` });
    await eventually(async () => (await health())[0].state === 'FAILING');
    expect((await health())[0].sources).toMatchObject([{ state: 'ACTIVE' }, { problem: { class: 'NOT_FOUND' } }]);
  });

  test('are there once, belong to a team, and are paused and resumed as a whole', async () => {
    const handle = 'otro.example';
    const { account } = await create(owner, { network: 'BLOG', handle });
    expect((await create(owner, { network: 'BLOG', handle })).userErrors).toEqual([{ field: 'handle', code: 'TAKEN' }]);
    expect((await create(owner, { network: 'BLOG', handle: ' ' })).userErrors).toMatchObject([{ code: 'REQUIRED' }]);
    let asked = 0;
    const url = server.serve('/whole', (_request, response) => {
      asked += 1;
      response.end(rss(`<title>${asked}</title>`));
    });
    const { source } = await follow(owner, { kind: 'FEED', accountId: account.id, query: url });
    await eventually(() => asked === 1);
    expect(await update(owner, { id: account.id, state: 'PAUSED', displayName: 'Otro' })).toEqual({
      account: { displayName: 'Otro', state: 'PAUSED' },
      userErrors: [],
    });
    await owner.data('mutation ($id: ID!) { pollSourceNow(input: { id: $id }) { userErrors { code } } }', {
      id: source.id,
    });
    const waiting = `select 1 from graphile_worker.jobs where key like 'source:%' and run_at <= now()`;
    await eventually(async () => (await app.app.database.system.query(waiting)).rowCount === 0);
    expect(asked).toBe(1);
    expect((await update(owner, { id: account.id, state: 'ACTIVE' })).account.state).toBe('ACTIVE');
    await eventually(() => asked === 2);
  });

  test('go with their sources, and what those brought stays', async () => {
    const { account } = await create(owner, { network: 'BLOG', handle: 'adios.example' });
    const query = server.serve('/bye', rss('<title>Adiós</title>'));
    const { source } = await follow(owner, { kind: 'FEED', accountId: account.id, query });
    const posts = async () =>
      (
        await owner.data('query ($a: ID!) { posts(filter: { accountId: { eq: $a } }) { totalCount } }', {
          a: account.id,
        })
      ).posts;
    await eventually(async () => (await posts()).totalCount === 1);
    const remove = 'mutation ($id: ID!) { removeAccount(input: { id: $id }) { removedAccountId userErrors { code } } }';
    const { removeAccount } = await owner.data(remove, { id: account.id });
    expect(removeAccount).toEqual({ removedAccountId: account.id, userErrors: [] });
    expect((await owner.data('query ($id: ID!) { source(id: $id) { id } }', { id: source.id })).source).toBeNull();
    expect((await posts()).totalCount).toBe(1);
  });

  test('are not seen across the border, and changed only by who may', async () => {
    const stranger = await (await app.organization()).as('OWNER');
    expect(await health(stranger)).toEqual([]);
    const [{ id }] = await health();
    expect((await update(stranger, { id, displayName: 'Mío' })).userErrors).toEqual([
      { field: 'id', code: 'NOT_FOUND' },
    ]);
    expect(await health(await organization.as('AGENT'))).toHaveLength((await health()).length);
    const refused = await (await organization.as('AGENT')).send(
      `mutation { removeAccount(input: { id: "${id}" }) { userErrors { code } } }`,
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const partner = await (await organization.as('PARTNER')).send(HEALTH);
    expect(partner.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('are read with a fixed number of statements, however many there are', async () => {
    const many = await (await app.organization()).as('OWNER');
    const count = async () => {
      const read = countStatements(app);
      await health(many);
      return read();
    };
    await create(many, { network: 'FAX', handle: '1' });
    const one = await count();
    for (let n = 2; n < 8; n += 1) await create(many, { network: 'FAX', handle: `${n}` });
    expect(await count()).toBe(one);
  });
});

/** Counts the statements until the function it returns is called. */
function countStatements({ app: { database } }: TestApp): () => number {
  const read = database.read.bind(database);
  let count = 0;
  database.read = (...given: Parameters<typeof read>) => {
    count += 1;
    return read(...given) as never;
  };
  return () => {
    database.read = read as never;
    return count;
  };
}

describe("an account's budget", () => {
  const SPENDING =
    'spending { month amount { amount currency } budget { amount currency } units { unit count amount { amount } } }';
  const setBudget = async (accountId: string, monthlyBudget: unknown) =>
    (
      await owner.data(
        `mutation ($input: SetAccountBudgetInput!) { setAccountBudget(input: $input) { account { ${SPENDING} } userErrors { field code } } }`,
        { input: { accountId, monthlyBudget } },
      )
    ).setAccountBudget;

  test('is shown beside what the account cost this month', async () => {
    const { account } = await create(owner, { network: 'TWITTER', handle: '@presupuesto' });
    const { userErrors, account: after } = await setBudget(account.id, '25.5');
    expect(userErrors).toEqual([]);
    const month = `${new Date().toISOString().slice(0, 7)}-01`;
    expect(after.spending).toEqual({
      month,
      amount: { amount: '0.00', currency: 'USD' },
      budget: { amount: '25.50', currency: 'USD' },
      units: [],
    });
    await app.app.database.system.query(
      `insert into channel_spending (organization_id, account_id, month, unit, units, micros)
       select a.organization_id, a.id, m.month::date, m.unit, m.units, m.micros from accounts a, (values
         ($2, 'user.read', 3, 30000), ($2, 'post.read', 2001, 10005000), ('2020-01-01', 'post.read', 1, 1)) m (month, unit, units, micros)
       where a.organization_id = $1 and a.handle = 'presupuesto'`,
      [organization.id, month],
    );
    const { accounts } = await owner.data(`{ accounts { handle ${SPENDING} } }`);
    expect(accounts.find((it: any) => it.handle === 'presupuesto').spending).toMatchObject({
      amount: { amount: '10.035', currency: 'USD' },
      units: [
        { unit: 'post.read', count: 2001, amount: { amount: '10.005' } },
        { unit: 'user.read', count: 3, amount: { amount: '0.03' } },
      ],
    });
    expect((await setBudget(account.id, null)).account.spending.budget).toBeNull();
  });

  test('is an exact amount of dollars and cents', async () => {
    const { account } = await create(owner, { network: 'TWITTER', handle: '@centavos' });
    for (const wrong of ['-1', '0.001', '1000000000.01'])
      expect((await setBudget(account.id, wrong)).userErrors).toEqual([{ field: 'monthlyBudget', code: 'INVALID' }]);
    for (const odd of ['12,50', 'Infinity', '1e3', ''])
      await expect(setBudget(account.id, odd)).rejects.toThrow('Decimal');
    expect((await setBudget(account.id, '0')).account.spending.budget.amount).toBe('0.00');
    expect((await setBudget(account.id, 12)).account.spending.budget.amount).toBe('12.00');
  });

  test('that is raised lets what it had stopped be read again at once', async () => {
    const { account } = await create(owner, { network: 'BLOG', handle: 'caro.example' });
    const { source } = await follow(owner, {
      kind: 'FEED',
      accountId: account.id,
      query: server.serve('/dear', rss('<title>Hola</title>')),
    });
    const state = async () =>
      (
        await owner.data(`query ($id: ID!) { source(id: $id) { state lastSuccessAt problem { class } } }`, {
          id: source.id,
        })
      ).source;
    await eventually(async () => (await state()).lastSuccessAt);
    await app.app.database.system.query(
      `update sources set state = 'RATE_LIMITED', last_success_at = null, problem = '{"class": "QUOTA", "message": "Used up."}' where organization_id = $1 and query like '%/dear'`,
      [organization.id],
    );
    await setBudget(account.id, '5');
    await eventually(async () => (await state()).lastSuccessAt);
    expect(await state()).toMatchObject({ state: 'ACTIVE', problem: null });
  });
});
