import { storedId } from '../src/platform/ids.js';

type Value = null | string | number | boolean | Value[] | { [name: string]: Value };

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const PUBLIC_ID = /^([a-z]+)_[0-9a-z]{26}$/;

/**
 * The same facts in the same shape, whichever server told them: connections become lists, what is nested in one and flat in
 * the other becomes flat, ids become stored ids, moments become milliseconds, and cursors go.
 */
export function canonical(value: Value, name = ''): Value {
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return Date.parse(value);
    const prefix = PUBLIC_ID.exec(value)?.[1];
    return (prefix && storedId(prefix, value)) || value;
  }
  if (Array.isArray(value)) {
    const list = value.map(inner => canonical(inner));
    // PostGraphile cannot put them in our order.
    return name === 'contactPoints' ? list.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value['edges'])) {
    return canonical(
      value['edges'].map(edge => (edge as { node: Value }).node),
      name,
    );
  }
  if (Array.isArray(value['nodes'])) return canonical(value['nodes'], name);
  const flat: [string, Value][] = [];
  for (const [field, inner] of Object.entries(value)) {
    if ((field === 'sentiment' || field === 'priority') && inner !== null) {
      for (const [part, told] of Object.entries(inner)) {
        flat.push([field + part[0]!.toUpperCase() + part.slice(1), told as Value]);
      }
    } else {
      flat.push([field, canonical(inner, field)]);
    }
  }
  return Object.fromEntries(flat.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const idOf = (value: Value): string => String((value as { id: Value }).id);

/** Throws where they first differ. */
export function mustBeEqual(who: string, told: Value, expected: Value, path = 'data'): void {
  const isObject = (value: Value): value is Record<string, Value> => typeof value === 'object' && value !== null;
  if (!isObject(told) || !isObject(expected)) {
    if (told !== expected) {
      throw new Error(`${who} differs at ${path}: ${JSON.stringify(told)} and not ${JSON.stringify(expected)}`);
    }
    return;
  }
  const names = new Set([...Object.keys(told), ...Object.keys(expected)]);
  for (const name of names) mustBeEqual(who, told[name] ?? null, expected[name] ?? null, `${path}.${name}`);
}
