import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
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
  expect(data.payload.userErrors).toEqual([]);
  return data.payload;
}

const customer = async (displayName: string): Promise<string> =>
  (await change('createCustomer', 'customer { id }', { displayName })).customer.id;

const opportunity = async (input: object): Promise<string> =>
  (await change('createOpportunity', 'opportunity { id }', { name: 'Oven', ...input })).opportunity.id;

const read = async (id: string, fields: string): Promise<Answer> =>
  ((await owner.data(`query ($id: ID!) { opportunity(id: $id) { ${fields} } }`, { id })) as Answer).opportunity;

describe('the opportunities of a customer', () => {
  test('go to whom it is merged into, who has one part in each, and come back when that is undone', async () => {
    const [sol, soll] = [await customer('Panadería Sol'), await customer('Panadería Soll')];
    const [buyer, both] = [await opportunity({ customerId: soll }), await opportunity({ customerId: sol })];
    for (const [customerId, role, isPrimary] of [
      [sol, 'USER', false],
      [soll, 'DECISION_MAKER', true],
    ] as const)
      await change('setOpportunityContact', 'opportunity { id }', { opportunityId: both, customerId, role, isPrimary });
    const contacts = 'customer { id } contacts { role isPrimary customer { id } }';
    const before = [await read(buyer, contacts), await read(both, contacts)];
    const { mergeId } = await change('mergeCustomers', 'mergeId', { survivorId: sol, mergedIds: [soll] });
    expect(await read(buyer, contacts)).toEqual({ customer: { id: sol }, contacts: [] });
    expect(await read(both, contacts)).toEqual({
      customer: { id: sol },
      contacts: [{ role: 'USER', isPrimary: true, customer: { id: sol } }],
    });
    await change('undoMerge', 'undone: userErrors { code }', { mergeId });
    expect([await read(buyer, contacts), await read(both, contacts)]).toEqual(before);
  });

  test('are in its export, and forget with its erasure what was said but not what was sold', async () => {
    const [sol, ana] = [await customer('Panadería Sol'), await customer('Ana')];
    const id = await opportunity({
      customerId: sol,
      name: 'secretbread',
      nextStep: 'secretcall',
      source: 'secretfair',
      externalId: 'secret-1',
      amount: { amount: '12.5', currency: 'EUR' },
    });
    const other = await opportunity({ customerId: ana, name: 'Mixer' });
    await change('setOpportunityContact', 'opportunity { id }', {
      opportunityId: other,
      customerId: sol,
      role: 'USER',
    });
    const { customerExport }: Answer = await owner.data('query ($id: ID!) { customerExport(id: $id) }', { id: sol });
    expect(customerExport.opportunities).toMatchObject([
      { id, name: 'secretbread', next_step: 'secretcall', role: null, history: [{ status: 'OPEN' }] },
      { id: other, name: 'Mixer', role: 'USER' },
    ]);
    await owner.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', { id: sol });
    expect(await read(id, 'name nextStep source externalId amount { amount } status')).toEqual({
      name: 'erased',
      nextStep: null,
      source: null,
      externalId: null,
      amount: { amount: '12.50' },
      status: 'OPEN',
    });
    expect(await read(other, 'name contacts { role }')).toEqual({ name: 'Mixer', contacts: [] });
    const { rows } = await product.app.database.system.query(
      `select table_name from audit_entries where organization_id = $1 and (coalesce(before::text, '') || coalesce(after::text, '')) like '%secret%'`,
      [organization.id],
    );
    expect(rows).toEqual([]);
  });

  test('show the lead and the territory that they came of', async () => {
    const { territory } = await change('createTerritory', 'territory { id }', { name: 'Norte', countries: ['ES'] });
    const { lead } = await change('createLead', 'lead { id }', { name: 'Ana Gil', country: 'ES' });
    const converted = await change('convertLead', 'opportunity { id }', { id: lead.id });
    expect(await read(converted.opportunity.id, 'lead { id name } territory { id name }')).toEqual({
      lead: { id: lead.id, name: 'Ana Gil' },
      territory: { id: territory.id, name: 'Norte' },
    });
  });
});

describe('who had something', () => {
  test('is kept also where an opportunity or a customer is given by changing it', async () => {
    const [luis, ana] = [await organization.member('Luis'), await organization.member('Ana')].map(id =>
      organization.publicId('member', id),
    );
    const customerId = await customer('Panadería Sol');
    const id = await opportunity({ customerId, ownerId: luis });
    await change('updateOpportunity', 'opportunity { id }', { id, ownerId: ana });
    await change('updateOpportunity', 'opportunity { id }', { id, ownerId: ana, nextStep: 'Call' });
    const history = 'ownershipHistory { fromOwner { name } toOwner { name } reason }';
    const given = (from: string | null, to: string | null, reason: string | null = null) => ({
      fromOwner: from && { name: from },
      toOwner: to && { name: to },
      reason,
    });
    expect(await read(id, history)).toEqual({ ownershipHistory: [given('Luis', 'Ana')] });
    await change('updateCustomer', 'customer { id }', { id: customerId, ownerId: luis });
    await change('transferRecords', 'results { recordId }', { ids: [customerId], toOwnerId: ana, reason: 'Moved' });
    await change('updateCustomers', 'results { index }', { items: [{ id: customerId, ownerId: null }] });
    const data: Answer = await owner.data(`query ($id: ID!) { customer(id: $id) { ${history} } }`, { id: customerId });
    expect(data.customer.ownershipHistory).toEqual([
      given('Ana', null),
      given('Luis', 'Ana', 'Moved'),
      given(null, 'Luis'),
    ]);
  });
});
