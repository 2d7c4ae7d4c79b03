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
});
