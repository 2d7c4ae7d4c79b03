import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { keepCustomer, openShelf, type Shelf, say } from '../support/quoting.js';

let app: TestApp;
let organization: TestOrganization;
let shelf: Shelf;
let owner: Client;
let customerId: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', PUBLIC_URL: 'https://crm.example.com' });
  organization = await app.organization();
  shelf = openShelf(app, organization);
  owner = await organization.as('OWNER');
  customerId = await keepCustomer(owner, 'Panadería Ñandú');
});
afterAll(() => app?.close());

const amounts = (quote: any) =>
  [quote.subtotal, quote.discount, quote.net, quote.tax, quote.total].map(one => one.amount);

describe('a quote', () => {
  test('is priced by the price book and numbered without gaps', async () => {
    const oven = await shelf.product('OVEN', '1200');
    const flour = await shelf.product('FLOUR', '0.85', { tax: '4', names: { es: 'Harina de trigo' } });
    const first = await say(owner, 'createQuote', {
      customerId,
      discountPercent: '10',
      lines: [
        { productId: oven, quantity: '1' },
        { productId: flour, quantity: 3, discountPercent: '5' },
        { description: 'Delivery', quantity: '1', unitPrice: { amount: '30', currency: 'EUR' }, taxPercent: '21' },
      ],
    });
    expect(first.userErrors).toEqual([]);
    const { quote } = first;
    expect(quote).toMatchObject({ revision: 1, status: 'DRAFT', language: 'es', version: 1, discountPercent: '10' });
    expect(
      quote.lines.map((line: any) => [line.product?.sku, line.description, line.quantity, line.unitPrice.amount]),
    ).toEqual([
      ['OVEN', 'Product OVEN', '1', '1200.00'],
      ['FLOUR', 'Harina de trigo', '3', '0.85'],
      [undefined, 'Delivery', '1', '30.00'],
    ]);
    expect(amounts(quote)).toEqual(['1232.55', '123.37', '1109.18', '232.56', '1341.74']);
    expect(quote.effectiveDiscountPercent).toBe('14.5');
    await say(owner, 'createQuote', { customerId, lines: [] });
    const second = await say(owner, 'createQuote', { customerId, lines: [{ productId: oven }] });
    const [year, count] = quote.number.slice(2).split('-');
    expect(second.quote.number).toBe(`Q-${year}-${String(Number(count) + 1).padStart(4, '0')}`);
  });

  test('goes from draft to an order, once', async () => {
    const bread = await shelf.product('BREAD', '2.50');
    const { quote } = await say(owner, 'createQuote', { customerId, lines: [{ productId: bread, quantity: '4' }] });
    const submitted = await say(owner, 'submitQuote', { id: quote.id });
    expect(submitted).toMatchObject({ quote: { status: 'APPROVED' }, userErrors: [] });
    const sent = await say(owner, 'sendQuote', { id: quote.id });
    expect(sent).toMatchObject({ quote: { status: 'SENT' }, userErrors: [] });
    expect(sent.link).toMatch(/^https:\/\/crm\.example\.com\/quote\/[\w-]{43}$/);
    const accepted = await say(owner, 'acceptQuote', { id: quote.id });
    expect(accepted.userErrors).toEqual([]);
    expect(accepted).toMatchObject({
      quote: { status: 'ACCEPTED' },
      order: { status: 'PLACED', total: { amount: '12.10', currency: 'EUR' } },
    });
    const again = await say(owner, 'acceptQuote', { id: quote.id });
    expect(again.order).toEqual(accepted.order);
  });
});
