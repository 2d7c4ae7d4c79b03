import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';

/** A product as both we and an ERP know one. Percentages are exact text without trailing zeros. */
export interface MirroredProduct {
  sku: string;
  name: string;
  description: string | null;
  kind: string;
  /** Code of its unit. */
  unit: string | null;
  taxPercent: string | null;
  isActive: boolean;
}

/** The product, held until the transaction ends, or null. */
export async function readMirroredProduct(
  tx: Tx,
  productId: string,
): Promise<(MirroredProduct & { changedAt: string }) | null> {
  const [row] = await tx.query<MirroredProduct & { changedAt: string }>(
    `select p.sku, p.name, p.description, p.kind, u.code as unit, t.percent as "taxPercent", p.is_active as "isActive",
            to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "changedAt"
       from products p
       left join units u on u.organization_id = p.organization_id and u.id = p.unit_id
       left join tax_rates t on t.organization_id = p.organization_id and t.id = p.tax_rate_id
      where p.organization_id = $1 and p.id = $2 for update of p`,
    [tx.scope.organizationId, productId],
  );
  return row ? { ...row, taxPercent: row.taxPercent && Big(row.taxPercent).toString() } : null;
}

export async function productBySku(tx: Tx, sku: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>('select id from products where organization_id = $1 and sku = $2', [
    tx.scope.organizationId,
    sku,
  ]);
  return row?.id ?? null;
}

/** Which of these SKUs there are. */
export async function productsBySku(tx: Tx, skus: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ sku: string }>(
    'select sku from products where organization_id = $1 and sku = any ($2::text[])',
    [tx.scope.organizationId, skus],
  );
  return new Set(rows.map(({ sku }) => sku));
}

/** Keeps a product that came from elsewhere; units and tax rates it names are made where they are missing. */
export async function createMirroredProduct(tx: Tx, product: MirroredProduct): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into products (organization_id, id, sku, name, description, kind, unit_id, tax_rate_id, is_active)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.scope.organizationId,
      id,
      product.sku,
      product.name,
      product.description,
      product.kind,
      await unitOf(tx, product.unit),
      await taxRateOf(tx, product.taxPercent),
      product.isActive,
    ],
  );
  return id;
}

/** As `createMirroredProduct` of each, in a few statements; null for one whose SKU is taken. No SKU is in `products` twice. */
export async function createMirroredProducts(tx: Tx, products: readonly MirroredProduct[]): Promise<(string | null)[]> {
  const units = new Map<string | null, string | null>();
  const rates = new Map<string | null, string | null>();
  const rows: object[] = [];
  for (const { sku, name, description, kind, unit, taxPercent, isActive } of products) {
    if (!units.has(unit)) units.set(unit, await unitOf(tx, unit));
    if (!rates.has(taxPercent)) rates.set(taxPercent, await taxRateOf(tx, taxPercent));
    const ids = { id: newId(), unit_id: units.get(unit), tax_rate_id: rates.get(taxPercent) };
    rows.push({ ...ids, sku, name, description, kind, is_active: isActive });
  }
  const kept = await tx.query<{ id: string; sku: string }>(
    `insert into products (organization_id, id, sku, name, description, kind, unit_id, tax_rate_id, is_active)
     select $1, r.* from jsonb_to_recordset($2)
         as r(id uuid, sku text, name text, description text, kind text, unit_id uuid, tax_rate_id uuid, is_active boolean)
     on conflict (organization_id, sku) do nothing returning id, sku`,
    [tx.scope.organizationId, JSON.stringify(rows)],
  );
  const ids = new Map(kept.map(({ sku, id }) => [sku, id]));
  return products.map(({ sku }) => ids.get(sku) ?? null);
}

export async function changeMirroredProduct(
  tx: Tx,
  productId: string,
  change: Partial<MirroredProduct>,
): Promise<void> {
  const columns: Record<string, unknown> = {};
  if (change.sku !== undefined) columns['sku'] = change.sku;
  if (change.name !== undefined) columns['name'] = change.name;
  if (change.description !== undefined) columns['description'] = change.description;
  if (change.kind !== undefined) columns['kind'] = change.kind;
  if (change.unit !== undefined) columns['unit_id'] = await unitOf(tx, change.unit);
  if (change.taxPercent !== undefined) columns['tax_rate_id'] = await taxRateOf(tx, change.taxPercent);
  if (change.isActive !== undefined) columns['is_active'] = change.isActive;
  const sets = Object.keys(columns).map((column, at) => `${column} = $${at + 3}`);
  await tx.query(
    `update products set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, productId, ...Object.values(columns)],
  );
}

/** How finely a unit is counted is not told: as finely as quantities are kept. */
async function unitOf(tx: Tx, code: string | null): Promise<string | null> {
  if (!code) return null;
  const [row] = await tx.query<{ id: string }>(
    `insert into units (organization_id, id, code, name, decimals) values ($1, $2, $3, $3, 4)
     on conflict (organization_id, code) do update set code = excluded.code returning id`,
    [tx.scope.organizationId, newId(), code],
  );
  return row!.id;
}

async function taxRateOf(tx: Tx, percent: string | null): Promise<string | null> {
  if (percent === null) return null;
  const [known] = await tx.query<{ id: string }>(
    `select id from tax_rates where organization_id = $1 and percent = $2 order by is_active desc, created_at, id limit 1`,
    [tx.scope.organizationId, percent],
  );
  if (known) return known.id;
  const [row] = await tx.query<{ id: string }>(
    `insert into tax_rates (organization_id, id, name, percent) values ($1, $2, $3, $4)
     on conflict (organization_id, name) do update set name = excluded.name returning id`,
    [tx.scope.organizationId, newId(), `${percent} %`, percent],
  );
  return row!.id;
}

/** Sets how much of a product there is; null where nobody counts any more. Answers whether that is news. */
export async function mirrorStock(tx: Tx, productId: string, quantity: string | null): Promise<boolean> {
  const changed = await tx.query(
    `update products set stock = $3::numeric, stock_at = now()
      where organization_id = $1 and id = $2 and stock is distinct from $3::numeric returning id`,
    [tx.scope.organizationId, productId, quantity],
  );
  return changed.length > 0;
}
