import { createHash } from 'node:crypto';
import type { PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { namesSomebody, readCount, readLanguage, readPastMoment, readWebAddress } from './cell.rules.js';
import { Cells, type Fields, type Mapping } from './mapping.js';
import type { Row } from './row.js';

export const POST_FIELDS: Fields = {
  required: ['id', 'author', 'text', 'occurredAt'],
  optional: ['url', 'title', 'kind', 'language', 'inReplyTo', 'authorId', 'displayName', 'followers'],
};

export const MOMENT =
  'a date such as 2024-05-31T18:30:00Z, "2024-05-31 18:30:00+02" or seconds since 1970, and not in the future';
export const MOST_ID = 500;
export const MOST_NAME = 200;

export interface PostDefaults {
  /** What a row is when no column says it. */
  kind: PostKind;
  /** What a column may say. */
  kinds: readonly PostKind[];
}

/** One row as a post. Throws `RowFault`. */
export function postOf(row: Row, mapping: Mapping, { kind, kinds }: PostDefaults): UpsertEvent {
  const cells = new Cells(row, mapping);
  const id = cells.needed('id', MOST_ID);
  const handle = readHandle(cells, 'author');
  const text = cells.text('text');
  const occurredAt = cells.required('occurredAt', readPastMoment, MOMENT);
  const url = cells.optional('url', readWebAddress, 'a web address');
  const title = cells.label('title', 2000);
  const language = cells.optional('language', readLanguage, 'a language tag such as es or pt-BR');
  const parentId = cells.label('inReplyTo', MOST_ID);
  const postKind =
    cells.optional(
      'kind',
      word => kinds.find(one => one === word.toUpperCase()) ?? null,
      `one of ${kinds.join(', ')}`,
    ) ?? kind;
  return {
    op: 'upsert',
    ref: { id, url },
    revision: contentHash([postKind, text, title, language, url]),
    kind: postKind,
    author: {
      id: cells.label('authorId', MOST_ID),
      handle,
      displayName: cells.label('displayName', MOST_NAME),
      followersCount: cells.optional('followers', readCount, 'a whole number'),
    },
    own: false,
    parent: parentId === undefined ? undefined : { id: parentId },
    occurredAt,
    text,
    title,
    language,
    media: [],
    auto: false,
  };
}

export function readHandle(cells: Cells, field: string): string {
  const handle = cells.needed(field, MOST_NAME);
  if (!namesSomebody(handle)) throw cells.fault(field, `"${handle}" names nobody`);
  return handle;
}

/** The archive has no edit ids, so what a post says is its revision: the same content again is the same revision. */
function contentHash(parts: (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}
