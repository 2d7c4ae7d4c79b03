import type { CursorValue } from './cursors.js';
import type { Parameters } from './parameters.js';

export type Direction = 'ASC' | 'DESC';

/** One column a list is ordered by. The last term of every order is the unique id, so that no two rows tie. */
export interface OrderTerm {
  sql: string;
  /** SQL type a cursor's value is cast to. */
  type: 'uuid' | 'text' | 'timestamptz' | 'integer' | 'bigint' | 'real' | 'numeric' | 'double precision' | 'date';
  nullable: boolean;
  direction: Direction;
}

export const opposite = (direction: Direction): Direction => (direction === 'ASC' ? 'DESC' : 'ASC');

/** `order by` text. NULL counts as the largest value, which is PostgreSQL's own default in both directions. */
export function orderBy(terms: OrderTerm[]): string {
  return terms.map(term => `${term.sql} ${term.direction}`).join(', ');
}

/**
 * The condition "comes strictly after the row with these values" under `terms`.
 * Without nulls and with one direction it is a row comparison, which an index answers as one range; otherwise the
 * lexicographic expansion (t1 > v1) or (t1 = v1 and t2 > v2) or …, with NULL as the largest value.
 */
export function afterCondition(terms: OrderTerm[], values: CursorValue[], parameters: Parameters): string {
  const [head] = terms;
  const places = terms.map((term, at) => (values[at] === null ? null : parameters.add(values[at], term.type)));
  if (head && terms.every(term => !term.nullable && term.direction === head.direction)) {
    const sign = head.direction === 'ASC' ? '>' : '<';
    return `(${terms.map(term => term.sql).join(', ')}) ${sign} (${places.join(', ')})`;
  }
  const alternatives = terms.map((term, at) => {
    const equals = terms.slice(0, at).map((earlier, index) => equalTo(earlier, places[index] ?? null));
    return [...equals, beyond(term, places[at] ?? null)].join(' and ');
  });
  return `(${alternatives.map(alternative => `(${alternative})`).join(' or ')})`;
}

function equalTo(term: OrderTerm, place: string | null): string {
  return place === null ? `${term.sql} is null` : `${term.sql} = ${place}`;
}

function beyond(term: OrderTerm, place: string | null): string {
  if (term.direction === 'ASC') {
    if (place === null) return 'false';
    return term.nullable ? `(${term.sql} > ${place} or ${term.sql} is null)` : `${term.sql} > ${place}`;
  }
  return place === null ? `${term.sql} is not null` : `${term.sql} < ${place}`;
}
