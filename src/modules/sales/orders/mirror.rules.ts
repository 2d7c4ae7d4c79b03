import Big from 'big.js';
import { documentTotals } from '../documents/totals.rules.js';
import { type LineProgress, OrderStatus, statusByProgress } from './order.states.rules.js';

/** A line as the ERP has it; `productId` is stored, exact numbers are text. */
export interface MirroredLine {
  externalId?: string | null | undefined;
  productId?: string | null | undefined;
  description: string;
  quantity: string;
  unit?: string | null | undefined;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  /** As far as it left, or came back; what is not said stays as it is known. */
  deliveredQuantity?: string | undefined;
  returnedQuantity?: string | undefined;
}

/** An order as the ERP has it. `externalId` is the ERP's; `customerId` and `orderId` are stored ids. */
export interface MirroredOrder {
  externalId: string;
  /** Our order, where it is known which; else it is found by `externalId`, and then by `reference`. */
  orderId?: string | null | undefined;
  /** Our own number, as the ERP repeats it. */
  reference?: string | undefined;
  /** The number it has in the ERP. */
  number?: string | undefined;
  customerId: string;
  status: 'DRAFT' | 'PLACED' | 'CONFIRMED' | 'PARTIALLY_DELIVERED' | 'DELIVERED' | 'RETURNED' | 'CANCELLED';
  currency: string;
  placedAt: string;
  net: string;
  tax: string;
  total: string;
  lines: readonly MirroredLine[];
  updatedAt?: string | undefined;
  isGone?: boolean | undefined;
}

/** A line as it is stored. */
export interface StoredLine extends LineProgress {
  id: string;
  externalId: string | null;
  productId: string | null;
  description: string;
}

/** A line to be stored as it is after the mirroring; without `id` it is new. */
export interface MirroredRow extends LineProgress {
  id: string | undefined;
  position: number;
  externalId: string | null;
  productId: string | null;
  description: string;
  unit: string | null;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  net: string;
  tax: string;
  total: string;
  /** What left, and came back, since it was last mirrored. */
  newlyDelivered: string;
  newlyReturned: string;
}

export interface MirrorPlan {
  status: OrderStatus;
  subtotal: string;
  lines: MirroredRow[];
  /** Stored ids of lines that the ERP no longer has. */
  removed: string[];
}

/** An order to be written, with what is known of it. */
export interface PlannedOrder {
  orderId: string;
  order: MirroredOrder;
  plan: MirrorPlan;
  isNew: boolean;
}

/**
 * What becomes of an order's lines. Pure. A line is known by its id in the ERP; those that we wrote ourselves have none yet and are
 * recognised by their product, and their place; so is one that only got another id there. A negative quantity is sold at a negative price instead, and none at all is no line.
 */
export function planMirror(order: MirroredOrder, known: readonly StoredLine[]): MirrorPlan {
  const lines = order.lines.map(upright).filter(line => Big(line.quantity).gt(0));
  const totals = documentTotals(lines, { currency: order.currency });
  const left = new Set(known);
  const byId = new Map(known.filter(line => line.externalId !== null).map(line => [line.externalId, line]));
  const take = (line: StoredLine | undefined): StoredLine | undefined => {
    if (line) left.delete(line);
    return line;
  };
  const matches = lines.map(line => take(line.externalId ? byId.get(line.externalId) : undefined));
  for (const [at, line] of lines.entries()) {
    if (matches[at]) continue;
    const same = [...left].filter(one => one.productId === (line.productId ?? null));
    const candidates = same.filter(one => one.externalId === null || !line.externalId);
    const isEqual = (one: StoredLine) => Big(one.quantity).eq(line.quantity) && one.description === line.description;
    matches[at] = take(
      candidates.find(isEqual) ??
        candidates.find(one => one.productId !== null || one.description === line.description) ??
        same.find(isEqual),
    );
  }
  const rows = lines.map((line, at) => rowOf(order, line, at, matches[at], totals.lines[at]!));
  return {
    status: statusOf(order, rows),
    subtotal: totals.subtotal,
    lines: rows,
    removed: [...left].map(({ id }) => id),
  };
}

function upright(line: MirroredLine): MirroredLine {
  if (!Big(line.quantity).lt(0)) return line;
  const flip = (amount: string) => Big(amount).times(-1).toFixed();
  return {
    ...line,
    quantity: flip(line.quantity),
    unitPrice: flip(line.unitPrice),
    deliveredQuantity: line.deliveredQuantity && Big(line.deliveredQuantity).abs().toFixed(),
    returnedQuantity: line.returnedQuantity && Big(line.returnedQuantity).abs().toFixed(),
  };
}

function rowOf(
  order: MirroredOrder,
  line: MirroredLine,
  at: number,
  known: StoredLine | undefined,
  totals: { net: string; tax: string; total: string },
): MirroredRow {
  const all = order.status === 'DELIVERED' || order.status === 'RETURNED';
  const deliveredQuantity = within(
    line.deliveredQuantity ?? (all ? line.quantity : (known?.deliveredQuantity ?? '0')),
    line.quantity,
  );
  const returnedQuantity = within(
    line.returnedQuantity ?? (order.status === 'RETURNED' ? deliveredQuantity : (known?.returnedQuantity ?? '0')),
    deliveredQuantity,
  );
  return {
    id: known?.id,
    position: at + 1,
    externalId: line.externalId ?? known?.externalId ?? null,
    productId: line.productId ?? null,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit ?? null,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    taxPercent: line.taxPercent,
    ...totals,
    deliveredQuantity,
    returnedQuantity,
    newlyDelivered: rise(known?.deliveredQuantity, deliveredQuantity),
    newlyReturned: rise(known?.returnedQuantity, returnedQuantity),
  };
}

const within = (quantity: string, most: string): string => {
  if (Big(quantity).lt(0)) return '0';
  return Big(quantity).gt(most) ? most : quantity;
};

const rise = (before: string | undefined, now: string): string => {
  const by = Big(now).minus(before ?? '0');
  return by.gt(0) ? by.toFixed() : '0';
};

const RANKS = [OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PARTIALLY_DELIVERED, OrderStatus.DELIVERED];

/** What the ERP says, or what its quantities say where that is further: some count, and some only say that it is done. */
function statusOf(order: MirroredOrder, lines: readonly LineProgress[]): OrderStatus {
  if (order.isGone || order.status === 'CANCELLED') return OrderStatus.CANCELLED;
  if (order.status === 'RETURNED') return OrderStatus.RETURNED;
  const said = order.status === 'DRAFT' ? OrderStatus.PLACED : OrderStatus[order.status];
  const counted = lines.length > 0 ? statusByProgress(lines, said) : said;
  if (counted === OrderStatus.RETURNED) return counted;
  return RANKS.indexOf(counted) > RANKS.indexOf(said) ? counted : said;
}
