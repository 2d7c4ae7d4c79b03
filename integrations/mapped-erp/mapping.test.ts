import { describe, expect, test } from '@jest/globals';
import { ErpError } from '../../src/erp/port.js';
import { folderBelow } from './folder.js';
import { readMapping } from './mapping.js';
import { recordOf } from './records.js';
import { valuesOf } from './values.js';

const problemsOf = (text: string): string[] => {
  const read = readMapping(text);
  return 'problems' in read ? read.problems : [];
};

const withProduct = (fields: string, more = '') => `
version: 1
name: Shop
baseUrl: https://erp.example.com
${more}
kinds:
  PRODUCT:
    read: { from: rest, path: /items, fields: { ${fields} } }
`;

test('a mapping that is not right says where, in words', () => {
  expect(problemsOf('version: 1\nname: [')[0]).toBeTruthy();
  expect(problemsOf('version: 1\nname: Shop\nkinds: {}')).toEqual(['kinds: It maps nothing.']);
  expect(problemsOf(withProduct('externalId: $.id, sku: $.code'))).toEqual([
    'kinds.PRODUCT.read.fields: name is missing.',
  ]);
  expect(problemsOf(withProduct('externalId: $.id, sku: $.code, name: title'))[0]).toContain(
    'kinds.PRODUCT.read.fields.name',
  );
  expect(problemsOf(withProduct('externalId: $.id, sku: $.code, name: { path: $.t, lookup: none }'))).toEqual([
    'lookups: none is named but missing.',
  ]);
  expect(
    problemsOf(withProduct('externalId: $.id, sku: $.code, name: $.t').replace('baseUrl: https://erp.example.com', '')),
  ).toEqual(['kinds.PRODUCT: baseUrl is missing.']);
});

test('a path is looked up and never run', () => {
  expect(problemsOf(withProduct('externalId: $.id, sku: $.code, name: "$..[?(@.constructor)]"'))).toHaveLength(1);
  expect(problemsOf(withProduct('externalId: $.id, sku: $.code, name: "$[(process.exit())]"'))).toHaveLength(1);
  expect(valuesOf({ a: { b: [1, 2] } }, { x: '$.a.b[1]', y: '$.__proto__.polluted' }, {})).toEqual({ x: 2 });
});

test('a write whose answer may be lost must be findable', () => {
  const order = (more: string) => `
version: 1
name: Shop
baseUrl: https://erp.example.com
kinds:
  CUSTOMER:
    read: { from: rest, path: /c, fields: { externalId: $.id, name: $.name } }
    write: { to: rest, create: { method: POST, path: /c }, body: { name: $.name }${more} }
`;
  expect(problemsOf(order(''))[0]).toContain('find');
  expect(problemsOf(order(', idempotencyHeader: Idempotency-Key'))).toEqual([]);
});

describe('a value', () => {
  const one = (item: object, spec: object) =>
    valuesOf(item, { x: spec as never }, { t: { A: 'GOOD', '*': 'SERVICE' } })['x'];

  test('is read as the mapping says: numbers, moments, tables, what stands in for what is missing', () => {
    expect(one({ n: '1.234,50 €' }, { path: '$.n', decimal: ',' })).toBe('1234.5');
    expect(one({ n: 1999 }, { path: '$.n', divideBy: 100 })).toBe('19.99');
    expect(one({ d: '31/12/2026' }, { path: '$.d', date: 'dd/MM/yyyy' })).toBe('2026-12-31');
    expect(one({ d: '01/07/2026 10:00' }, { path: '$.d', date: 'dd/MM/yyyy HH:mm', zone: 'Europe/Madrid' })).toBe(
      '2026-07-01T08:00:00Z',
    );
    expect(one({ d: 1_767_225_600 }, { path: '$.d', date: 'unix' })).toBe('2026-01-01T00:00:00Z');
    expect(one({ k: 'A' }, { path: '$.k', lookup: 't' })).toBe('GOOD');
    expect(one({ k: 'Z' }, { path: '$.k', lookup: 't' })).toBe('SERVICE');
    expect(one({ b: 'second' }, { path: ['$.a', '$.b'] })).toBe('second');
    expect(one({}, { path: '$.a', default: 'none' })).toBe('none');
    expect(one({ a: 'Ana', b: 'Sol' }, { join: ['$.a', '$.b'] })).toBe('Ana Sol');
  });

  test('that is not in the form that was said is told with its name', () => {
    expect(() => one({ d: 'tomorrow' }, { path: '$.d', date: 'iso' })).toThrow(ErpError);
    expect(() => one({ d: 'tomorrow' }, { path: '$.d', date: 'iso' })).toThrow('x: "tomorrow"');
    expect(() => one({ n: 'much' }, { path: '$.n', decimal: ',' })).toThrow('x: "much"');
  });
});

test('amounts that an ERP leaves out are added up, without losing a cent', () => {
  const order = recordOf(
    'ORDER',
    {
      id: 1,
      c: 2,
      at: '2026-11-01T09:00:00Z',
      rows: [
        { q: 3, p: 0.1 },
        { q: 1, p: '19.99' },
      ],
    },
    {
      externalId: '$.id',
      customerId: '$.c',
      placedAt: '$.at',
      lines: { each: '$.rows[*]', fields: { quantity: '$.q', unitPrice: '$.p', taxPercent: { constant: '21' } } },
    },
    { lookups: {}, currency: 'EUR' },
  );
  expect(order).toMatchObject({ externalId: '1', net: '20.29', tax: '4.26', total: '24.55' });
});

test('no folder but the own one is reached, whatever it is called', async () => {
  for (const name of ['../other', '/etc', 'a/../../b'])
    await expect(folderBelow('/tmp', name)).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(folderBelow(undefined, 'out')).rejects.toMatchObject({ code: 'REFUSED' });
});
