import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

async function customer(displayName: string): Promise<string> {
  const { createCustomer }: Answer = await admin.data(
    'mutation ($name: String!) { createCustomer(input: { displayName: $name }) { customer { id } } }',
    { name: displayName },
  );
  return createCustomer.customer.id;
}

async function plan(input: object): Promise<string> {
  const { createActivity }: Answer = await admin.data(
    'mutation ($input: CreateActivityInput!) { createActivity(input: $input) { activity { id } userErrors { field message } } }',
    { input },
  );
  expect(createActivity.userErrors).toEqual([]);
  return createActivity.activity.id;
}

const ACTIVITIES =
  'activities(first: 200, orderBy: { field: CREATED_AT }) { edges { node { id subject status attendees { customer { displayName } } } } }';

async function activitiesOf(id: string): Promise<Answer[]> {
  const data: Answer = await admin.data(`query ($id: ID!) { customer(id: $id) { ${ACTIVITIES} } }`, { id });
  return data.customer?.activities.edges.map(({ node }: Answer) => node) ?? [];
}

async function everything(): Promise<Answer[]> {
  const data: Answer = await admin.data(`{ ${ACTIVITIES} }`);
  return data.activities.edges.map(({ node }: Answer) => node);
}

const weekly = (over: object) => ({
  kind: 'CALL',
  startsAt: new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 32_400_000),
  recurrence: { rule: 'FREQ=WEEKLY', timeZone: 'America/Mexico_City' },
  ...over,
});

describe('the activities of a customer', () => {
  test('go to the customer it is merged into, with those still to be planned, and come back when that is undone', async () => {
    const [ana, anna] = [await customer('Ana'), await customer('Anna')];
    await plan({ kind: 'TASK', subject: 'Of Ana', customerId: ana });
    await plan({ kind: 'TASK', subject: 'Of Anna', customerId: anna, attendeeIds: [ana, anna] });
    await plan(weekly({ subject: 'Weekly', customerId: anna, attendeeIds: [anna] }));
    const before = await activitiesOf(anna);
    const { mergeCustomers }: Answer = await admin.data(
      'mutation ($survivor: ID!, $merged: [ID!]!) { mergeCustomers(input: { survivorId: $survivor, mergedIds: $merged }) { mergeId userErrors { message } } }',
      { survivor: ana, merged: [anna] },
    );
    expect(mergeCustomers.userErrors).toEqual([]);
    const merged = await activitiesOf(ana);
    expect(merged).toHaveLength(before.length + 1);
    expect(merged.find(({ subject }) => subject === 'Of Anna').attendees).toEqual([
      { customer: { displayName: 'Ana' } },
    ]);

    const { system } = product.app.database;
    await system.query(`delete from activity_attendees where organization_id = $1`, [organization.id]);
    await system.query(
      `delete from activities where organization_id = $1 and occurrence_at > now() + interval '30 days'`,
      [organization.id],
    );
    await system.query(
      `update activity_series set planned_until = now() + interval '30 days' where organization_id = $1`,
      [organization.id],
    );
    const { planAllSeries } = await import('../../src/modules/activities/index.js');
    const { openLogger } = await import('../../src/platform/logger.js');
    await planAllSeries(product.app.database, openLogger('silent'), new AbortController().signal);
    const planned = await activitiesOf(ana);
    expect(planned).toHaveLength(merged.length);
    expect(planned.at(-1).attendees).toEqual([{ customer: { displayName: 'Ana' } }]);

    const { undoMerge }: Answer = await admin.data(
      'mutation ($id: ID!) { undoMerge(input: { mergeId: $id }) { userErrors { message } } }',
      { id: mergeCustomers.mergeId },
    );
    expect(undoMerge.userErrors).toEqual([]);
    expect((await activitiesOf(ana)).map(({ subject }) => subject)).toContain('Of Ana');
    expect((await activitiesOf(anna)).map(({ subject }) => subject)).toContain('Of Anna');
  });

  test('are emptied and called off with its erasure, and what others do stays', async () => {
    const [ana, luis] = [await customer('Ana'), await customer('Luis')];
    await plan({ kind: 'CALL', subject: 'Secret of Ana', notes: 'Secret', customerId: ana });
    await plan(weekly({ subject: 'Secret weekly', customerId: ana }));
    await plan({ kind: 'MEETING', subject: 'With Luis', customerId: luis, attendeeIds: [ana, luis] });
    const { eraseCustomer }: Answer = await admin.data(
      'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }',
      { id: ana },
    );
    expect(eraseCustomer.userErrors).toEqual([]);
    const left = await everything();
    expect(left.filter(({ status }) => status === 'OPEN')).toMatchObject([
      { subject: 'With Luis', attendees: [{ customer: { displayName: 'Luis' } }] },
    ]);
    const { rows } = await product.app.database.system.query(
      `select t::text from activities t where t::text like '%Secret%' union all select t::text from activity_series t where t::text like '%Secret%'
       union all select t::text from audit_entries t where t::text like '%Secret%'`,
    );
    expect(rows).toEqual([]);
  });

  test('are in its export, those to which it is only asked included', async () => {
    const ana = await customer('Ana');
    await plan({ kind: 'CALL', subject: 'Of Ana', customerId: ana });
    await plan({ kind: 'MEETING', subject: 'Ana is asked', attendeeIds: [ana] });
    await plan({ kind: 'MEETING', subject: 'Others' });
    const { customerExport }: Answer = await admin.data('query ($id: ID!) { customerExport(id: $id) }', { id: ana });
    expect(customerExport.activities.map(({ subject }: Answer) => subject)).toEqual(['Of Ana', 'Ana is asked']);
  });

  test('are about any record the viewer may see, and show it to nobody else', async () => {
    const { createLead }: Answer = await admin.data(
      'mutation { createLead(input: { name: "Panificadora", source: FORM }) { lead { id } userErrors { message } } }',
    );
    const lead = createLead.lead.id;
    await plan({ kind: 'CALL', subject: 'About the lead', regardingId: lead });
    const { activities }: Answer = await admin.data(
      'query ($id: ID!) { activities(filter: { regardingId: { eq: $id } }) { edges { node { subject regarding { __typename id } } } } }',
      { id: lead },
    );
    expect(activities.edges).toEqual([
      { node: { subject: 'About the lead', regarding: { __typename: 'Lead', id: lead } } },
    ]);
  });
});
