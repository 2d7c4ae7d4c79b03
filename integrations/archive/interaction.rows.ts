import { readPastMoment } from './cell.rules.js';
import { Cells, type Fields, type Mapping } from './mapping.js';
import { MOMENT, MOST_ID, readHandle } from './post.rows.js';
import type { Row } from './row.js';

export const INTERACTION_FIELDS: Fields = {
  required: ['from', 'to', 'occurredAt', 'kind'],
  optional: ['post'],
};

/** Who acted on whom, by handle. */
export interface InteractionRow<Kind extends string> {
  from: string;
  to: string;
  kind: Kind;
  occurredAt: Date;
  /** The network's id of the post by which it was done. */
  postExternalId?: string;
}

/** One row as an interaction of one of `kinds`. Throws `RowFault`. */
export function interactionOf<Kind extends string>(
  row: Row,
  mapping: Mapping,
  kinds: readonly Kind[],
): InteractionRow<Kind> {
  const cells = new Cells(row, mapping);
  return {
    from: readHandle(cells, 'from'),
    to: readHandle(cells, 'to'),
    occurredAt: cells.required('occurredAt', readPastMoment, MOMENT),
    kind: cells.required(
      'kind',
      word => kinds.find(one => one === word.toUpperCase()) ?? null,
      `one of ${kinds.join(', ')}`,
    ),
    postExternalId: cells.label('post', MOST_ID),
  };
}
