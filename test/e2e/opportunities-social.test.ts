import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let manager: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  organization = await product.organization();
  manager = await organization.as('MANAGER');
}, 120_000);
afterAll(() => product.close());

async function put(table: string, row: Record<string, unknown>): Promise<string> {
  const id = newId();
  const full = { organization_id: organization.id, id, ...row };
  const places = Object.keys(full).map((_, at) => `$${at + 1}`);
  await product.app.database.system.query(
    `insert into ${table} (${Object.keys(full).join(', ')}) values (${places.join(', ')})`,
    Object.values(full),
  );
  return id;
}

const customer = (name: string) => put('customers', { kind: 'PERSON', display_name: name });
const identity = (handle: string, customerId: string | null, network = 'MASTODON') =>
  put('social_identities', { network, handle, handle_key: handle, customer_id: customerId, authored: true });
const post = (authorId: string, day: string, more: object = {}) =>
  put('posts', {
    network: 'MASTODON',
    external_id: newId(),
    revision: '1',
    kind: 'MENTION',
    author_id: authorId,
    text: `said on ${day}`,
    sentiment_label: 'NEUTRAL',
    sentiment_score: 0,
    priority_score: 0,
    occurred_at: `${day}T10:00:00Z`,
    ...more,
  });

test('a won deal shows who influenced the buyer, and is put down to what touched it', async () => {
  const [buyer, contact, influencer] = [await customer('Sol'), await customer('Ana'), await customer('Berta')];
  const sol = await identity('sol', buyer);
  const ana = await identity('ana', contact, 'BLOG');
  const berta = await identity('berta', influencer, 'BLOG');
  const origin = await post(sol, '2026-09-01');
  const praised = await post(berta, '2026-09-10', { network: 'BLOG' });
  const answer = await post(ana, '2026-09-11', { network: 'BLOG', in_reply_to_id: praised });
  await post(sol, '2026-10-20');
  await post(sol, '2026-11-20');
  const act = { network: 'BLOG', kind: 'REPLY', from_identity_id: ana, to_identity_id: berta, post_id: answer };
  await put('interactions', { ...act, occurred_at: '2026-09-11T10:00:00Z' });
  await product.app.database.system.query(
    `insert into identity_edges (organization_id, from_identity_id, to_identity_id, kind, count, strength, first_at, last_at)
     values ($1, $2, $3, 'REPLY', 1, 0, '2026-09-11', '2026-09-11')`,
    [organization.id, ana, berta],
  );
  const { createOpportunity } = await manager.data(
    `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } userErrors { field message } } }`,
    {
      input: {
        name: 'Oven',
        customerId: organization.publicId('customer', buyer),
        postId: organization.publicId('post', origin),
        amount: { amount: '100.01', currency: 'EUR' },
        contacts: [{ customerId: organization.publicId('customer', contact), role: 'INFLUENCER' }],
      },
    },
  );
  expect(createOpportunity.userErrors).toEqual([]);
  const { id } = createOpportunity.opportunity;
  await manager.data(
    `mutation ($id: ID!) { closeOpportunity(input: { opportunityId: $id, outcome: WON }) { userErrors { message } } }`,
    { id },
  );
  await product.app.database.system.query(
    `update opportunities set closed_at = '2026-11-01T12:00:00Z' where organization_id = $1`,
    [organization.id],
  );

  const call = { kind: 'CALL', subject: 'Call', status: 'DONE', created_by: 'system:test', customer_id: buyer };
  await put('activities', { ...call, completed_at: '2026-10-25T10:00:00Z' });
  // Neither what is still to be done, nor a task, nor what was done after the end touched anybody.
  await put('activities', { ...call, status: 'OPEN', starts_at: '2026-10-02T10:00:00Z' });
  await put('activities', { ...call, kind: 'TASK', completed_at: '2026-10-03T10:00:00Z' });
  await put('activities', { ...call, completed_at: '2026-11-20T10:00:00Z' });

  const { opportunity } = await manager.data(
    `query ($id: ID!) { opportunity(id: $id) {
      influencedBy { customer { displayName } kinds count moves { displayName } evidence { kind } }
      touches { kind position network author { handle } activity { subject } } } }`,
    { id },
  );
  expect(opportunity.influencedBy).toEqual([
    {
      customer: { displayName: 'Berta' },
      kinds: ['REPLY'],
      count: 1,
      moves: [{ displayName: 'Ana' }],
      evidence: [{ kind: 'REPLY' }],
    },
  ]);
  const said = { activity: null };
  expect(opportunity.touches).toEqual([
    { ...said, kind: 'ORIGIN', position: 'FIRST', network: 'MASTODON', author: { handle: 'sol' } },
    { ...said, kind: 'INFLUENCED', position: 'MIDDLE', network: 'BLOG', author: { handle: 'berta' } },
    { ...said, kind: 'SAID', position: 'MIDDLE', network: 'BLOG', author: { handle: 'ana' } },
    { ...said, kind: 'SAID', position: 'MIDDLE', network: 'MASTODON', author: { handle: 'sol' } },
    { kind: 'MET', position: 'LAST', network: null, author: null, activity: { subject: 'Call' } },
  ]);

  const attribution = async (model: string, by = 'NETWORK') => {
    const { attribution: found } = await manager.data(
      `query ($model: AttributionModel!, $by: AttributionDimension!) {
        attribution(from: "2026-11-01", to: "2026-11-01", model: $model, by: $by) {
          won { amount } opportunities unconverted parts { key author { handle } amount { amount } opportunities touches } } }`,
      { model, by },
    );
    expect(found).toMatchObject({ won: { amount: '100.01' }, opportunities: 1, unconverted: [] });
    return Object.fromEntries(found.parts.map((part: any) => [part.author?.handle ?? part.key, part.amount.amount]));
  };
  expect(await attribution('FIRST_TOUCH')).toEqual({ MASTODON: '100.01' });
  expect(await attribution('LINEAR')).toEqual({ BLOG: '40.01', MASTODON: '40.00', null: '20.00' });
  expect(await attribution('POSITION_BASED')).toEqual({ MASTODON: '46.67', null: '40.00', BLOG: '13.34' });
  expect(await attribution('LAST_TOUCH', 'AUTHOR')).toEqual({ null: '100.01' });
  expect(await attribution('LINEAR', 'KIND')).toEqual({
    SAID: '40.01',
    INFLUENCED: '20.00',
    ORIGIN: '20.00',
    MET: '20.00',
  });

  const { attribution: nothing } = await manager.data(
    '{ attribution(from: "2026-11-02", to: "2026-11-30") { won { amount } parts { key } } }',
  );
  expect(nothing).toEqual({ won: { amount: '0.00' }, parts: [] });
}, 60_000);
