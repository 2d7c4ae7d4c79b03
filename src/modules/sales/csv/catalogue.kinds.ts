import { csvKind, decimalColumn, textColumn, wordColumn, yesNoColumn } from '../../../platform/csv/index.js';
import { BillingPeriod, ProductKind } from '../catalogue/product.entity.js';
import { PRODUCT_BY_SKU } from './references.js';

csvKind({
  name: 'products',
  table: 'products',
  visibility: 'CATALOGUE',
  joins: `left join units u on u.organization_id = t.organization_id and u.id = t.unit_id
          left join tax_rates x on x.organization_id = t.organization_id and x.id = t.tax_rate_id`,
  key: ['sku'],
  isVersioned: true,
  columns: [
    textColumn({ field: 'sku', column: 'sku', isRequired: true, help: 'The number it is kept under in stock.' }, 100),
    textColumn({ field: 'name', column: 'name', isRequired: true, help: 'Its name.' }),
    wordColumn(
      { field: 'kind', column: 'kind', fallback: "'GOOD'", help: 'GOOD, SERVICE or SUBSCRIPTION.' },
      Object.values(ProductKind).filter(kind => kind !== ProductKind.BUNDLE),
    ),
    textColumn({ field: 'description', column: 'description', help: 'What it is.' }, 10_000),
    textColumn({
      field: 'unit',
      column: 'unit_id',
      type: 'uuid',
      reference: 'select code as key, id from units where organization_id = $1 and code = any ($2)',
      shown: 'u.code',
      help: 'Short name of what it is counted in.',
    }),
    textColumn({
      field: 'taxRate',
      column: 'tax_rate_id',
      type: 'uuid',
      reference: 'select name as key, id from tax_rates where organization_id = $1 and name = any ($2)',
      shown: 'x.name',
      help: 'Name of the tax on its sale.',
    }),
    wordColumn(
      { field: 'billingPeriod', column: 'billing_period', help: 'MONTH, QUARTER or YEAR, of a subscription.' },
      Object.values(BillingPeriod),
    ),
    yesNoColumn({ field: 'isActive', column: 'is_active', fallback: 'true', help: 'Whether it is sold.' }),
    textColumn({ field: 'externalId', column: 'external_id', help: 'Its id in the system it comes from.' }),
  ],
});

csvKind({
  name: 'prices',
  table: 'price_book_entries',
  visibility: 'CATALOGUE',
  joins: `join price_books b on b.organization_id = t.organization_id and b.id = t.price_book_id
          join products p on p.organization_id = t.organization_id and p.id = t.product_id`,
  key: ['price_book_id', 'product_id', 'min_quantity'],
  isVersioned: false,
  columns: [
    textColumn({
      field: 'priceBook',
      column: 'price_book_id',
      type: 'uuid',
      isRequired: true,
      reference: 'select name as key, id from price_books where organization_id = $1 and name = any ($2)',
      shown: 'b.name',
      help: 'Name of the price book.',
    }),
    textColumn({
      field: 'sku',
      column: 'product_id',
      type: 'uuid',
      isRequired: true,
      reference: PRODUCT_BY_SKU,
      shown: 'p.sku',
      help: 'The product, by the number it is kept under.',
    }),
    decimalColumn({
      field: 'minQuantity',
      column: 'min_quantity',
      isRequired: true,
      help: 'From this quantity on; 1 for the plain price.',
    }),
    decimalColumn({ field: 'unitPrice', column: 'unit_price', isRequired: true, help: 'For one, before tax.' }),
  ],
});
