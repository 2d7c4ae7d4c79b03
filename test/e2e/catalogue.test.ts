import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

async function fresh(): Promise<void> {
  organization = await app.organization();
  owner = await organization.as('OWNER');
}

const errors = 'userErrors { field code message }';

async function product(sku: string, more: object = {}): Promise<string> {
  const { createProduct } = await owner.data(
    `mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } ${errors} } }`,
    { input: { sku, name: sku, ...more } },
  );
  expect(createProduct.userErrors).toEqual([]);
  return createProduct.product.id;
}

async function book(input: object): Promise<{ priceBook: { id: string } | null; userErrors: { code: string }[] }> {
  const { createPriceBook } = await owner.data(
    `mutation ($input: CreatePriceBookInput!) { createPriceBook(input: $input) { priceBook { id } ${errors} } }`,
    { input },
  );
  return createPriceBook;
}

async function setPrices(priceBookId: string, items: object[]) {
  const { setPrices } = await owner.data(
    `mutation ($input: SetPricesInput!) { setPrices(input: $input) { results { index ${errors} } ${errors} } }`,
    { input: { priceBookId, items } },
  );
  return setPrices;
}

const pricesOf = async (items: object[], more: object = {}) =>
  (
    await owner.data(
      `query ($items: [WantedProduct!]!, $customerId: ID, $currency: String, $on: Date) {
         prices(items: $items, customerId: $customerId, currency: $currency, on: $on) {
           unitPrice { amount currency } taxPercent priceBook { name }
         }
       }`,
      { items, on: '2026-06-15', ...more },
    )
  ).prices.map(({ unitPrice }: { unitPrice: { amount: string; currency: string } | null }) =>
    unitPrice ? `${unitPrice.amount} ${unitPrice.currency}` : null,
  );

describe('the catalogue', () => {
  test('prices a customer by segment, quantity, currency and day', async () => {
    await fresh();
    const bread = await product('BREAD');
    const rolls = await product('ROLLS');
    const everybody = await book({ name: 'All', currency: 'EUR', validFrom: '2026-01-01', validUntil: '2027-01-01' });
    const bakers = await book({ name: 'Bakers', segment: 'baker', currency: 'EUR', validFrom: '2026-01-01' });
    const dollars = await book({ name: 'Dollars', currency: 'USD', validFrom: '2026-01-01' });
    await setPrices(everybody.priceBook!.id, [
      { productId: bread, unitPrice: '3' },
      { productId: bread, unitPrice: '2.5', minQuantity: '10' },
      { productId: rolls, unitPrice: '0.455' },
    ]);
    await setPrices(bakers.priceBook!.id, [{ productId: bread, unitPrice: '2' }]);
    await setPrices(dollars.priceBook!.id, [{ productId: bread, unitPrice: '3.3' }]);
    const { createCustomer } = await owner.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
      { input: { displayName: 'Horno de la Plaza', tags: ['baker'] } },
    );
    const items = [{ productId: bread }, { productId: bread, quantity: '12' }, { productId: rolls }];
    expect(await pricesOf(items)).toEqual(['3.00 EUR', '2.50 EUR', '0.455 EUR']);
    expect(await pricesOf(items, { customerId: createCustomer.customer.id })).toEqual([
      '2.00 EUR',
      '2.00 EUR',
      '0.455 EUR',
    ]);
    expect(await pricesOf(items, { currency: 'usd' })).toEqual(['3.30 USD', '3.30 USD', null]);
    expect(await pricesOf(items, { on: '2027-01-01' })).toEqual([null, null, null]);
  });

  test('prices a bundle by what it is made of, unless a book has a price for it', async () => {
    await fresh();
    const [flour, yeast] = [await product('FLOUR'), await product('YEAST')];
    const basket = await product('BASKET', {
      kind: 'BUNDLE',
      bundleItems: [
        { productId: flour, quantity: '2' },
        { productId: yeast, quantity: '0.5' },
      ],
    });
    const { priceBook } = await book({ name: 'All', currency: 'EUR', validFrom: '2026-01-01' });
    await setPrices(priceBook!.id, [
      { productId: flour, unitPrice: '1.25' },
      { productId: yeast, unitPrice: '3' },
    ]);
    expect(await pricesOf([{ productId: basket }])).toEqual(['4.00 EUR']);
    await setPrices(priceBook!.id, [{ productId: basket, unitPrice: '3.90' }]);
    expect(await pricesOf([{ productId: basket }])).toEqual(['3.90 EUR']);
  });

  test('has one price book a segment, currency and day, also when two are kept at once', async () => {
    await fresh();
    const input = { currency: 'EUR', validFrom: '2026-01-01', validUntil: '2026-07-01' };
    const both = await Promise.all([book({ ...input, name: 'One' }), book({ ...input, name: 'Two' })]);
    expect(both.map(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual([[], ['CONFLICT']]);
    expect((await book({ ...input, name: 'Next', validFrom: '2026-07-01', validUntil: null })).userErrors).toEqual([]);
    expect((await book({ ...input, name: 'Theirs', segment: 'baker' })).userErrors).toEqual([]);
    const overlap = await book({ ...input, name: 'Late', validFrom: '2026-06-30', validUntil: '2026-08-01' });
    expect(overlap.userErrors).toEqual([
      {
        field: 'validFrom',
        code: 'CONFLICT',
        message: 'Another price book of this segment and currency holds on one of these days.',
      },
    ]);
  });

  test('says by place which prices it does not take', async () => {
    await fresh();
    const bread = await product('BREAD');
    const { priceBook } = await book({ name: 'All', currency: 'EUR', validFrom: '2026-01-01' });
    const answer = await setPrices(priceBook!.id, [
      { productId: bread, unitPrice: '-1' },
      { productId: bread, unitPrice: '1', minQuantity: '-3' },
      { productId: 'product_01h455vb4pex5vsknk084sn02q', unitPrice: '1' },
      { productId: bread, unitPrice: '1.00001' },
      { productId: bread, unitPrice: '1' },
    ]);
    expect(answer.results.map((one: any) => one.userErrors.map((error: any) => error.field))).toEqual([
      ['unitPrice'],
      ['minQuantity'],
      ['productId'],
      ['unitPrice'],
      [],
    ]);
  });

  test('refuses a stale change, a number that is taken, and bundles in bundles', async () => {
    await fresh();
    const bread = await product('BREAD');
    const change = async (input: object) =>
      (
        await owner.data(
          `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { product { version name } ${errors} } }`,
          { input: { id: bread, ...input } },
        )
      ).updateProduct;
    expect((await change({ name: 'Pan', names: { pt: 'Pão' }, version: 1 })).product).toEqual({
      version: 2,
      name: 'Pan',
    });
    expect((await change({ name: 'Otro', version: 1 })).userErrors).toEqual([
      { field: 'version', code: 'CONFLICT', message: 'The product is at version 2 now. Read it again and decide.' },
    ]);
    await product('ROLLS');
    expect((await change({ sku: 'ROLLS' })).userErrors[0]).toMatchObject({ field: 'sku', code: 'TAKEN' });
    const basket = await product('BASKET', { kind: 'BUNDLE', bundleItems: [{ productId: bread, quantity: '1' }] });
    const { createProducts } = await owner.data(
      `mutation ($input: CreateProductsInput!) { createProducts(input: $input) { results { product { sku } ${errors} } } }`,
      {
        input: {
          items: [
            { sku: 'NEST', name: 'Nest', kind: 'BUNDLE', bundleItems: [{ productId: basket, quantity: '1' }] },
            { sku: 'CAKE', name: 'Cake' },
          ],
        },
      },
    );
    expect(createProducts.results).toMatchObject([
      { product: null, userErrors: [{ field: 'bundleItems', code: 'NOT_ALLOWED' }] },
      { product: { sku: 'CAKE' }, userErrors: [] },
    ]);
  });

  test("keeps limits, rates and units, and refuses a rate of the organisation's own currency", async () => {
    await fresh();
    const done = await owner.data(
      `mutation {
         setDiscountLimit(input: { role: AGENT, maxPercent: "5" }) { discountLimits { role maxPercent } }
         setExchangeRates(input: { items: [
           { currency: "usd", validFrom: "2026-01-01", rate: "0.9" },
           { currency: "EUR", validFrom: "2026-01-01", rate: "2" }
         ] }) { results { ${errors} } exchangeRates { currency rate } }
         createUnit(input: { code: "kg", name: "Kilo", decimals: 3 }) { unit { code decimals } }
         createTaxRate(input: { name: "IVA", percent: "21.0", country: "es" }) { taxRate { percent country } }
       }`,
    );
    expect(done.setDiscountLimit.discountLimits).toContainEqual({ role: 'AGENT', maxPercent: '5' });
    expect(done.setExchangeRates).toMatchObject({
      results: [{ userErrors: [] }, { userErrors: [{ field: 'currency', code: 'NOT_ALLOWED' }] }],
      exchangeRates: [{ currency: 'USD', rate: '0.9' }],
    });
    expect(done.createUnit.unit).toEqual({ code: 'kg', decimals: 3 });
    expect(done.createTaxRate.taxRate).toEqual({ percent: '21', country: 'ES' });
  });
});
