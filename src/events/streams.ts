import { AppError } from '../platform/errors.js';
import type { RecordSpec } from '../platform/schema/index.js';
import type { EventType } from './catalogue.js';
import type { FeedEvent } from './feed.js';

/** How it is known where records were before they moved. */
export interface Leaving {
  /** Events of this type, one of `types`, carry as `data.was` what the record's row had before. */
  type: EventType;
  /** The rows as they were, aliased `t`: `moves` is SQL for `[{id, was}]` in JSON. `with` may stand before the whole statement. */
  rows(moves: string): { with: string; from: string };
}

/** A subscription as data: which events it tells, of what record, and what one of them looks like to the schema. */
export interface StreamSpec {
  /** Name of the subscription's root field. */
  field: string;
  types: EventType[];
  /** The kind of record the events are about; its filters and visibility decide who is told. */
  record: RecordSpec;
  /** Also tells of records that lists leave out, such as deleted ones. */
  includesUnlisted?: boolean;
  /** Keeps of the events of a record those that may be told to a role; all unless said. */
  tells?(event: FeedEvent, role: string): boolean;
  /** The filter that its arguments make, where it does not take one as such. */
  filterOf?(args: Record<string, unknown>): object | null;
  /** Tells also that a record has left what a subscriber may see and asked for, which `root` shows without the record. */
  leaving?: Leaving;
  /** What the root field resolves from. */
  root(event: FeedEvent, cursor: string): object;
  /** Tells the present instead: at once, and when it has become another after such events. What it resolves from, by its filter. */
  summary?(filter: object | null): object;
}

const streams = new Map<string, StreamSpec>();

export function defineStream(spec: StreamSpec): void {
  streams.set(spec.field, spec);
}

export const streamOf = (field: string): StreamSpec | undefined => streams.get(field);

/** What `@Subscription` is given: events reach subscribers through the hub, never through the schema's own machinery. */
export function overSocket(): never {
  throw new AppError(
    'BAD_USER_INPUT',
    'Subscriptions are served over WebSocket (graphql-transport-ws) at the same address.',
  );
}
