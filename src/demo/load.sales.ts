import type { Viewer } from '../modules/access/index.js';
import { ensureDefaultPipeline, placeOrder, setTargets } from '../modules/sales/index.js';
import type { Database, Scope, Tx } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import { products, quarterOf, sellers } from './deals.js';
import type { Example, ExampleDeal } from './example.js';
import { keepMembers } from './load.members.js';

const TAX = '21';
/** What a quarter is meant to bring, in EUR. */
const TARGET = '50000.00';
const ORDERS_A_TRANSACTION = 25;

/** A deal with the stored ids it goes by. */
interface KeptDeal {
  id: string;
  customerId: string;
  productId: string;
  deal: ExampleDeal;
}

/** Who sells, what for how much, and every deal with every move it made, at the moment it made it. */
export async function loadSales(
  database: Database,
  scope: Scope,
  viewer: Viewer,
  { deals, scale }: Example,
): Promise<void> {
  if (deals.length === 0) return;
  const kept = await database.write(scope, async tx => {
    const members = await keepMembers(tx, sellers);
    const priced = await keepProducts(tx, scale.now);
    await ensureDefaultPipeline(tx);
    const rows = await keepDeals(tx, deals, members, priced);
    const most = Math.max(...deals.map(({ moves }) => moves.length));
    // The first move of all deals at once, then the second: each deal's come in their order.
    for (let place = 0; place < most; place++) await moveDeals(tx, rows, place);
    await setTargets(
      tx,
      viewer,
      [2, 1, 0].map(quarters => ({
        period: 'QUARTER',
        startsOn: quarterOf(scale.now, quarters).toISOString().slice(0, 10),
        amount: { amount: TARGET, currency: 'EUR' },
      })),
    );
    return rows;
  });
  const won = kept.filter(({ deal }) => deal.moves.at(-1)?.to === 'WON');
  for (let at = 0; at < won.length; at += ORDERS_A_TRANSACTION) {
    await database.write(scope, async tx => {
      for (const row of won.slice(at, at + ORDERS_A_TRANSACTION)) await orderOf(tx, row);
    });
  }
}

/** Stored ids of the products, by their number. */
async function keepProducts(tx: Tx, now: Date): Promise<Map<string, string>> {
  const { organizationId } = tx.scope;
  const ids = new Map(products.map(({ sku }) => [sku, newId()]));
  const [tax, book] = [newId(), newId()];
  await tx.query(
    `insert into tax_rates (organization_id, id, name, percent, country) values ($1, $2, 'IVA', $3, 'ES')`,
    [organizationId, tax, TAX],
  );
  await tx.query(
    `insert into products (organization_id, id, sku, name, names, kind, tax_rate_id)
     select $1, p.id, p.sku, p.name, p.names, 'GOOD', $2
       from unnest($3::uuid[], $4::text[], $5::text[], $6::jsonb[]) as p(id, sku, name, names)`,
    [
      organizationId,
      tax,
      [...ids.values()],
      products.map(({ sku }) => sku),
      products.map(({ name }) => name),
      products.map(({ names }) => JSON.stringify(names)),
    ],
  );
  await tx.query(
    `insert into price_books (organization_id, id, name, currency, valid_from) values ($1, $2, 'Tarifa general', 'EUR', $3)`,
    [organizationId, book, quarterOf(now, 4)],
  );
  await tx.query(
    `insert into price_book_entries (organization_id, id, price_book_id, product_id, unit_price)
     select $1, gen_random_uuid(), $2, p.id, p.price from unnest($3::uuid[], $4::numeric[]) as p(id, price)`,
    [organizationId, book, [...ids.values()], products.map(({ price }) => price)],
  );
  return ids;
}

async function keepDeals(
  tx: Tx,
  deals: readonly ExampleDeal[],
  members: Map<string, string>,
  priced: Map<string, string>,
): Promise<KeptDeal[]> {
  const { organizationId } = tx.scope;
  const buyers = await tx.query<{ key: string; id: string }>(
    'select external_id as key, id from customers where organization_id = $1 and external_id = any ($2)',
    [organizationId, [...new Set(deals.map(({ customer }) => customer))]],
  );
  const customerOf = new Map(buyers.map(({ key, id }) => [key, id]));
  const rows = deals.map(deal => ({
    id: newId(),
    customerId: customerOf.get(deal.customer)!,
    productId: priced.get(deal.product)!,
    deal,
  }));
  await tx.query(
    `insert into opportunities (organization_id, id, name, customer_id, pipeline_id, stage_id, amount, currency, expected_close_on, owner_id,
                                source, external_id, stage_entered_at, created_at, updated_at)
     select $1, d.id, d.name, d.customer_id, s.pipeline_id, s.id, d.quantity * d.price, 'EUR', d.expected, d.owner_id, d.source, d.key,
            d.opened_at, d.opened_at, d.opened_at
       from unnest($2::uuid[], $3::text[], $4::uuid[], $5::numeric[], $6::numeric[], $7::date[], $8::uuid[], $9::text[], $10::text[],
                   $11::timestamptz[]) as d(id, name, customer_id, quantity, price, expected, owner_id, source, key, opened_at)
      cross join lateral (
        select s.id, s.pipeline_id from stages s join pipelines p on p.organization_id = s.organization_id and p.id = s.pipeline_id
         where s.organization_id = $1 and p.is_default and s.kind = 'OPEN' order by s.position limit 1) s`,
    [
      organizationId,
      rows.map(({ id }) => id),
      deals.map(({ name }) => name),
      rows.map(({ customerId }) => customerId),
      deals.map(({ quantity }) => quantity),
      deals.map(({ price }) => price),
      deals.map(({ expectedCloseOn }) => expectedCloseOn),
      deals.map(({ seller }) => members.get(seller)),
      deals.map(({ source }) => source),
      deals.map(({ key }) => key),
      deals.map(({ openedAt }) => openedAt),
    ],
  );
  await tx.query(
    `insert into opportunity_lines (organization_id, id, opportunity_id, position, product_id, quantity, unit_price)
     select $1, gen_random_uuid(), d.id, 1, d.product_id, d.quantity, d.price
       from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[]) as d(id, product_id, quantity, price)`,
    [
      organizationId,
      rows.map(({ id }) => id),
      rows.map(({ productId }) => productId),
      deals.map(({ quantity }) => quantity),
      deals.map(({ price }) => price),
    ],
  );
  return rows;
}

/** Does with every deal what its move at this place says, if it has one: its history is kept by the database. */
async function moveDeals(tx: Tx, rows: readonly KeptDeal[], place: number): Promise<void> {
  const moved = rows.flatMap(({ id, deal }) => (deal.moves[place] ? [{ id, ...deal.moves[place] }] : []));
  await tx.query(
    `update opportunities o
        set stage_id = coalesce(s.id, o.stage_id), status = coalesce(s.kind, o.status),
            stage_entered_at = case when s.id is null then o.stage_entered_at else m.at end,
            closed_at = case when s.kind <> 'OPEN' then m.at end,
            expected_close_on = coalesce(m.expected, o.expected_close_on), updated_at = m.at, version = o.version + 1
       from unnest($2::uuid[], $3::timestamptz[], $4::integer[], $5::text[], $6::date[]) as m(id, at, place, outcome, expected)
       left join lateral (
         select s.id, s.kind from (
           select s.*, row_number() over (partition by s.kind order by s.position) - 1 as place from stages s
             join pipelines p on p.organization_id = s.organization_id and p.id = s.pipeline_id
            where s.organization_id = $1 and p.is_default) s
          where s.kind = coalesce(m.outcome, 'OPEN') and s.place = coalesce(m.place, 0) and (m.outcome is not null or m.place is not null)) s on true
      where o.organization_id = $1 and o.id = m.id`,
    [
      tx.scope.organizationId,
      moved.map(({ id }) => id),
      moved.map(({ at }) => at),
      moved.map(({ to }) => (typeof to === 'number' ? to : null)),
      moved.map(({ to }) => (typeof to === 'string' ? to : null)),
      moved.map(({ expectedCloseOn }) => expectedCloseOn ?? null),
    ],
  );
}

async function orderOf(tx: Tx, { id, customerId, productId, deal }: KeptDeal): Promise<void> {
  const product = products.find(({ sku }) => sku === deal.product)!;
  await placeOrder(tx, {
    customerId,
    opportunityId: id,
    currency: 'EUR',
    channel: 'QUOTE',
    placedAt: deal.moves.at(-1)!.at,
    lines: [
      {
        productId,
        description: product.names.es,
        quantity: deal.quantity,
        unitPrice: deal.price,
        taxPercent: TAX,
      },
    ],
  });
}
