import Big from 'big.js';
import { z } from 'zod';

/** How Tryton says in JSON what JSON has no word for. */
const typed = z.discriminatedUnion('__class__', [
  z.object({ __class__: z.literal('Decimal'), decimal: z.string() }),
  z.object({ __class__: z.literal('date'), year: z.int(), month: z.int(), day: z.int() }),
  z.object({
    __class__: z.literal('datetime'),
    year: z.int(),
    month: z.int(),
    day: z.int(),
    hour: z.int(),
    minute: z.int(),
    second: z.int(),
    microsecond: z.int(),
  }),
]);

export type Typed = z.infer<typeof typed>;

/** A `Numeric` as Tryton takes it: exact, never through a number of JavaScript. */
export const decimal = (text: string): Typed => ({ __class__: 'Decimal', decimal: text });

/** A moment to the microsecond, from the text that `parseTyped` makes of one. */
export function datetime(text: string): Typed {
  const at = (from: number, to: number) => Number(text.slice(from, to));
  return {
    __class__: 'datetime',
    year: at(0, 4),
    month: at(5, 7),
    day: at(8, 10),
    hour: at(11, 13),
    minute: at(14, 16),
    second: at(17, 19),
    microsecond: at(20, 26),
  };
}

/**
 * Reads an answer of Tryton: decimals become their text ("12.50"), dates ISO days, moments RFC 3339 in UTC with six digits of the
 * second, so that they sort as text; other classes (bytes, durations) become null. Throws a `SyntaxError` for what is no JSON.
 */
export function parseTyped(text: string): unknown {
  return JSON.parse(text, (_, value) =>
    value !== null && typeof value === 'object' && '__class__' in value ? plain(value) : value,
  );
}

function plain(value: object): string | null {
  const { data } = typed.safeParse(value);
  if (!data) return null;
  if (data.__class__ === 'Decimal') return withoutExponent(data.decimal);
  const day = `${pad(data.year, 4)}-${pad(data.month, 2)}-${pad(data.day, 2)}`;
  if (data.__class__ === 'date') return day;
  return `${day}T${pad(data.hour, 2)}:${pad(data.minute, 2)}:${pad(data.second, 2)}.${pad(data.microsecond, 6)}Z`;
}

/** Python writes a nought with eight digits as "0E-8". */
const withoutExponent = (text: string): string | null =>
  /^-?\d+(\.\d+)?$/.test(text) ? text : /^-?\d+(\.\d+)?E[+-]?\d{1,3}$/.test(text) ? Big(text).toFixed() : null;

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
