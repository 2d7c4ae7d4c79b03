import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { statementsOf } from '../support/statements.js';

let product: TestApp;
let organization: TestOrganization;
let manager: Client;
let customerId: string;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  const { createCustomer } = await manager.data(
    `mutation { createCustomer(input: { displayName: "Panadería Sol", kind: COMPANY }) { customer { id } } }`,
  );
  customerId = createCustomer.customer.id;
});

async function keep(
  items: { name: string; amount?: string; currency?: string; stageId?: string; ownerId?: string | null }[],
) {
  const { createOpportunities } = await manager.data(
    `mutation ($input: CreateOpportunitiesInput!) { createOpportunities(input: $input) {
      results { opportunity { id } userErrors { field code message } } } }`,
    {
      input: {
        items: items.map(({ amount, currency = 'EUR', ...item }) => ({
          customerId,
          ...(amount ? { amount: { amount, currency } } : {}),
          ...item,
        })),
      },
    },
  );
  expect(createOpportunities.results.flatMap((result: any) => result.userErrors)).toEqual([]);
  return createOpportunities.results.map((result: any) => result.opportunity.id);
}

const stages = async (): Promise<Record<string, string>> => {
  const { pipelines } = await manager.data('{ pipelines(first: 1) { edges { node { stages { id name } } } } }');
  return Object.fromEntries(pipelines.edges[0].node.stages.map((stage: any) => [stage.name, stage.id]));
};

const BOARD = `query ($filter: OpportunityFilter, $after: String, $first: Int = 2, $orderBy: [OpportunityOrder!]) {
  pipelineBoard(filter: $filter) { pipeline { name } stages {
    stage { id name } count sums { amount currency } total { amount currency } weighted { amount } unconverted averageDays
    cards(first: $first, after: $after, orderBy: $orderBy) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { name amount { amount } isRotten customer { displayName } owner { name } stage { name } } } } } } }`;

const board = async (variables: object = {}, client = manager): Promise<Record<string, any>> => {
  const { pipelineBoard } = await client.data(BOARD, variables);
  return Object.fromEntries(pipelineBoard.stages.map((stage: any) => [stage.stage.name, stage]));
};

describe('the board of a pipeline', () => {
  test('adds up each stage by currency, and in the own one as far as rates are known', async () => {
    await keep([{ name: 'first' }]);
    const { Proposal: stageId } = (await stages()) as { Proposal: string };
    await product.app.database.system.query(
      `insert into exchange_rates (organization_id, currency, valid_from, rate)
       values ($1, 'USD', current_date - 9, 0.8), ($1, 'USD', current_date - 1, 0.9), ($1, 'USD', current_date + 1, 2)`,
      [organization.id],
    );
    await keep([
      { name: 'a', stageId, amount: '100.10' },
      { name: 'b', stageId, amount: '0.05' },
      { name: 'c', stageId, amount: '33.33', currency: 'USD' },
      { name: 'd', stageId, amount: '1000', currency: 'CLP' },
      { name: 'e', stageId },
    ]);
    const shown = await board();
    expect(Object.keys(shown)).toEqual(['Qualification', 'Needs analysis', 'Proposal', 'Negotiation', 'Won', 'Lost']);
    // 100.15 + 33.33 × 0.9 = 130.147, rounded once; half of it is 65.075.
    expect(shown['Proposal']).toMatchObject({
      count: 5,
      sums: [
        { amount: '1000', currency: 'CLP' },
        { amount: '100.15', currency: 'EUR' },
        { amount: '33.33', currency: 'USD' },
      ],
      total: { amount: '130.15', currency: 'EUR' },
      weighted: { amount: '65.08' },
      unconverted: ['CLP'],
      averageDays: expect.any(Number),
    });
    expect(shown['Won']).toMatchObject({
      count: 0,
      sums: [],
      total: { amount: '0.00', currency: 'EUR' },
      averageDays: null,
      cards: { edges: [], totalCount: 0 },
    });
  });

  test('turns the pages of a stage, under any order', async () => {
    await keep(['a', 'b', 'c', 'd', 'e'].map((name, at) => ({ name, amount: String((at % 3) + 1) })));
    const orderBy = [{ field: 'AMOUNT', direction: 'DESC' }];
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page++) {
      const { cards }: any = (await board({ orderBy, after, first: 2 }))['Qualification'];
      seen.push(...cards.edges.map(({ node }: any) => node.name));
      expect(cards.totalCount).toBe(5);
      if (!cards.pageInfo.hasNextPage) break;
      after = cards.pageInfo.endCursor;
    }
    expect(seen).toHaveLength(5);
    expect(seen[0]).toBe('c');
    expect(new Set(seen)).toEqual(new Set(['a', 'b', 'c', 'd', 'e']));
  });

  test('keeps to its filter in sums and cards alike', async () => {
    await keep([
      { name: 'small', amount: '10' },
      { name: 'large', amount: '1000' },
    ]);
    const { Qualification } = await board({ filter: { amount: { gte: '500' } } });
    expect(Qualification).toMatchObject({
      count: 1,
      total: { amount: '1000.00' },
      cards: { totalCount: 1, edges: [{ node: { name: 'large' } }] },
    });
  });

  test('shows an agent what is theirs, their teams’ and the teams’ below, and adds up no more', async () => {
    const [boss, agent, stranger] = [
      await organization.member('Marta', 'AGENT'),
      await organization.member('Iker', 'AGENT'),
      await organization.member('Olga', 'AGENT'),
    ];
    const { system } = product.app.database;
    const team = async (name: string, parent: string | null): Promise<string> =>
      (
        await system.query(
          'insert into teams (organization_id, id, name, parent_id) values ($1, gen_random_uuid(), $2, $3) returning id',
          [organization.id, name, parent],
        )
      ).rows[0].id;
    const [north, south] = [await team('North', null), await team('South', null)];
    const below = await team('North-East', north);
    for (const [teamId, memberId] of [
      [north, boss],
      [below, agent],
      [south, stranger],
    ])
      await system.query('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
        organization.id,
        teamId,
        memberId,
      ]);
    const owner = (id: string) => organization.publicId('member', id);
    await keep([
      { name: 'boss', amount: '1', ownerId: owner(boss) },
      { name: 'agent', amount: '20', ownerId: owner(agent) },
      { name: 'stranger', amount: '300', ownerId: owner(stranger) },
    ]);
    const totals = async (memberId: string) => {
      const client = await organization.as('AGENT', { memberId } as never);
      const { Qualification } = await board({}, client);
      return [Qualification.count, Qualification.total.amount, Qualification.cards.totalCount];
    };
    expect(await totals(boss)).toEqual([2, '21.00', 2]);
    expect(await totals(agent)).toEqual([1, '20.00', 1]);
    expect(await totals(stranger)).toEqual([1, '300.00', 1]);
  });

  test('is read with as many statements for fifty cards as for five', async () => {
    await keep([{ name: 'one' }]);
    const names = await stages();
    const open = ['Qualification', 'Needs analysis', 'Proposal', 'Negotiation'].map(name => names[name]!);
    const few = await statementsOf(() => board({ first: 50 }));
    await keep(Array.from({ length: 50 }, (_, at) => ({ name: `card ${at}`, stageId: open[at % 4]!, amount: '5' })));
    const many = await statementsOf(() => board({ first: 50 }));
    // The stages, what they are called, the pipeline, the sums, the organisation's currency, the cards, and who may buy.
    expect(many.length).toBeLessThanOrEqual(8);
    expect(many.length).toBeLessThanOrEqual(few.length + 1);
  });

  test('still shows what is in a stage that nothing enters any more', async () => {
    const [id] = await keep([{ name: 'one' }]);
    const names = await stages();
    const remove = (input: object) =>
      manager.data(
        `mutation ($input: RemoveStageInput!) { removeStage(input: $input) {
          stage { isActive } pipeline { stages { name } } userErrors { field code } } }`,
        { input },
      );
    expect((await remove({ id: names['Qualification'] })).removeStage).toEqual({
      stage: { isActive: false },
      pipeline: { stages: ['Needs analysis', 'Proposal', 'Negotiation', 'Won', 'Lost'].map(name => ({ name })) },
      userErrors: [],
    });
    expect((await board())['Qualification']).toMatchObject({ count: 1 });
    await remove({ id: names['Qualification'], moveToStageId: names['Proposal'] });
    expect(Object.keys(await board())).not.toContain('Qualification');
    const { opportunity } = await manager.data(`query ($id: ID!) { opportunity(id: $id) { stage { name } } }`, { id });
    expect(opportunity.stage.name).toBe('Proposal');
    // What nothing was ever in is gone for good.
    expect((await remove({ id: names['Needs analysis'] })).removeStage.stage).toBeNull();
    expect((await remove({ id: names['Won'] })).removeStage.userErrors).toEqual([{ field: 'id', code: 'NOT_ALLOWED' }]);
  });
});
