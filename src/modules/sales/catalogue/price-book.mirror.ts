import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { organizationDay } from '../../access/index.js';

/** A price book as it is told from elsewhere; days ISO 8601, prices exact text, products by their stored ids. */
export interface MirroredPriceBook {
  name: string;
  currency: string;
  /** Undefined: as it is. */
  segment?: string | null | undefined;
  validFrom?: string | undefined;
  validUntil?: string | null | undefined;
  entries: { productId: string; minQuantity: string; unitPrice: string }[];
}

/** The price book that leaves no place for this one: of the same segment and currency at the same time. */
export async function overlappingPriceBook(
  tx: Tx,
  { currency, segment, validFrom, validUntil }: MirroredPriceBook,
  except: string | null,
): Promise<{ id: string; name: string } | null> {
  const [row] = await tx.query<{ id: string; name: string }>(
    `select id, name from price_books
      where organization_id = $1 and coalesce(segment, '') = coalesce($2, '') and currency = $3
        and daterange(valid_from, valid_until) && daterange($4::date, $5::date)
        and id is distinct from $6::uuid
      order by valid_from limit 1`,
    [
      tx.scope.organizationId,
      segment ?? null,
      currency,
      validFrom ?? (await organizationDay(tx)),
      validUntil ?? null,
      except,
    ],
  );
  return row ?? null;
}

/** Keeps the book with exactly these prices. Answers its id, and whether anything about it is news. */
export async function mirrorPriceBook(
  tx: Tx,
  bookId: string | null,
  book: MirroredPriceBook,
): Promise<{ bookId: string; change: 'CREATED' | 'CHANGED' | 'UNCHANGED' }> {
  const { organizationId } = tx.scope;
  const id = bookId ?? newId();
  let isChanged = false;
  if (bookId === null) {
    await tx.query(
      `insert into price_books (organization_id, id, name, segment, currency, valid_from, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        organizationId,
        id,
        await freeName(tx, book.name),
        book.segment ?? null,
        book.currency,
        book.validFrom ?? (await organizationDay(tx)),
        book.validUntil ?? null,
      ],
    );
  } else {
    const changed = await tx.query(
      `update price_books set segment = case when $4 then $5 else segment end, currency = $3,
              valid_from = coalesce($6::date, valid_from), valid_until = case when $7 then $8::date else valid_until end,
              version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2
          and (currency <> $3 or ($4 and segment is distinct from $5) or ($6::date is not null and valid_from <> $6::date)
               or ($7 and valid_until is distinct from $8::date)) returning id`,
      [
        organizationId,
        id,
        book.currency,
        book.segment !== undefined,
        book.segment ?? null,
        book.validFrom ?? null,
        book.validUntil !== undefined,
        book.validUntil ?? null,
      ],
    );
    isChanged = changed.length > 0;
  }
  const entriesChanged = await mirrorEntries(tx, id, book.entries);
  return { bookId: id, change: bookId === null ? 'CREATED' : isChanged || entriesChanged ? 'CHANGED' : 'UNCHANGED' };
}

async function mirrorEntries(tx: Tx, bookId: string, entries: MirroredPriceBook['entries']): Promise<boolean> {
  // One price a quantity: of two the last one said holds.
  const once = [...new Map(entries.map(entry => [`${entry.productId} ${Number(entry.minQuantity)}`, entry])).values()];
  const values = [
    tx.scope.organizationId,
    bookId,
    once.map(entry => entry.productId),
    once.map(entry => entry.minQuantity),
    once.map(entry => entry.unitPrice),
  ];
  const kept = await tx.query(
    `insert into price_book_entries (organization_id, id, price_book_id, product_id, min_quantity, unit_price)
     select $1, e.id, $2, e.product_id, e.quantity, e.price
       from unnest($3::uuid[], $4::numeric[], $5::numeric[], $6::uuid[]) as e(product_id, quantity, price, id)
     on conflict (organization_id, price_book_id, product_id, min_quantity)
       do update set unit_price = excluded.unit_price, updated_at = now()
       where price_book_entries.unit_price <> excluded.unit_price
     returning product_id`,
    [...values, once.map(newId)],
  );
  const removed = await tx.query(
    `delete from price_book_entries p where p.organization_id = $1 and p.price_book_id = $2
        and not exists (select 1 from unnest($3::uuid[], $4::numeric[]) as e(product_id, quantity)
                         where e.product_id = p.product_id and e.quantity = p.min_quantity) returning p.product_id`,
    values.slice(0, 4),
  );
  return kept.length > 0 || removed.length > 0;
}

/** Ends a book today, or takes it away where it had not begun; one that quotes were made by on its first day ends with that. */
export async function endPriceBook(tx: Tx, bookId: string): Promise<void> {
  const values = [tx.scope.organizationId, bookId, await organizationDay(tx)];
  await tx.query(
    `delete from price_books b where b.organization_id = $1 and b.id = $2 and b.valid_from >= $3::date
        and not exists (select 1 from quotes q where q.organization_id = $1 and q.price_book_id = b.id)`,
    values,
  );
  await tx.query(
    `update price_books set valid_until = greatest($3::date, valid_from + 1), version = version + 1, updated_at = now()
      where organization_id = $1 and id = $2 and (valid_until is null or valid_until > greatest($3::date, valid_from + 1))`,
    values,
  );
}

/** Names are unique; the ERP's may be taken by one of ours. */
async function freeName(tx: Tx, name: string): Promise<string> {
  const taken = await tx.query<{ name: string }>(
    'select name from price_books where organization_id = $1 and (name = $2 or starts_with(name, $3))',
    [tx.scope.organizationId, name, `${name} (`],
  );
  const names = new Set(taken.map(row => row.name));
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} (${count})`;
    if (!names.has(candidate)) return candidate;
  }
}
