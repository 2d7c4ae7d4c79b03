import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { keepCustomer } from '../support/quoting.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});
afterAll(() => product?.close());

async function act(mutation: string, input: object, shown: string, type?: string): Promise<any> {
  const inputType = type ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await admin.data(
    `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${shown} userErrors { field message } } }`,
    { input },
  );
  expect(answer[mutation].userErrors).toEqual([]);
  return answer[mutation];
}

test('erasing a customer leaves no word of what was planned, offered and noted about what it might buy', async () => {
  const customerId = await keepCustomer(admin, 'Ana');
  const { lead } = await act('createLead', { name: 'Ana', source: 'FORM' }, 'lead { id }');
  const { opportunity } = await act('createOpportunity', { name: 'Oven', customerId }, 'opportunity { id }');
  const opportunityId = opportunity.id;
  for (const regardingId of [opportunityId, lead.id])
    await act(
      'createActivity',
      { kind: 'CALL', subject: 'Xyzzy planned', notes: 'Xyzzy', regardingId },
      'activity { id }',
    );
  await act(
    'createActivity',
    {
      kind: 'CALL',
      subject: 'Xyzzy weekly',
      regardingId: opportunityId,
      startsAt: new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000),
      recurrence: { rule: 'FREQ=WEEKLY', timeZone: 'Europe/Madrid' },
    },
    'activity { id }',
  );
  const { competitor } = await act('createCompetitor', { name: 'Horno Rival' }, 'competitor { id }');
  const competitorId = competitor.id;
  await act('setOpportunityCompetitor', { opportunityId, competitorId, note: 'Xyzzy told' }, 'opportunity { id }');
  await act(
    'setOpportunityCompetitor',
    { opportunityId, competitorId, note: 'Xyzzy told again' },
    'opportunity { id }',
  );
  await act('removeOpportunityCompetitor', { opportunityId, competitorId }, 'opportunity { id }');
  await act('setOpportunityCompetitor', { opportunityId, competitorId, note: 'Xyzzy told anew' }, 'opportunity { id }');
  const line = (description: string) => ({ description, quantity: '1', unitPrice: { amount: '1', currency: 'EUR' } });
  const { quote } = await act(
    'createQuote',
    { customerId, opportunityId, lines: [line('Xyzzy first')] },
    'quote { id }',
  );
  await act('updateQuote', { id: quote.id, lines: [line('Xyzzy second')] }, 'quote { id }');
  const colleague = organization.publicId('member', await organization.member('Colleague'));
  await act(
    'transferRecords',
    { ids: [opportunityId], toOwnerId: colleague, reason: 'Xyzzy asked' },
    'results { index userErrors { message } }',
  );
  // One that became the customer, so that what was planned about it goes with it.
  await product.app.database.system.query(
    'update leads set customer_id = (select id from customers where organization_id = $1) where organization_id = $1',
    [organization.id],
  );

  await act('eraseCustomer', { id: customerId }, 'erasedCustomerId', 'CustomerIdInput');

  const { rows: tables } = await product.app.database.system.query(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public'`,
  );
  const left: string[] = [];
  for (const { name } of tables) {
    const { rows } = await product.app.database.system.query(
      `select t::text as row from ${name} t where t::text like '%Xyzzy%'`,
    );
    left.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  expect(left).toEqual([]);
  const { activities } = await admin.data('{ activities(first: 200) { edges { node { status } } } }');
  expect(activities.edges.length).toBeGreaterThan(2);
  for (const { node } of activities.edges) expect(node.status).toBe('CANCELLED');
});
