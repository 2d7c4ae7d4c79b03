import { publicId } from '../../../platform/ids.js';
import type { TicketPriority } from '../tickets/ticket.states.rules.js';
import { SlaMetric } from './history.rules.js';

/** Minutes of open time; what is left out is not promised. */
export interface Targets {
  firstResponse?: number | null;
  nextResponse?: number | null;
  resolution?: number | null;
}

export interface PolicyConditions {
  /** Tags of customers. */
  segments: string[];
  channels: string[];
  priorities: string[];
  types: string[];
  categoryIds: string[];
  queueIds: string[];
  customerKinds: string[];
}

/** What conditions are about. */
export interface Subject {
  customerTags: string[];
  customerKind: string | null;
  channel: string;
  priority: TicketPriority;
  type: string | null;
  categoryId: string | null;
  queueId: string | null;
}

/** Whether a ticket is one of those that conditions name: of each list that names any, one must fit. */
export function fits(conditions: PolicyConditions, ticket: Subject): boolean {
  const among = (named: string[], value: string | null) =>
    named.length === 0 || (value !== null && named.includes(value));
  return (
    (conditions.segments.length === 0 || conditions.segments.some(tag => ticket.customerTags.includes(tag))) &&
    among(conditions.channels, ticket.channel) &&
    among(conditions.priorities, ticket.priority) &&
    among(conditions.types, ticket.type) &&
    among(conditions.categoryIds, ticket.categoryId) &&
    among(conditions.queueIds, ticket.queueId) &&
    among(conditions.customerKinds, ticket.customerKind)
  );
}

const KEYS = {
  [SlaMetric.FIRST_RESPONSE]: 'firstResponse',
  [SlaMetric.NEXT_RESPONSE]: 'nextResponse',
  [SlaMetric.RESOLUTION]: 'resolution',
} as const;

/** Minutes promised to tickets of a priority; null when nothing is. */
export const targetOf = (
  targets: Partial<Record<TicketPriority, Targets>>,
  priority: TicketPriority,
  metric: SlaMetric,
): number | null => targets[priority]?.[KEYS[metric]] ?? null;

/** So many minutes before a target is due, it is told; what is given as a share is of the target. */
export function warningOf(
  { warnMinutes, warnPercent }: { warnMinutes: number | null; warnPercent: number | null },
  target: number,
): number {
  const minutes = warnMinutes ?? Math.round((target * (warnPercent ?? 0)) / 100);
  return Math.min(minutes, target);
}

export interface KnownPolicy extends PolicyConditions {
  id: string;
  calendarId: string | null;
  targets: Partial<Record<TicketPriority, Targets>>;
  warnMinutes: number | null;
  warnPercent: number | null;
  pausesOnHold: boolean;
  createdAt: Date;
}

export const publicCategory = (id: string): string => publicId('ticket_category', id);

export const publicQueue = (id: string): string => publicId('queue', id);
