/** A condition on `t`, with the values of its places `$1`, `$2`, … */
export interface Condition {
  text: string;
  values: unknown[];
}

/** Conditions that differ by their values alone, as one on `t` and `v`: a row each, with its place in the list and its values as texts. */
export interface Shape {
  text: string;
  rows: { at: number; p: (string | null)[] }[];
}

const PLACE = /\$(\d+)(::[a-z_]+(?:\[\])?)?/g;

/**
 * Conditions by their shape, so that one statement, whose text comes again and is prepared, asks for all of one. Values without a
 * type are compared as text.
 */
export function askedOf(conditions: readonly Condition[]): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const [at, { text, values }] of conditions.entries()) {
    const shape = shapes.get(text) ?? {
      text: text.replace(PLACE, (_, place, type = '') => `v.p[${place}]${type}`),
      rows: [],
    };
    shapes.set(text, shape);
    shape.rows.push({ at, p: values.map(asText) });
  }
  return [...shapes.values()];
}

/** As PostgreSQL writes values of any type. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return `{${value.map(quoted).join(',')}}`;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const quoted = (value: unknown): string => {
  const text = asText(value);
  return text === null ? 'null' : `"${text.replace(/["\\]/g, '\\$&')}"`;
};
