import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
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
const wrong = (payload: any) => payload.userErrors.map(({ field, code }: any) => [field, code]);
const free = (amount: string, more: object = {}) => ({
  description: 'Work',
  unitPrice: { amount, currency: 'EUR' },
  ...more,
});

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
        free('30', { taxPercent: '21' }),
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
      [undefined, 'Work', '1', '30.00'],
    ]);
    expect(amounts(quote)).toEqual(['1232.55', '123.37', '1109.18', '232.56', '1341.74']);
    expect(quote.effectiveDiscountPercent).toBe('14.5');
    expect(wrong(await say(owner, 'createQuote', { customerId, lines: [] }))).toEqual([['lines', 'REQUIRED']]);
    const second = await say(owner, 'createQuote', { customerId, lines: [{ productId: oven }] });
    const [year, count] = quote.number.slice(2).split('-');
    expect(second.quote.number).toBe(`Q-${year}-${String(Number(count) + 1).padStart(4, '0')}`);
  });

  test('is numbered without gaps also by those who write at the same moment', async () => {
    const other = await app.organization();
    const client = await other.as('OWNER');
    const customer = await keepCustomer(client, 'Ana');
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        say(client, 'createQuote', { customerId: customer, lines: [free(at % 2 ? '-1' : '1')] }),
      ),
    );
    const numbers = made.flatMap(({ quote }) => quote?.number.slice(7) ?? []).sort();
    expect(numbers).toEqual(['0001', '0002', '0003', '0004']);
  });

  test('speaks the language of the customer, or else of the organisation', async () => {
    for (const [spoken, language] of [
      ['pt-BR', 'pt-BR'],
      ['en', 'en'],
      ['fr', 'es'],
      [null, 'es'],
    ]) {
      const customer = await keepCustomer(owner, 'Ana', { language: spoken });
      const { quote } = await say(owner, 'createQuote', { customerId: customer, lines: [free('1')] });
      expect([spoken, quote.language]).toEqual([spoken, language]);
    }
    const refused = await say(owner, 'createQuote', { customerId, language: 'fr', lines: [free('1')] });
    expect(wrong(refused)).toEqual([['language', 'INVALID']]);
  });

  test('takes a bundle as one line, or as its components at the same price', async () => {
    await shelf.product('TIN', '7');
    await shelf.product('LID', '3', { tax: '10' });
    const set = await shelf.bundle('SET', '20', { TIN: '2', LID: '1' });
    const one = await say(owner, 'createQuote', { customerId, lines: [{ productId: set, quantity: '3' }] });
    expect(one.quote.lines).toHaveLength(1);
    expect(one.quote.subtotal.amount).toBe('60.00');
    const split = await say(owner, 'createQuote', {
      customerId,
      lines: [{ productId: set, quantity: '3', explode: true }],
    });
    expect(split.userErrors).toEqual([]);
    expect(
      split.quote.lines
        .map((line: any) => [line.product.sku, line.quantity, line.unitPrice.amount, line.taxPercent])
        .sort(),
    ).toEqual([
      ['LID', '3', '3.53', '10'],
      ['TIN', '6', '8.235', '21'],
    ]);
    expect(split.quote.subtotal.amount).toBe('60.00');
    expect(split.quote.effectiveDiscountPercent).toBe('0');
    const tin = one.quote && (await shelf.product('PLAIN', '7'));
    const refused = await say(owner, 'createQuote', { customerId, lines: [{ productId: tin, explode: true }] });
    expect(wrong(refused)).toEqual([['lines.0.explode', 'INVALID']]);
  });

  test('is made of the products of an opportunity, and listed under it', async () => {
    const cake = await shelf.product('CAKE', '12');
    const { createOpportunity } = await owner.data(
      `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } userErrors { field message } } }`,
      { input: { name: 'Wedding', customerId, amount: { amount: '100', currency: 'EUR' } } },
    );
    const opportunityId = createOpportunity.opportunity.id;
    await app.app.database.system.query(
      `insert into opportunity_lines (organization_id, id, opportunity_id, position, product_id, quantity, unit_price, discount_percent)
       select p.organization_id, $2, o.id, 1, p.id, 10, 9, 0 from products p join opportunities o on o.organization_id = p.organization_id and o.name = 'Wedding'
        where p.organization_id = $1 and p.sku = 'CAKE'`,
      [organization.id, newId()],
    );
    const { quote, userErrors } = await say(owner, 'createQuote', { opportunityId });
    expect(userErrors).toEqual([]);
    expect(quote.lines).toMatchObject([{ product: { sku: 'CAKE' }, quantity: '10', unitPrice: { amount: '9.00' } }]);
    expect(quote.effectiveDiscountPercent).toBe('25');
    const { opportunity, customer } = await owner.data(
      `query ($id: ID!, $customer: ID!) {
         opportunity(id: $id) { quotes { totalCount edges { node { id customer { id } opportunity { id } } } } }
         customer(id: $customer) { quotes(first: 1, filter: { opportunityId: { eq: $id } }) { edges { node { id } } } } }`,
      { id: opportunityId, customer: customerId },
    );
    expect(opportunity.quotes).toEqual({
      totalCount: 1,
      edges: [{ node: { id: quote.id, customer: { id: customerId }, opportunity: { id: opportunityId } } }],
    });
    expect(customer.quotes.edges).toEqual([{ node: { id: quote.id } }]);
    const other = await keepCustomer(owner, 'Luis');
    expect(wrong(await say(owner, 'createQuote', { opportunityId, customerId: other }))).toContainEqual([
      'customerId',
      'INVALID',
    ]);
    expect(cake).toMatch(/^product_/);
  });

  test('says everything that is wrong with it at once', async () => {
    const dollars = await shelf.product('DOLLAR', '5', { currency: 'USD' });
    const gone = await shelf.product('GONE', '5', { active: false });
    const pieces = await shelf.product('PIECE', '5', { decimals: 0 });
    const refused = await say(owner, 'createQuote', {
      customerId,
      currency: 'EUR',
      discountPercent: '101',
      validUntil: '2020-01-01',
      lines: [
        { productId: gone },
        { productId: dollars },
        { productId: pieces, quantity: '1.5' },
        { productId: organization.publicId('product', newId()) },
        { productId: customerId },
        free('1', { quantity: '0' }),
        free('1', { quantity: '-2' }),
        free('1', { quantity: '1.00001' }),
        free('-1'),
        { description: 'x', unitPrice: { amount: '1', currency: 'USD' } },
        { description: '', unitPrice: { amount: '1', currency: 'EUR' } },
        { description: 'x' },
        free('1', { discountPercent: '-1' }),
        free('1', { taxPercent: '100.5' }),
        free('1.00001'),
      ],
    });
    expect(refused.quote).toBeNull();
    expect(wrong(refused).sort()).toEqual(
      [
        ['discountPercent', 'INVALID'],
        ['lines.0.productId', 'NOT_ALLOWED'],
        ['lines.1.unitPrice', 'REQUIRED'],
        ['lines.10.description', 'REQUIRED'],
        ['lines.11.unitPrice', 'REQUIRED'],
        ['lines.12.discountPercent', 'INVALID'],
        ['lines.13.taxPercent', 'INVALID'],
        ['lines.14.unitPrice.amount', 'INVALID'],
        ['lines.2.quantity', 'INVALID'],
        ['lines.3.productId', 'NOT_FOUND'],
        ['lines.4.productId', 'NOT_FOUND'],
        ['lines.5.quantity', 'INVALID'],
        ['lines.6.quantity', 'INVALID'],
        ['lines.7.quantity', 'INVALID'],
        ['lines.8.unitPrice.amount', 'INVALID'],
        ['lines.9.unitPrice.currency', 'INVALID'],
        ['validUntil', 'INVALID'],
      ].sort(),
    );
    expect(wrong(await say(owner, 'createQuote', { lines: [free('1')] }))).toEqual([['customerId', 'REQUIRED']]);
    expect(wrong(await say(owner, 'createQuote', { customerId, currency: 'EURO', lines: [free('1')] }))).toEqual([
      ['currency', 'INVALID'],
    ]);
    const huge = free('999999999999', { quantity: '99999999999' });
    expect(wrong(await say(owner, 'createQuote', { customerId, lines: [huge] }))).toEqual([['lines', 'INVALID']]);
  });

  test('does not know products and customers of others', async () => {
    const other = await app.organization();
    const client = await other.as('OWNER');
    const theirs = await keepCustomer(client, 'Theirs');
    const product = await openShelf(app, other).product('THEIRS', '1');
    expect(wrong(await say(owner, 'createQuote', { customerId: theirs, lines: [free('1')] }))).toEqual([
      ['customerId', 'NOT_FOUND'],
    ]);
    expect(wrong(await say(owner, 'createQuote', { customerId, lines: [{ productId: product }] }))).toEqual([
      ['lines.0.productId', 'NOT_FOUND'],
    ]);
  });
});

describe('a draft', () => {
  test('is changed by whoever has its version, and only while it is one', async () => {
    const { quote } = await say(owner, 'createQuote', { customerId, lines: [free('10'), free('5')] });
    const changed = await say(owner, 'updateQuote', { id: quote.id, version: 1, discountPercent: '50', title: 'Half' });
    expect(changed.quote).toMatchObject({ version: 2, net: { amount: '7.50' } });
    expect(changed.quote.lines).toHaveLength(2);
    const stale = await say(owner, 'updateQuote', { id: quote.id, version: 1, title: 'Late' });
    expect(stale.userErrors).toMatchObject([{ field: 'version', code: 'CONFLICT' }]);
    expect(stale.userErrors[0].message).toContain('version 2');
    const replaced = await say(owner, 'updateQuote', { id: quote.id, lines: [free('1', { quantity: '3' })] });
    expect(replaced.quote).toMatchObject({ net: { amount: '1.50' }, lines: [{ quantity: '3' }] });
    await say(owner, 'submitQuote', { id: quote.id });
    expect(wrong(await say(owner, 'updateQuote', { id: quote.id, title: 'x' }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await say(owner, 'submitQuote', { id: quote.id }))).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('follows what was sent as a new revision, which alone counts from then on', async () => {
    const { quote } = await say(owner, 'createQuote', { customerId, lines: [free('10')] });
    expect(wrong(await say(owner, 'reviseQuote', { id: quote.id }))).toEqual([['id', 'NOT_ALLOWED']]);
    await say(owner, 'sendQuote', { id: quote.id });
    const both = await Promise.all([
      say(owner, 'reviseQuote', { id: quote.id, discountPercent: '10' }),
      say(owner, 'reviseQuote', { id: quote.id, discountPercent: '10' }),
    ]);
    const made = both.find(one => one.quote);
    expect(both.filter(one => one.quote)).toHaveLength(1);
    expect(made.quote).toMatchObject({
      number: quote.number,
      revision: 2,
      status: 'DRAFT',
      net: { amount: '9.00' },
      lines: [{ description: 'Work' }],
    });
    const { before } = await owner.data('query ($id: ID!) { before: quote(id: $id) { status previous { id } } }', {
      id: quote.id,
    });
    expect(before).toEqual({ status: 'SUPERSEDED', previous: null });
    expect(wrong(await say(owner, 'acceptQuote', { id: quote.id }))).toEqual([['id', 'NOT_ALLOWED']]);
    const plain = await say(owner, 'sendQuote', { id: made.quote.id });
    expect(plain.userErrors).toEqual([]);
    const again = await say(owner, 'reviseQuote', { id: made.quote.id });
    expect(again.quote).toMatchObject({ revision: 3, net: { amount: '9.00' } });
  });
});
