import type { Tx } from '../../../platform/database/database.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { organizationDay, type Viewer, visibleCondition } from '../../access/index.js';
import { pricesFor } from '../catalogue/pricing.service.js';
import type { OpportunityLineInput } from './opportunity.inputs.js';
import type { PricedLine } from './opportunity-fields.rules.js';

/**
 * The lines that were given, each with the price that was said or else what the price books ask of the customer (stored id) today.
 * Throws InputError for products that cannot be named and for those that no book has.
 */
export async function priceLines(
  tx: Tx,
  viewer: Viewer,
  buyer: { customerId: string; currency: string },
  lines: readonly OpportunityLineInput[],
): Promise<PricedLine[]> {
  const problems: Problems = [];
  const products = await findProducts(tx, viewer, problems, lines);
  throwAny(problems);
  const asked = lines.flatMap((line, at) =>
    line.unitPrice == null ? [{ productId: products[at]!, quantity: line.quantity, at }] : [],
  );
  const prices = asked.length > 0 ? await pricesFor(tx, { ...buyer, on: await organizationDay(tx) }, asked) : [];
  const priced = lines.map((line, at) => {
    const known = line.unitPrice ?? prices[asked.findIndex(one => one.at === at)]?.unitPrice;
    if (known == null)
      report(
        problems,
        `products.${at}.unitPrice`,
        'No price book of the customer has it. Say what it costs.',
        'REQUIRED',
      );
    return {
      productId: products[at]!,
      quantity: line.quantity,
      unitPrice: known ?? '0',
      discountPercent: line.discountPercent ?? '0',
    };
  });
  throwAny(problems);
  return priced;
}

/** As `findNamed` of each product, in one statement for all lines. */
async function findProducts(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  lines: readonly OpportunityLineInput[],
): Promise<(string | null)[]> {
  const ids = lines.map(({ productId }) => storedId('product', productId));
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(
      ids.filter(id => id !== null),
      'uuid[]',
    )})`,
    't.is_active',
    visibleCondition(viewer, 'CATALOGUE', 't', parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select t.id from products t where ${conditions.join(' and ')} order by t.id for key share of t`,
    parameters.values,
  );
  const known = new Set(rows.map(({ id }) => id));
  return ids.map((id, at) =>
    id !== null && known.has(id)
      ? id
      : report(
          problems,
          `products.${at}.productId`,
          'There is no such product, or it is no longer in use, or you may not see it.',
          'NOT_FOUND',
        ),
  );
}

/** The lines of an opportunity (stored id) as they are from now on, in this order. */
export async function storeLines(tx: Tx, opportunityId: string, lines: readonly PricedLine[]): Promise<void> {
  const key = [tx.scope.organizationId, opportunityId];
  await tx.query('delete from opportunity_lines where organization_id = $1 and opportunity_id = $2', key);
  if (lines.length === 0) return;
  await tx.query(
    `insert into opportunity_lines (organization_id, id, opportunity_id, position, product_id, quantity, unit_price, discount_percent)
     select $1, l.id, $2, l.place, l.product_id, l.quantity, l.unit_price, l.discount
       from unnest($3::uuid[], $4::uuid[], $5::numeric[], $6::numeric[], $7::numeric[])
            with ordinality as l(id, product_id, quantity, unit_price, discount, place)`,
    [
      ...key,
      lines.map(() => newId()),
      lines.map(line => line.productId),
      lines.map(line => line.quantity),
      lines.map(line => line.unitPrice),
      lines.map(line => line.discountPercent),
    ],
  );
}
