import type { Tx } from '../../../platform/database/database.js';
import { type InputError, invalid, sqlState, staleVersion } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type ItemResult, type Viewer, visibleId } from '../../access/index.js';
import { checkedCurrency, checkedNumber, PRICE, QUANTITY } from './numbers.rules.js';
import { PriceBook } from './price-book.entity.js';
import type { CreatePriceBookInput, PriceInput, SetPricesInput, UpdatePriceBookInput } from './price-book.inputs.js';
import { Product } from './product.entity.js';

/** Keeps a price book. Throws `InputError`: CONFLICT where another one of its segment and currency holds on one of its days. */
export async function createPriceBook(tx: Tx, input: CreatePriceBookInput): Promise<{ priceBookId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 200);
  const currency = checkedCurrency(problems, 'currency', input.currency);
  const segment = optionalLine(problems, 'segment', input.segment, 100);
  checkPeriod(problems, input.validFrom, input.validUntil ?? null);
  throwAny(problems);
  const priceBookId = newId();
  await keepApart(() =>
    tx.query(
      `insert into price_books (organization_id, id, name, segment, currency, valid_from, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.organizationId, priceBookId, name, segment, currency, input.validFrom, input.validUntil ?? null],
    ),
  );
  return { priceBookId };
}

export async function updatePriceBook(
  tx: Tx,
  viewer: Viewer,
  input: UpdatePriceBookInput,
): Promise<{ priceBookId: string }> {
  const priceBookId = await visibleId(tx, viewer, PriceBook, input.id);
  const [known] = await tx.query<{ version: number; validFrom: string; validUntil: string | null }>(
    `select version, valid_from::text as "validFrom", valid_until::text as "validUntil" from price_books
      where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, priceBookId],
  );
  if (!known) throw invalid('id', 'There is no such price_book, or you may not see it.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('price book', known.version);
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 200);
  const validFrom = input.validFrom ?? known.validFrom;
  const validUntil = input.validUntil === undefined ? known.validUntil : input.validUntil;
  checkPeriod(problems, validFrom, validUntil);
  throwAny(problems);
  await keepApart(() =>
    tx.query(
      `update price_books set name = coalesce($3, name), valid_from = $4, valid_until = $5, version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, priceBookId, name, validFrom, validUntil],
    ),
  );
  return { priceBookId };
}

/** Removes a price book with its prices; one that quotes were made by stays, and is refused as NOT_ALLOWED. */
export async function removePriceBook(tx: Tx, viewer: Viewer, id: string): Promise<Record<string, never>> {
  const priceBookId = await visibleId(tx, viewer, PriceBook, id);
  try {
    await tx.query('delete from price_books where organization_id = $1 and id = $2', [
      tx.scope.organizationId,
      priceBookId,
    ]);
  } catch (error) {
    if (sqlState(error) !== '23503') throw error;
    throw invalid('id', 'Quotes were made by it: end it instead, with `validUntil`.', 'NOT_ALLOWED');
  }
  return {};
}

/** Sets each price by itself, and tells by place what was refused. */
export async function setPrices(
  tx: Tx,
  viewer: Viewer,
  input: SetPricesInput,
): Promise<{ priceBookId: string; results: ItemResult<object>[] }> {
  const priceBookId = await visibleId(tx, viewer, PriceBook, input.priceBookId, 'priceBookId');
  const results = await eachItem(tx, input.items, item => setPrice(tx, viewer, priceBookId, item));
  await tx.query(
    'update price_books set version = version + 1, updated_at = now() where organization_id = $1 and id = $2',
    [tx.scope.organizationId, priceBookId],
  );
  return { priceBookId, results };
}

async function setPrice(tx: Tx, viewer: Viewer, priceBookId: string, item: PriceInput): Promise<object> {
  const problems: Problems = [];
  checkedNumber(problems, 'minQuantity', item.minQuantity, QUANTITY);
  if (item.unitPrice != null) checkedNumber(problems, 'unitPrice', item.unitPrice, PRICE);
  throwAny(problems);
  const productId = await visibleId(tx, viewer, Product, item.productId, 'productId');
  const key = [tx.scope.organizationId, priceBookId, productId, item.minQuantity];
  if (item.unitPrice == null) {
    await tx.query(
      'delete from price_book_entries where organization_id = $1 and price_book_id = $2 and product_id = $3 and min_quantity = $4',
      key,
    );
  } else {
    await tx.query(
      `insert into price_book_entries (organization_id, price_book_id, product_id, min_quantity, unit_price, id) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, price_book_id, product_id, min_quantity) do update set unit_price = excluded.unit_price, updated_at = now()`,
      [...key, item.unitPrice, newId()],
    );
  }
  return {};
}

function checkPeriod(problems: Problems, from: string, until: string | null): void {
  if (until !== null && until <= from) report(problems, 'validUntil', 'It ends after it begins.');
}

async function keepApart(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw overlapOf(error) ?? error;
  }
}

/** What a person can mend of a price book that the database refused. */
function overlapOf(error: unknown): InputError | undefined {
  switch (sqlState(error)) {
    case '23P01':
      return invalid(
        'validFrom',
        'Another price book of this segment and currency holds on one of these days.',
        'CONFLICT',
      );
    case '23505':
      return invalid('name', 'Another price book has this name.', 'TAKEN');
    default:
      return undefined;
  }
}
