import { z } from 'zod';
import { ErpError, type ErpStock } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';
import { quantityText } from './quantity.text.js';

const idRow = z.object({ id: z.int() });
const stockRow = z.object({ id: z.int(), quantity: z.number().nullish() });

/** What is in stock changes with what is moved; the first time every product is told. */
export const stockTrails: readonly Trail[] = [
  { model: 'product.product', root: 'id', domain: [['type', '!=', 'service']] },
  { model: 'stock.move', root: 'product', domain: [] },
];

/** What lies in the storage of the warehouses today; what is only planned is not counted. */
export async function readStock(
  client: TrytonClient,
  ids: readonly number[],
  warehouse: string | null,
): Promise<ErpStock[]> {
  const named = warehouse === null ? [] : [['OR', ['name', '=', warehouse], ['code', '=', warehouse]]];
  const domain = [['type', '=', 'warehouse'], ['active', '=', true], ...named];
  const locations = (await client.searchRead('stock.location', domain, idRow, ['id'])).map(row => row.id);
  if (locations.length === 0) throw new ErpError('REFUSED', 'Tryton has no such warehouse.', { field: 'warehouse' });
  const context = { locations, stock_skip_warehouse: true, with_childs: true };
  const rows = await client.read('product.product', ids, stockRow, ['quantity'], context);
  return rows.map(row => ({ externalId: String(row.id), quantity: quantityText(row.quantity ?? 0) }));
}
