import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  owner = await organization.as('OWNER');
});

async function change(name: string, selection: string, input: object): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await owner.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${selection} userErrors { field code message } } }`,
    { input },
  );
  return data.payload;
}

const codes = ({ userErrors }: Answer): string[] => userErrors.map(({ field, code }: Answer) => `${field} ${code}`);
const PIPELINE = 'pipeline { id version isDefault stages { id name kind position probability isActive } }';
const STAGES = [{ name: 'Talk' }, { name: 'Won', kind: 'WON' }, { name: 'Lost', kind: 'LOST' }];

async function pipeline(name = 'Wholesale', stages: object[] = STAGES): Promise<Answer> {
  const payload = await change('createPipeline', PIPELINE, { name, stages });
  expect(codes(payload)).toEqual([]);
  return payload.pipeline;
}

const names = ({ stages }: Answer): string[] => stages.map(({ name }: Answer) => name);

async function opportunities(stageId: string, count: number): Promise<string[]> {
  const { customer } = await change('createCustomer', 'customer { id }', { displayName: 'Panadería Sol' });
  const items = Array.from({ length: count }, (_, at) => ({ name: `Oven ${at}`, customerId: customer.id, stageId }));
  const { results } = await change('createOpportunities', 'results { opportunity { id } }', { items });
  return results.map((result: Answer) => result.opportunity.id);
}

describe('a pipeline', () => {
  test('is made with its stages, the first one as where opportunities go unless said', async () => {
    const first = await pipeline();
    expect(first).toMatchObject({
      isDefault: true,
      stages: [
        { name: 'Talk', kind: 'OPEN', position: 1, probability: 0.5 },
        { name: 'Won', kind: 'WON', position: 2, probability: 1 },
        { name: 'Lost', kind: 'LOST', position: 3, probability: 0 },
      ],
    });
    expect((await pipeline('Retail')).isDefault).toBe(false);
    expect(codes(await change('createPipeline', PIPELINE, { name: 'Retail', stages: STAGES }))).toEqual(['name TAKEN']);
    const payload = await change('createPipeline', PIPELINE, {
      name: ' ',
      stages: [{ name: 'Talk', probability: 2 }, { name: 'Talk' }, { name: 'Won', kind: 'WON', rotsAfterDays: 3 }],
    });
    expect(codes(payload).sort()).toEqual([
      'name REQUIRED',
      'stages REQUIRED',
      'stages.0.probability INVALID',
      'stages.1.name TAKEN',
      'stages.2.rotsAfterDays NOT_ALLOWED',
    ]);
  });

  test('gets stages where they are said to be, and another order by who has seen all of them', async () => {
    const { id } = await pipeline();
    const added = await change('addStage', `stage { name } ${PIPELINE}`, { pipelineId: id, name: 'Offer' });
    expect(names(added.pipeline)).toEqual(['Talk', 'Offer', 'Won', 'Lost']);
    const { pipeline: known } = await change('addStage', PIPELINE, { pipelineId: id, name: 'Hear', position: 1 });
    expect(names(known)).toEqual(['Hear', 'Talk', 'Offer', 'Won', 'Lost']);
    expect(codes(await change('addStage', PIPELINE, { pipelineId: id, name: 'Hear' }))).toEqual(['name TAKEN']);
    const wanted = [...known.stages].map((stage: Answer) => stage.id);
    [wanted[1], wanted[2]] = [wanted[2], wanted[1]];
    const order = (input: object) => change('orderStages', PIPELINE, { pipelineId: id, ...input });
    expect(codes(await order({ stageIds: wanted.slice(1) }))).toEqual(['stageIds INVALID']);
    expect(codes(await order({ stageIds: wanted, version: known.version - 1 }))).toEqual(['version CONFLICT']);
    const ordered = await order({ stageIds: wanted, version: known.version });
    expect(names(ordered.pipeline)).toEqual(['Hear', 'Offer', 'Talk', 'Won', 'Lost']);
    expect(ordered.pipeline.version).toBe(known.version + 1);
  });

  test('loses a stage with nothing left in it, also while cards are moved there', async () => {
    const known = await pipeline('Wholesale', [{ name: 'Hear' }, ...STAGES]);
    const [hear, talk] = known.stages;
    const ids = await opportunities(hear.id, 12);
    const [removed, ...moved] = await Promise.all([
      change('removeStage', 'stage { isActive }', { id: talk.id, moveToStageId: hear.id }),
      ...ids.map(opportunityId => change('moveOpportunity', 'opportunity { id }', { opportunityId, stageId: talk.id })),
    ]);
    expect(codes(removed)).toEqual([]);
    for (const one of moved) expect([[], ['stageId NOT_FOUND']]).toContainEqual(codes(one));
    const data: Answer = await owner.data('{ opportunities(first: 50) { edges { node { stage { name } } } } }');
    expect(new Set(data.opportunities.edges.map(({ node }: Answer) => node.stage.name))).toEqual(new Set(['Hear']));
  });
});

test('whoever watches opportunities hears of each that they may see, as it is then', async () => {
  const { stages } = await pipeline('Wholesale', [{ name: 'Hear' }, ...STAGES]);
  const luis = await organization.as('AGENT', { memberId: await organization.member('Luis') });
  const ana = await organization.member('Ana');
  const document = 'subscription { opportunityChanged { opportunityId opportunity { name stage { name } } } }';
  await toldSoFar(product);
  const listeners = [owner, luis].map(({ authorization }) => subscribe(url, authorization, document));
  await eventually(() => product.app.hub.subscribers === 2);
  const [hers, nobodys] = await opportunities(stages[0].id, 2);
  await change('updateOpportunity', 'opportunity { id }', { id: hers, ownerId: organization.publicId('member', ana) });
  await change('updateOpportunity', 'opportunity { id }', { id: nobodys, ownerId: null });
  await change('moveOpportunity', 'opportunity { id }', { opportunityId: hers, stageId: stages[1].id });
  await change('moveOpportunity', 'opportunity { id }', { opportunityId: nobodys, stageId: stages[1].id });
  const last = (one: Answer) =>
    one.opportunityChanged.opportunityId === nobodys && one.opportunityChanged.opportunity.stage.name === 'Talk';
  const [all, some] = await Promise.all(listeners.map(listener => listener.until(heard => heard.some(last))));
  const heardOf = (heard: Answer[] | undefined) => new Set(heard?.map(one => one.opportunityChanged.opportunityId));
  expect(heardOf(all)).toEqual(new Set([hers, nobodys]));
  const moved = (some as Answer[]).map(one => one.opportunityChanged);
  expect(moved.filter(one => one.opportunityId === hers && one.opportunity?.stage.name === 'Talk')).toEqual([]);
  for (const listener of listeners) await listener.close();
});
