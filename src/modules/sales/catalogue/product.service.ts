import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, staleVersion } from '../../../platform/errors.js';
import { newId, publicId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { cleanLine, cleanText } from '../../../platform/text.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { checkedNumber, QUANTITY } from './numbers.rules.js';
import { Product, ProductKind } from './product.entity.js';
import type { BundleItemInput, CreateProductItem, UpdateProductItem } from './product.inputs.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

const MOST_DESCRIPTION = 10_000;
const MOST_PARTS = 100;
const LANGUAGES = ['en', 'es', 'pt'];

/** Keeps a product. Throws `InputError` naming everything that is wrong; TAKEN for a `sku` or `externalId` that is in use. */
export async function createProduct(tx: Tx, viewer: Viewer, item: CreateProductItem): Promise<{ productId: string }> {
  const problems: Problems = [];
  const kind = item.kind ?? ProductKind.GOOD;
  const sku = requiredLine(problems, 'sku', item.sku, 100);
  const name = requiredLine(problems, 'name', item.name, 200);
  const rest = cleanRest(problems, kind, item);
  throwAny(problems);
  const places = await findPlaces(tx, viewer, item);
  const productId = newId();
  await keepUnique(() =>
    tx.query(
      `insert into products (organization_id, id, sku, name, names, description, kind, unit_id, tax_rate_id, billing_period, is_active, external_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tx.scope.organizationId,
        productId,
        sku,
        name,
        rest.names ?? {},
        rest.description ?? null,
        kind,
        places.unitId ?? null,
        places.taxRateId ?? null,
        item.billingPeriod ?? null,
        item.isActive ?? true,
        rest.externalId ?? null,
      ],
    ),
  );
  if (item.bundleItems) await storeParts(tx, viewer, productId, item.bundleItems);
  return { productId };
}

/** Changes what `item` says of a product. A `version` that is not the present one is a CONFLICT. */
export async function updateProduct(tx: Tx, viewer: Viewer, item: UpdateProductItem): Promise<{ productId: string }> {
  const productId = await visibleId(tx, viewer, Product, item.id);
  const [known] = await tx.query<{ version: number; kind: ProductKind }>(
    'select version, kind from products where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, productId],
  );
  if (!known) throw invalid('id', 'There is no such product, or you may not see it.', 'NOT_FOUND');
  if (item.version != null && item.version !== known.version) throw staleVersion('product', known.version);
  const problems: Problems = [];
  const sku = item.sku == null ? undefined : requiredLine(problems, 'sku', item.sku, 100);
  const name = item.name == null ? undefined : requiredLine(problems, 'name', item.name, 200);
  const rest = cleanRest(problems, known.kind, item);
  throwAny(problems);
  const values: Record<string, unknown> = {
    sku,
    name,
    names: rest.names,
    description: rest.description,
    external_id: rest.externalId,
    billing_period: item.billingPeriod,
    is_active: item.isActive ?? undefined,
    ...columnsOfPlaces(await findPlaces(tx, viewer, item)),
  };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  await keepUnique(() =>
    tx.query(
      `update products set ${given.map(([column], at) => `${column} = $${at + 3}, `).join('')}version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, productId, ...given.map(([, value]) => value)],
    ),
  );
  if (item.bundleItems) await storeParts(tx, viewer, productId, item.bundleItems);
  return { productId };
}

async function keepUnique(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    const constraint = (error as { driverError?: { constraint?: string } }).driverError?.constraint;
    const field = constraint === 'products_external_id_key' ? 'externalId' : 'sku';
    throw invalid(field, 'Another product has it already.', 'TAKEN');
  }
}

interface Rest {
  names?: Record<string, string> | undefined;
  description?: string | null | undefined;
  externalId?: string | null | undefined;
}

function cleanRest(problems: Problems, kind: ProductKind, item: CreateProductItem | UpdateProductItem): Rest {
  const rest: Rest = {};
  if (item.names != null) rest.names = cleanNames(problems, item.names);
  if (item.description !== undefined) {
    rest.description = cleanText(item.description ?? '') || null;
    if ((rest.description?.length ?? 0) > MOST_DESCRIPTION)
      report(problems, 'description', `It has at most ${MOST_DESCRIPTION} characters.`, 'TOO_LONG');
  }
  if (item.externalId !== undefined) rest.externalId = optionalLine(problems, 'externalId', item.externalId, 200);
  if (item.billingPeriod && kind !== ProductKind.SUBSCRIPTION)
    report(problems, 'billingPeriod', 'Only a subscription is paid again.', 'NOT_ALLOWED');
  if (item.bundleItems && kind !== ProductKind.BUNDLE)
    report(problems, 'bundleItems', 'Only a bundle is made of others.', 'NOT_ALLOWED');
  if ((item.bundleItems?.length ?? 0) > MOST_PARTS)
    report(problems, 'bundleItems', `A bundle has at most ${MOST_PARTS} parts.`, 'TOO_LONG');
  for (const [at, { quantity }] of (item.bundleItems ?? []).entries())
    checkedNumber(problems, `bundleItems.${at}.quantity`, quantity, QUANTITY);
  return rest;
}

/** Names by language, cleaned; anything else is reported. */
export function cleanNames(problems: Problems, names: Record<string, unknown>): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [language, name] of Object.entries(names)) {
    const text = typeof name === 'string' ? cleanLine(name) : '';
    if (!LANGUAGES.includes(language)) report(problems, 'names', `Names are kept in ${LANGUAGES.join(', ')}.`);
    else if (!text || text.length > 200) report(problems, 'names', 'A name is a text of 1 to 200 characters.');
    else clean[language] = text;
  }
  return clean;
}

interface Places {
  unitId: string | null | undefined;
  taxRateId: string | null | undefined;
}

async function findPlaces(
  tx: Tx,
  viewer: Viewer,
  { unitId, taxRateId }: { unitId?: string | null; taxRateId?: string | null },
): Promise<Places> {
  return {
    unitId: unitId ? await visibleId(tx, viewer, Unit, unitId, 'unitId') : unitId,
    taxRateId: taxRateId ? await visibleId(tx, viewer, TaxRate, taxRateId, 'taxRateId') : taxRateId,
  };
}

const columnsOfPlaces = ({ unitId, taxRateId }: Places) => ({ unit_id: unitId, tax_rate_id: taxRateId });

/** Puts these parts into the place of those there are. A bundle has no bundles in it, so that a price always comes to an end. */
async function storeParts(tx: Tx, viewer: Viewer, bundleId: string, items: BundleItemInput[]): Promise<void> {
  const { organizationId } = tx.scope;
  const ids: string[] = [];
  for (const [at, { productId }] of items.entries()) {
    const field = `bundleItems.${at}.productId`;
    const id = await visibleId(tx, viewer, Product, productId, field);
    if (ids.includes(id)) throw invalid(field, 'It is in the bundle already.', 'TAKEN');
    ids.push(id);
  }
  const bundles = await tx.query<{ id: string }>(
    `select id from products where organization_id = $1 and id = any ($2) and kind = 'BUNDLE' for key share`,
    [organizationId, ids],
  );
  if (bundles.length > 0)
    throw invalid('bundleItems', `${publicId('product', bundles[0]!.id)} is a bundle itself.`, 'NOT_ALLOWED');
  await tx.query('delete from bundle_items where organization_id = $1 and bundle_id = $2', [organizationId, bundleId]);
  await tx.query(
    `insert into bundle_items (organization_id, bundle_id, product_id, quantity)
     select $1, $2, i.id, i.quantity from unnest($3::uuid[], $4::numeric[]) as i(id, quantity)`,
    [organizationId, bundleId, ids, items.map(({ quantity }) => quantity)],
  );
}
