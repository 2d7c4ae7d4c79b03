import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import {
  BoardDocument,
  ConvertLeadDocument,
  CreateLeadDocument,
  MoveCardDocument,
  SalesForecastDocument,
  TakeQuoteDocument,
  WriteQuoteDocument,
} from '../support/operations.generated.js';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

test('the documents of schema/operations take somebody who asks to an order that the forecast knows', async () => {
  const organization = await app.organization();
  const owner = await organization.as('OWNER');
  const { createLead } = await owner.data(CreateLeadDocument, {
    input: { name: 'Marisa Outeiral', email: 'marisa@example.com', companyName: 'Café Outeiral' },
  });
  expect(createLead).toMatchObject({ lead: { status: 'NEW' }, userErrors: [] });
  const points = createLead.lead!.scoreReasons.reduce((sum, reason) => sum + reason.points, 0);
  expect(points).toBe(createLead.lead!.score);

  const { convertLead } = await owner.data(ConvertLeadDocument, {
    input: { id: createLead.lead!.id, amount: { amount: '1000', currency: 'EUR' } },
  });
  expect(convertLead).toMatchObject({ customer: { displayName: 'Marisa Outeiral' }, userErrors: [] });
  const opportunity = convertLead.opportunity!;

  const { pipelineBoard } = await owner.data(BoardDocument, { first: 5 });
  const [first, second] = pipelineBoard!.stages;
  expect(first).toMatchObject({
    count: 1,
    total: { amount: '1000.00' },
    cards: { edges: [{ node: { id: opportunity.id } }] },
  });
  const { moveOpportunity } = await owner.data(MoveCardDocument, {
    input: { opportunityId: opportunity.id, stageId: second!.stage.id, version: opportunity.version },
  });
  expect(moveOpportunity).toMatchObject({ opportunity: { stage: { id: second!.stage.id } }, userErrors: [] });

  const { createQuote } = await owner.data(WriteQuoteDocument, {
    input: {
      opportunityId: opportunity.id,
      lines: [
        {
          description: 'Desayunos',
          quantity: '3',
          unitPrice: { amount: '33.33', currency: 'EUR' },
          taxPercent: '10',
        },
      ],
    },
  });
  expect(createQuote).toMatchObject({ quote: { status: 'DRAFT', total: { amount: '109.99' } }, userErrors: [] });
  const { acceptQuote } = await owner.data(TakeQuoteDocument, { input: { id: createQuote.quote!.id } });
  expect(acceptQuote).toMatchObject({
    order: { status: 'PLACED', total: { amount: '109.99' }, opportunity: { status: 'WON' } },
    userErrors: [],
  });

  const today = new Date().toISOString().slice(0, 10);
  const { salesForecast } = await owner.data(SalesForecastDocument, { from: today, to: today });
  expect(salesForecast.periods).toMatchObject([{ won: { amount: '1000.00' }, committed: { amount: '1000.00' } }]);
  expect(salesForecast.statisticalReason).not.toBeNull();
});
