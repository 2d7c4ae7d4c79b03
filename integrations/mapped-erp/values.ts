import Big from 'big.js';
import { JSONPath } from 'jsonpath-plus';
import { DateTime } from 'luxon';
import { ErpError } from '../../src/erp/port.js';
import type { FieldSpec, Mapping } from './mapping.js';

export type Lookups = Mapping['lookups'];

/** What a path finds, in order. Paths are looked up, never run. */
export function findAll(json: unknown, path: string): unknown[] {
  if (json === null || typeof json !== 'object') return path === '$' ? [json] : [];
  return (JSONPath({ path, json, wrap: true, eval: false }) ?? []) as unknown[];
}

/** Values by name; what is not there is not in it. Throws `ErpError` BROKEN for what is not in the form that was said. */
export function valuesOf(item: unknown, fields: Record<string, FieldSpec>, lookups: Lookups): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const value = readValue(item, spec, lookups, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function readValue(item: unknown, spec: FieldSpec, lookups: Lookups, name: string): unknown {
  if (typeof spec === 'string') return present(findAll(item, spec)[0]);
  if (spec.constant !== undefined) return spec.constant;
  if (spec.each !== undefined) return findAll(item, spec.each).map(one => valuesOf(one, spec.fields!, lookups));
  if (spec.object) {
    const inner = valuesOf(item, spec.object, lookups);
    return Object.keys(inner).length > 0 ? inner : undefined;
  }
  const found = spec.join
    ? spec.join
        .map(path => textOf(present(findAll(item, path)[0])))
        .filter(Boolean)
        .join(' ') || undefined
    : [spec.path!]
        .flat()
        .map(path => present(findAll(item, path)[0]))
        .find(value => value !== undefined);
  const said = spec.lookup === undefined ? found : lookUp(found, spec.lookup, lookups);
  const value = said === undefined ? (spec.default ?? undefined) : said;
  if (value === undefined || value === null) return undefined;
  if (spec.date !== undefined) return dateOf(value, spec.date, spec.zone, name);
  if (spec.decimal !== undefined || spec.divideBy !== undefined) return decimalOf(value, spec, name);
  return value;
}

const present = (value: unknown): unknown => (value === null || value === '' ? undefined : value);

function lookUp(value: unknown, table: string | Record<string, unknown>, lookups: Lookups): unknown {
  const entries = typeof table === 'string' ? lookups[table]! : table;
  const key = textOf(value) ?? '';
  return Object.hasOwn(entries, key) ? entries[key] : Object.hasOwn(entries, '*') ? entries['*'] : undefined;
}

/** `iso`, `unix` (seconds), `unixMs`, or a format of Luxon such as dd/MM/yyyy; RFC 3339 in UTC, or a day where it has no time. */
export function dateOf(value: unknown, format: string, zone: string | undefined, name: string): string {
  const text = textOf(value)!;
  const options = { zone: zone ?? 'utc' };
  const moment =
    format === 'iso'
      ? DateTime.fromISO(text.replace(' ', 'T'), options)
      : format === 'unix'
        ? DateTime.fromSeconds(Number(text))
        : format === 'unixMs'
          ? DateTime.fromMillis(Number(text))
          : DateTime.fromFormat(text, format, options);
  if (!moment.isValid)
    throw new ErpError('BROKEN', `${name}: "${text.slice(0, 40)}" is not a date as the mapping says (${format}).`);
  const hasTime = format === 'iso' ? text.length > 10 : /^unix|[HhmsT]/.test(format);
  return hasTime ? moment.toUTC().toISO({ suppressMilliseconds: true })! : moment.toISODate()!;
}

function decimalOf(
  value: unknown,
  { decimal = '.', divideBy = 1 }: { decimal?: '.' | ',' | undefined; divideBy?: number | undefined },
  name: string,
): string {
  const text = textOf(value)!;
  // Whatever separates thousands goes; an amount may stand beside its currency.
  const plain = text.replace(decimal === ',' ? /[^\d,-]/g : /[^\d.-]/g, '').replace(',', '.');
  try {
    return Big(plain).div(divideBy).toFixed();
  } catch {
    throw new ErpError('BROKEN', `${name}: "${text.slice(0, 40)}" is not a number.`);
  }
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? Big(value).toFixed() : undefined;
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}
