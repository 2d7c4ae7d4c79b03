import Big from 'big.js';
import { z } from 'zod';
import type { TrytonClient } from './client.js';
import { quantityText } from './quantity.text.js';

const moveRow = z.object({
  id: z.int(),
  origin: z.string(),
  quantity: z.number(),
  'to_location.': z.object({ type: z.string() }),
});
const returnRow = z.object({ id: z.int(), origin: z.string() });
const returnLineRow = z.object({ id: z.int(), sale: z.int(), product: z.int().nullish() });

export interface Moved {
  delivered: Big;
  returned: Big;
}

/**
 * How much of each line (by id) left for the customer and came back, in the unit of the line. What returns give back is attributed to
 * the first lines with the product that delivered enough.
 */
export async function readMoved(
  client: TrytonClient,
  sales: readonly number[],
  lines: readonly { id: number; sale: number; product?: number | null | undefined }[],
): Promise<Map<number, Moved>> {
  const moved = new Map(lines.map(line => [line.id, { delivered: Big(0), returned: Big(0) }]));
  for (const [line, { out, back }] of await readDone(
    client,
    lines.map(line => line.id),
  ))
    moved.set(line, { delivered: out, returned: back });

  const origins = sales.map(sale => `sale.sale,${sale}`);
  const returns = await client.searchRead('sale.sale', [['origin', 'in', origins]], returnRow, ['origin']);
  if (returns.length === 0) return moved;
  const ofReturns = [
    ['sale', 'in', returns.map(row => row.id)],
    ['quantity', '<', 0],
  ];
  const back = await client.searchRead('sale.line', ofReturns, returnLineRow, ['sale', 'product']);
  const done = await readDone(
    client,
    back.map(line => line.id),
  );
  for (const line of back) {
    const sale = idOf(returns.find(row => row.id === line.sale)!.origin);
    let rest = done.get(line.id)?.back ?? Big(0);
    for (const each of lines.filter(other => other.sale === sale && other.product === line.product)) {
      const into = moved.get(each.id)!;
      const room = into.delivered.minus(into.returned);
      const part = rest.lt(room) ? rest : room;
      into.returned = into.returned.plus(part);
      rest = rest.minus(part);
    }
  }
  return moved;
}

async function readDone(client: TrytonClient, lines: readonly number[]): Promise<Map<number, { out: Big; back: Big }>> {
  const origins = lines.map(id => `sale.line,${id}`);
  const domain = [
    ['origin', 'in', origins],
    ['state', '=', 'done'],
  ];
  const fields = ['origin', 'quantity', 'to_location.type'];
  const sums = new Map<number, { out: Big; back: Big }>();
  if (lines.length === 0) return sums;
  for (const move of await client.searchRead('stock.move', domain, moveRow, fields)) {
    const line = idOf(move.origin);
    const sum = sums.get(line) ?? { out: Big(0), back: Big(0) };
    const isOut = move['to_location.'].type === 'customer';
    sum[isOut ? 'out' : 'back'] = sum[isOut ? 'out' : 'back'].plus(quantityText(move.quantity));
    sums.set(line, sum);
  }
  return sums;
}

/** "sale.line,12" names 12. */
const idOf = (reference: string): number => Number(reference.split(',')[1]);
