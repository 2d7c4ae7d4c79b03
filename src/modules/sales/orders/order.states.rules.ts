import Big from 'big.js';

export enum OrderStatus {
  PLACED = 'PLACED',
  CONFIRMED = 'CONFIRMED',
  PARTIALLY_DELIVERED = 'PARTIALLY_DELIVERED',
  DELIVERED = 'DELIVERED',
  RETURNED = 'RETURNED',
  CANCELLED = 'CANCELLED',
}

export enum OrderChannel {
  QUOTE = 'QUOTE',
  ERP = 'ERP',
  STORE = 'STORE',
  WEB = 'WEB',
  PHONE = 'PHONE',
  IMPORT = 'IMPORT',
}

/** What of a line was ordered, left, and came back; exact numbers as text. */
export interface LineProgress {
  quantity: string;
  deliveredQuantity: string;
  returnedQuantity: string;
}

/**
 * Where an order stands by what left and came back. Nothing left: it is what it was before (`PLACED` or `CONFIRMED`). All came back
 * that had left, and all had left: `RETURNED`.
 */
export function statusByProgress(lines: readonly LineProgress[], before: OrderStatus): OrderStatus {
  if (lines.every(line => Big(line.deliveredQuantity).eq(0)))
    return before === OrderStatus.CONFIRMED ? OrderStatus.CONFIRMED : OrderStatus.PLACED;
  if (lines.some(line => Big(line.deliveredQuantity).lt(line.quantity))) return OrderStatus.PARTIALLY_DELIVERED;
  return lines.every(line => Big(line.returnedQuantity).eq(line.deliveredQuantity))
    ? OrderStatus.RETURNED
    : OrderStatus.DELIVERED;
}
