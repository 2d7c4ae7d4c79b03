import type { ExampleCustomer, ExampleDeal, ExampleProduct, Scale } from './example.js';
import { type Random, randomOf } from './random.js';

const day = 86_400_000;

/** The first day, at midnight UTC, of the quarter `quarters` before the one `now` is in. */
export function quarterOf(now: Date, quarters = 0): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3 - quarters * 3, 1));
}

export const products: readonly ExampleProduct[] = [
  { sku: 'PAN-MOLDE', name: 'Sandwich loaf', names: { es: 'Pan de molde', pt: 'Pão de forma' }, price: '2.40' },
  {
    sku: 'PAN-MASA',
    name: 'Sourdough loaf',
    names: { es: 'Hogaza de masa madre', pt: 'Pão de fermentação lenta' },
    price: '4.90',
  },
  {
    sku: 'CESTA-OFI',
    name: 'Office breakfast basket',
    names: { es: 'Cesta de desayuno', pt: 'Cesta de pequeno-almoço' },
    price: '38.00',
  },
  {
    sku: 'ACEITE-5L',
    name: 'Olive oil, 5 l',
    names: { es: 'Aceite de oliva, 5 l', pt: 'Azeite, 5 l' },
    price: '42.50',
  },
  {
    sku: 'CATERING',
    name: 'Catering for 20',
    names: { es: 'Catering para 20', pt: 'Catering para 20' },
    price: '310.00',
  },
];

/** Who sells, with how much luck, and how far off their estimates are. */
export const sellers = [
  { key: 'lucia', name: 'Lucía Armenteros', luck: 1.15 },
  { key: 'bruno', name: 'Bruno Tavares', luck: 0.95 },
  { key: 'ines', name: 'Inés Carballeira', luck: 1.05 },
  { key: 'mateo', name: 'Mateo Olmedo', luck: 0.8 },
] as const;

/** Of a hundred that are in an open stage of the usual pipeline, so many go on; the others are lost there. */
const GO_ON = [0.72, 0.78, 0.74, 0.82];
const DEALS = 240;
/** Quarters with a history, and what comes before them so that the first begins with a pipeline. */
const QUARTERS = 2;
const BEFORE_DAYS = 75;

const wishes = {
  es: [
    'Desayunos de oficina',
    'Contrato de pan diario',
    'Aceite para cocina',
    'Catering de empresa',
    'Cestas de Navidad',
  ],
  pt: [
    'Pequenos-almoços de escritório',
    'Contrato de pão diário',
    'Azeite para cozinha',
    'Catering de empresa',
    'Cestas de Natal',
  ],
  en: ['Office breakfasts', 'Daily bread contract', 'Oil for the kitchen', 'Company catering', 'Christmas baskets'],
};

/**
 * What was sold, lost and is still open: two quarters of history and the one we are in, each deal with every move it made, so
 * that a forecast of an earlier day can be judged by what came after. Nothing is later than `now`.
 */
export function exampleDeals(
  { seed, now }: Pick<Scale, 'seed' | 'now'>,
  customers: readonly ExampleCustomer[],
): ExampleDeal[] {
  const buyers = customers.filter(({ kind }) => kind === 'COMPANY');
  if (buyers.length === 0) return [];
  const draws = randomOf(seed, 'deals');
  const from = quarterOf(now, QUARTERS).getTime() - BEFORE_DAYS * day;
  return Array.from({ length: DEALS }, (_, index) => deal(index, draws(index), { from, now: now.getTime(), buyers }));
}

function deal(
  index: number,
  draw: Random,
  { from, now, buyers }: { from: number; now: number; buyers: readonly ExampleCustomer[] },
): ExampleDeal {
  const buyer = draw.pick(buyers);
  const seller = draw.pick(sellers);
  const product = draw.pick(products);
  const quantity = Math.ceil((draw.int(8, 60) * 6) / Math.max(1, Number(product.price) / 10));
  const openedAt = working(from + draw.next() * (now - from), draw);
  const language = (['es', 'pt'] as const).find(tongue => buyer.language.startsWith(tongue)) ?? 'en';
  const moves: ExampleDeal['moves'] = [];
  const firstExpected = openedAt + draw.int(30, 75) * day;
  let expected = firstExpected;
  let at = openedAt;
  for (let stage = 0; ; stage++) {
    at = working(at + (2 + waiting(draw, 11)) * day, draw);
    // Whoever sees the day pass names a later one.
    while (expected < at) {
      const slipped = expected - day;
      expected += draw.int(2, 5) * 7 * day;
      moves.push({ at: new Date(Math.max(slipped, openedAt + 1)), expectedCloseOn: dayOf(expected) });
    }
    const goesOn = draw.chance(Math.min(0.95, GO_ON[stage]! * seller.luck));
    if (!goesOn) {
      moves.push({ at: new Date(at), to: 'LOST' });
      break;
    }
    if (stage === GO_ON.length - 1) {
      moves.push({ at: new Date(at), to: 'WON' });
      break;
    }
    moves.push({ at: new Date(at), to: stage + 1 });
  }
  return {
    key: `deal-${index}`,
    name: `${draw.pick(wishes[language])} · ${buyer.displayName}`,
    customer: buyer.key,
    seller: seller.key,
    product: product.sku,
    quantity: String(quantity),
    price: product.price,
    openedAt: new Date(openedAt),
    expectedCloseOn: dayOf(firstExpected),
    source: draw.weighted([
      ['Web', 4],
      ['Referral', 3],
      ['Fair', 2],
      ['Social', 3],
    ]),
    moves: moves.filter(move => move.at.getTime() <= now).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

/** Days until something happens that happens by itself, `mean` on average (an exponential distribution). */
const waiting = (draw: Random, mean: number): number => -Math.log(1 - draw.next()) * mean;

/** In the office hours of a weekday, at or after a moment's day. */
function working(at: number, draw: Random): number {
  let start = Math.floor(at / day) * day;
  while ([0, 6].includes(new Date(start).getUTCDay())) start += day;
  return start + (8 + draw.next() * 9) * 3_600_000;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
