import { Field, ID, InterfaceType } from 'type-graphql';
import type { Parameters } from '../../platform/paging/index.js';
import { DateTime, type RecordClass } from '../../platform/schema/index.js';
import type { Language, Viewer } from '../access/index.js';

@InterfaceType({ description: 'Something that happened with a customer.' })
export abstract class TimelineEntry {
  @Field(() => ID, { description: 'Id of what happened.' })
  id: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt: string;

  @Field({ description: 'What happened, in one line, in the language of the reader: English, Spanish or Portuguese.' })
  summary: string;
}

/**
 * One kind of entry in the timeline of a customer. A module above adds its own by calling `timelineSource` once, when it is
 * loaded, with a class of its own:
 *
 *     @ObjectType({ implements: TimelineEntry, description: '…', simpleResolvers: true })
 *     export class TicketOpened extends TimelineEntry { @Reference(() => Ticket, 'ticketId', …) ticket?: Ticket; }
 *     timelineSource<{ subject: string; ticketId: string }>({
 *       type: TicketOpened,
 *       prefix: 'ticket',
 *       sql: viewer => `select t.opened_at as occurred_at, t.id, jsonb_build_object('subject', t.subject, 'ticketId', t.id) as detail
 *                         from tickets t where t.customer_id = k.parent`,
 *       summary: { en: d => `Ticket opened: ${d.subject}`, es: …, pt: … },
 *     });
 */
export interface TimelineSource<Detail extends object> {
  /** The entry's class; its name is the name of its GraphQL type. The keys of `detail` become its properties. */
  type: RecordClass<TimelineEntry>;
  /** Prefix of its public ids: `note_…`. */
  prefix: string;
  /**
   * A select of `occurred_at` (timestamptz), `id` (uuid, once in this source) and `detail` (jsonb) for the customer `k.parent`,
   * of what the viewer may see, or null for nothing. It runs under row-level security. Keep it free of `order by` and `limit`,
   * and have an index that ends with the time: the page is cut outside.
   */
  sql(viewer: Viewer, parameters: Parameters): string | null;
  summary: Record<Language, (detail: Detail) => string>;
}

type AnySource = TimelineSource<Record<string, never>>;

const sources = new Map<string, AnySource>();

export function timelineSource<Detail extends object>(source: TimelineSource<Detail>): void {
  sources.set(source.type.name, source as unknown as AnySource);
}

export const timelineSources = (): ReadonlyMap<string, AnySource> => sources;
