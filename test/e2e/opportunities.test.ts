import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

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

const CREATE = `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
  opportunity { id name status version amount { amount currency } currency expectedCloseOn stage { id name probability position }
    pipeline { name isDefault } customer { displayName } }
  userErrors { field code message } } }`;

async function create(input: object = {}) {
  const { createOpportunity } = await manager.data(CREATE, {
    input: { name: 'Oven', customerId, amount: { amount: '1200.5', currency: 'EUR' }, ...input },
  });
  return createOpportunity;
}

const MOVE = `mutation ($input: MoveOpportunityInput!) { moveOpportunity(input: $input) {
  opportunity { id status version closedAt stage { id name } closeReason { name } lostTo { name } closeNote }
  userErrors { field code message } } }`;
const CLOSE = `mutation ($input: CloseOpportunityInput!) { closeOpportunity(input: $input) {
  opportunity { id status version closedAt stage { name } closeReason { name } lostTo { name } closeNote }
  userErrors { field code message } } }`;
const REOPEN = `mutation ($input: ReopenOpportunityInput!) { reopenOpportunity(input: $input) {
  opportunity { status closedAt closeReason { name } stage { name } } userErrors { field code } } }`;
const UPDATE = `mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) {
  opportunity { name version amount { amount currency } nextStep } userErrors { field code } } }`;

const act = async (document: string, input: object, client = manager) =>
  Object.values(await client.data<Record<string, any>>(document, { input }))[0];
const move = (input: object, client?: Client) => act(MOVE, input, client);

const stages = async (): Promise<Record<string, string>> => {
  const { pipelines } = await manager.data('{ pipelines(first: 1) { edges { node { stages { id name } } } } }');
  return Object.fromEntries(pipelines.edges[0].node.stages.map((stage: any) => [stage.name, stage.id]));
};

const errorsOf = (payload: any): string[] =>
  payload.userErrors.map((error: any) => `${error.field} ${error.code}`).sort();

describe('an opportunity', () => {
  test('begins in the first stage of the usual pipeline, which is made when it is first needed', async () => {
    const { opportunity, userErrors } = await create({ expectedCloseOn: '2026-12-24' });
    expect(userErrors).toEqual([]);
    expect(opportunity).toMatchObject({
      name: 'Oven',
      status: 'OPEN',
      version: 1,
      amount: { amount: '1200.50', currency: 'EUR' },
      expectedCloseOn: '2026-12-24',
      stage: { name: 'Qualification', probability: 0.1, position: 1 },
      pipeline: { name: 'Sales', isDefault: true },
      customer: { displayName: 'Panadería Sol' },
    });
  });

  test('is refused with everything that is wrong with it at once', async () => {
    const payload = await create({
      name: ' ',
      customerId: 'customer_00000000000000000000000000',
      amount: { amount: '-1', currency: 'XXZ' },
      pipelineId: 'pipeline_00000000000000000000000000',
      products: [
        { productId: 'product_00000000000000000000000000', quantity: '0', unitPrice: '-2', discountPercent: '101' },
      ],
    });
    expect(payload.opportunity).toBeNull();
    expect(errorsOf(payload)).toEqual([
      'amount.amount INVALID',
      'amount.currency INVALID',
      'customerId NOT_FOUND',
      'name REQUIRED',
      'pipelineId NOT_FOUND',
      'products.0.discountPercent INVALID',
      'products.0.quantity INVALID',
      'products.0.unitPrice INVALID',
    ]);
  });

  test('is worth the sum of its products where it has any', async () => {
    const { createProduct } = await manager.data(
      `mutation { createProduct(input: { sku: "FLOUR", name: "Flour", kind: GOOD }) { product { id } userErrors { message } } }`,
    );
    const productId = createProduct.product.id;
    const { opportunity } = await create({
      products: [
        { productId, quantity: '3', unitPrice: '0.335' },
        { productId, quantity: '1', unitPrice: '10', discountPercent: '50' },
      ],
    });
    expect(opportunity.amount).toEqual({ amount: '6.01', currency: 'EUR' });
    const { opportunity: shown } = await manager.data(
      `query ($id: ID!) { opportunity(id: $id) { products { position quantity unitPrice { amount } discountPercent net { amount } product { sku } } } }`,
      { id: opportunity.id },
    );
    expect(shown.products).toMatchObject([
      { position: 1, net: { amount: '1.01' }, unitPrice: { amount: '0.335' }, product: { sku: 'FLOUR' } },
      { position: 2, net: { amount: '5.00' } },
    ]);
    expect(errorsOf(await act(UPDATE, { id: opportunity.id, amount: { amount: '1', currency: 'EUR' } }))).toEqual([
      'amount NOT_ALLOWED',
    ]);
    const changed = await act(UPDATE, { id: opportunity.id, products: [] });
    expect(changed.opportunity.amount).toBeNull();
    expect(errorsOf(await act(UPDATE, { id: opportunity.id, products: [{ productId, quantity: '1' }] }))).toEqual([
      'products.0.unitPrice REQUIRED',
    ]);
  });

  test('is refused where its products round to nothing or come to more than is kept', async () => {
    const { createProduct } = await manager.data(
      `mutation { createProduct(input: { sku: "FLOUR", name: "Flour", kind: GOOD }) { product { id } } }`,
    );
    const of = (quantity: string, unitPrice: string) =>
      create({ products: [{ productId: createProduct.product.id, quantity, unitPrice }] });
    expect(errorsOf(await of('0.00001', '1'))).toEqual(['products.0.quantity INVALID']);
    expect(errorsOf(await of('90000000000', '900000000000'))).toEqual(['products TOO_LONG']);
    expect(errorsOf(await of('1', '999999999999999.99999'))).toEqual(['products.0.unitPrice TOO_LONG']);
  });

  test('comes of one external id once', async () => {
    await create({ externalId: 'a' });
    expect(errorsOf(await create({ externalId: 'a' }))).toEqual(['externalId TAKEN']);
  });
});

describe('moving', () => {
  test('goes from stage to stage and keeps who moved it when, and what it was worth', async () => {
    const { opportunity } = await create();
    const names = await stages();
    await move({ opportunityId: opportunity.id, stageId: names['Proposal'] });
    await act(UPDATE, {
      id: opportunity.id,
      amount: { amount: '900', currency: 'EUR' },
      expectedCloseOn: '2027-01-01',
    });
    const won = await act(CLOSE, { opportunityId: opportunity.id, outcome: 'WON' });
    expect(won).toMatchObject({ opportunity: { status: 'WON', stage: { name: 'Won' }, version: 4 }, userErrors: [] });
    const { opportunity: shown } = await manager.data(
      `query ($id: ID!) { opportunity(id: $id) {
        history(first: 10) { totalCount edges { node { changedBy status stage { name } fromStage { name } amount { amount } previousAmount { amount }
          expectedCloseOn previousExpectedCloseOn changedUntil } } }
        stageHistory { stage { name } leftAt days } } }`,
      { id: opportunity.id },
    );
    expect(shown.history.edges.map(({ node }: any) => node)).toMatchObject([
      { status: 'WON', stage: { name: 'Won' }, fromStage: { name: 'Proposal' }, changedUntil: null },
      {
        stage: { name: 'Proposal' },
        fromStage: { name: 'Proposal' },
        amount: { amount: '900.00' },
        previousAmount: { amount: '1200.50' },
        expectedCloseOn: '2027-01-01',
        previousExpectedCloseOn: null,
      },
      { stage: { name: 'Proposal' }, fromStage: { name: 'Qualification' } },
      { stage: { name: 'Qualification' }, fromStage: null, previousAmount: null },
    ]);
    expect(shown.history.totalCount).toBe(4);
    expect(shown.history.edges[0].node.changedBy).toMatch(/^api_key_/);
    expect(shown.stageHistory.map((stay: any) => [stay.stage.name, stay.leftAt !== null])).toEqual([
      ['Qualification', true],
      ['Proposal', true],
      ['Won', false],
    ]);
  });

  test('says each thing that a stage asks for', async () => {
    const { opportunity } = await create({ amount: null });
    const names = await stages();
    const { updateStage } = await manager.data(
      `mutation ($input: UpdateStageInput!) { updateStage(input: $input) { stage { minAmount fromStageIds requiredFields } userErrors { field } } }`,
      {
        input: {
          id: names['Negotiation'],
          requiredFields: ['AMOUNT', 'EXPECTED_CLOSE_ON', 'NEXT_STEP', 'CONTACTS', 'PRODUCTS', 'COMPETITORS'],
          minAmount: '500',
          fromStageIds: [names['Proposal']],
        },
      },
    );
    expect(updateStage).toMatchObject({
      stage: { minAmount: '500', fromStageIds: [names['Proposal']] },
      userErrors: [],
    });
    const refused = await move({ opportunityId: opportunity.id, stageId: names['Negotiation'] });
    expect(errorsOf(refused)).toEqual([
      'amount REQUIRED',
      'competitors REQUIRED',
      'contacts REQUIRED',
      'expectedCloseOn REQUIRED',
      'nextStep REQUIRED',
      'products REQUIRED',
      'stageId NOT_ALLOWED',
    ]);
    await act(UPDATE, { id: opportunity.id, amount: { amount: '499.99', currency: 'EUR' } });
    const { userErrors } = await move({ opportunityId: opportunity.id, stageId: names['Negotiation'] });
    expect(userErrors).toContainEqual({
      field: 'amount',
      code: 'NOT_ALLOWED',
      message: 'The stage “Negotiation” takes what is worth 500.00 or more.',
    });
  });

  test('is closed once, and says when it was', async () => {
    const { opportunity } = await create();
    const { createCompetitor } = await manager.data(
      'mutation { createCompetitor(input: { name: "Hornos Norte" }) { competitor { id } } }',
    );
    const { closeReasons } = await manager.data(
      '{ closeReasons(filter: { outcome: { eq: LOST } }) { edges { node { id name } } } }',
    );
    const reason = closeReasons.edges.find(({ node }: any) => node.name === 'Price').node;
    const input = {
      opportunityId: opportunity.id,
      outcome: 'LOST',
      closeReasonId: reason.id,
      lostToId: createCompetitor.competitor.id,
      closeNote: 'Too dear',
    };
    expect(await act(CLOSE, input)).toMatchObject({
      opportunity: {
        status: 'LOST',
        stage: { name: 'Lost' },
        closeReason: { name: 'Price' },
        lostTo: { name: 'Hornos Norte' },
        closeNote: 'Too dear',
        closedAt: expect.any(String),
      },
      userErrors: [],
    });
    const again = await act(CLOSE, { ...input, outcome: 'WON' });
    expect(again.userErrors).toEqual([
      {
        field: 'opportunityId',
        code: 'NOT_ALLOWED',
        message: expect.stringMatching(/^It was lost on \d{4}-\d\d-\d\d already\. Reopen it first\.$/),
      },
    ]);
    expect(await act(REOPEN, { opportunityId: opportunity.id })).toEqual({
      opportunity: { status: 'OPEN', closedAt: null, closeReason: null, stage: { name: 'Qualification' } },
      userErrors: [],
    });
    expect(errorsOf(await act(REOPEN, { opportunityId: opportunity.id }))).toEqual(['opportunityId NOT_ALLOWED']);
    expect(errorsOf(await act(CLOSE, { ...input, outcome: 'WON' }))).toEqual([
      'closeReasonId INVALID',
      'lostToId NOT_ALLOWED',
    ]);
  });

  test('tells the second of two that move one card, when it says what it has seen', async () => {
    const { opportunity } = await create();
    const names = await stages();
    const both = await Promise.all(
      ['Proposal', 'Negotiation'].map(name =>
        move({ opportunityId: opportunity.id, stageId: names[name], version: opportunity.version }),
      ),
    );
    expect(both.map(errorsOf).sort()).toEqual([[], ['version CONFLICT']]);
    expect(both.flatMap(payload => payload.userErrors)[0].message).toBe(
      'The opportunity is at version 2 now. Read it again and decide.',
    );
  });

  test('loses nothing of the history when many move one card at once', async () => {
    const { opportunity } = await create();
    const names = await stages();
    const wanted = ['Proposal', 'Negotiation', 'Needs analysis', 'Proposal', 'Qualification', 'Negotiation'];
    const payloads = await Promise.all(
      wanted.map(name => move({ opportunityId: opportunity.id, stageId: names[name] })),
    );
    expect(payloads.flatMap(payload => payload.userErrors)).toEqual([]);
    const rows = (
      await product.app.database.system.query(
        `select changed_at::text as from, changed_until::text as until, stage_id from opportunity_revisions where organization_id = $1 order by changed_at`,
        [organization.id],
      )
    ).rows;
    const { opportunity: now } = await manager.data(
      'query ($id: ID!) { opportunity(id: $id) { version stage { id } history(first: 1) { edges { node { stage { id } } } } } }',
      { id: opportunity.id },
    );
    expect(rows).toHaveLength(now.version);
    for (const [at, row] of rows.entries()) expect(row.until).toBe(rows[at + 1]?.from ?? null);
    expect(now.history.edges[0].node.stage.id).toBe(now.stage.id);
  });

  test('answers item by item when many are moved', async () => {
    const first = (await create()).opportunity.id;
    const second = (await create()).opportunity.id;
    const names = await stages();
    const { moveOpportunities } = await manager.data(
      `mutation ($input: MoveOpportunitiesInput!) { moveOpportunities(input: $input) {
        results { index opportunity { stage { name } } userErrors { field code } } } }`,
      {
        input: {
          items: [
            { opportunityId: first, stageId: names['Proposal'] },
            { opportunityId: second, stageId: 'stage_00000000000000000000000000' },
            { opportunityId: second, stageId: names['Won'] },
            { opportunityId: second, stageId: names['Lost'] },
          ],
        },
      },
    );
    expect(moveOpportunities.results).toEqual([
      { index: 0, opportunity: { stage: { name: 'Proposal' } }, userErrors: [] },
      { index: 1, opportunity: null, userErrors: [{ field: 'stageId', code: 'NOT_FOUND' }] },
      { index: 2, opportunity: { stage: { name: 'Won' } }, userErrors: [] },
      { index: 3, opportunity: null, userErrors: [{ field: 'opportunityId', code: 'NOT_ALLOWED' }] },
    ]);
  });

  test('rots in a stage that it is in for too long', async () => {
    const { opportunity } = await create();
    await product.app.database.system.query(
      `update opportunities set stage_entered_at = now() - interval '31 days' where organization_id = $1`,
      [organization.id],
    );
    await create({ name: 'Mixer' });
    const { opportunities } = await manager.data(
      '{ opportunities(filter: { isRotten: true }) { totalCount edges { node { id isRotten rotsAt } } } }',
    );
    expect(opportunities).toMatchObject({ totalCount: 1, edges: [{ node: { id: opportunity.id, isRotten: true } }] });
    const fresh = await manager.data(
      '{ opportunities(filter: { isRotten: false }) { edges { node { name isRotten } } } }',
    );
    expect(fresh.opportunities.edges).toEqual([{ node: { name: 'Mixer', isRotten: false } }]);
  });
});

describe('who is part of it', () => {
  test('has contacts with their parts, of which one is spoken to first, and competitors', async () => {
    const { opportunity } = await create();
    const person = async (displayName: string) =>
      (
        await manager.data(`mutation ($n: String) { createCustomer(input: { displayName: $n }) { customer { id } } }`, {
          n: displayName,
        })
      ).createCustomer.customer.id;
    const [ana, luis] = [await person('Ana'), await person('Luis')];
    const set = (customerId: string, role: string, isPrimary: boolean) =>
      act(
        `mutation ($input: SetOpportunityContactInput!) { setOpportunityContact(input: $input) { opportunity { version } userErrors { field code } } }`,
        { opportunityId: opportunity.id, customerId, role, isPrimary },
      );
    await set(ana, 'USER', true);
    await set(luis, 'DECISION_MAKER', true);
    await set(ana, 'BLOCKER', false);
    const { createCompetitor } = await manager.data(
      'mutation { createCompetitor(input: { name: "Hornos Norte" }) { competitor { id } } }',
    );
    await act(
      `mutation ($input: SetOpportunityCompetitorInput!) { setOpportunityCompetitor(input: $input) { userErrors { field code } } }`,
      { opportunityId: opportunity.id, competitorId: createCompetitor.competitor.id, note: 'Cheaper' },
    );
    const see = async () =>
      (
        await manager.data(
          `query ($id: ID!) { opportunity(id: $id) { version contacts { role isPrimary customer { displayName } } competitors { note competitor { name } } } }`,
          { id: opportunity.id },
        )
      ).opportunity;
    expect(await see()).toEqual({
      version: 5,
      contacts: [
        { role: 'DECISION_MAKER', isPrimary: true, customer: { displayName: 'Luis' } },
        { role: 'BLOCKER', isPrimary: false, customer: { displayName: 'Ana' } },
      ],
      competitors: [{ note: 'Cheaper', competitor: { name: 'Hornos Norte' } }],
    });
    const remove = await act(
      `mutation ($input: RemoveOpportunityContactInput!) { removeOpportunityContact(input: $input) { userErrors { field code } } }`,
      { opportunityId: opportunity.id, customerId: luis },
    );
    expect(remove.userErrors).toEqual([]);
    expect((await see()).contacts).toHaveLength(1);
    const { removeCompetitor } = await manager.data(
      `mutation ($id: ID!) { removeCompetitor(input: { id: $id }) { userErrors { field code } } }`,
      { id: createCompetitor.competitor.id },
    );
    expect(errorsOf(removeCompetitor)).toEqual(['id NOT_ALLOWED']);
  });

  test('shows a customer what it may buy, and its timeline in the language of the reader', async () => {
    const { opportunity } = await create();
    const names = await stages();
    await move({ opportunityId: opportunity.id, stageId: names['Proposal'] });
    await act(CLOSE, { opportunityId: opportunity.id, outcome: 'WON' });
    const timeline = async (language: string) => {
      const response = await product.app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: manager.authorization, 'accept-language': language },
        payload: {
          query: `query ($id: ID!) { customer(id: $id) {
            opportunities(first: 1) { totalCount edges { node { name stage { name } } } }
            timeline(first: 3) { edges { node { __typename summary ... on OpportunityWon { worth { amount } opportunity { name } } } } } } }`,
          variables: { id: customerId },
        },
      });
      return response.json().data.customer;
    };
    const spanish = await timeline('es');
    expect(spanish.opportunities).toEqual({
      totalCount: 1,
      edges: [{ node: { name: 'Oven', stage: { name: 'Ganada' } } }],
    });
    expect(spanish.timeline.edges.map(({ node }: any) => node)).toEqual([
      {
        __typename: 'OpportunityWon',
        summary: 'Oportunidad ganada: Oven',
        worth: { amount: '1200.50' },
        opportunity: { name: 'Oven' },
      },
      { __typename: 'OpportunityMoved', summary: 'Oven: pasa a Propuesta' },
      { __typename: 'OpportunityOpened', summary: 'Oportunidad abierta: Oven' },
    ]);
    expect((await timeline('pt')).timeline.edges[1].node.summary).toBe('Oven: passa para Proposta');
    expect((await timeline('en')).timeline.edges[1].node.summary).toBe('Oven: now in Proposal');
  });
});
