import type { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';

export enum AssignmentStrategy {
  MANUAL = 'MANUAL',
  ROUND_ROBIN = 'ROUND_ROBIN',
  LEAST_BUSY = 'LEAST_BUSY',
}

export enum AvailabilityStatus {
  AVAILABLE = 'AVAILABLE',
  BUSY = 'BUSY',
  AWAY = 'AWAY',
}

/** What is looked at of a ticket. Ids are stored ones; categories are its own and all above it. */
export interface SortedTicket {
  channel: TicketChannel;
  network: string | null;
  categoryIds: readonly string[];
  type: TicketType | null;
  priority: TicketPriority;
  language: string | null;
  customerTags: readonly string[];
}

/** Which tickets a queue takes: of each list one must fit, and an empty one fits everything. */
export interface QueueConditions {
  channels: readonly string[];
  networks: readonly string[];
  categoryIds: readonly string[];
  types: readonly string[];
  priorities: readonly string[];
  customerTags: readonly string[];
  languages: readonly string[];
}

export interface AssignmentRules {
  strategy: `${AssignmentStrategy}`;
  /** With how many open tickets somebody is given no more; null: without end. */
  capacity: number | null;
  languageRequired: boolean;
  skills: readonly { skillId: string; minLevel: number; isRequired: boolean }[];
}

/** Somebody who works in a queue. `load` counts open tickets by channel; `lastTurn` is null for who never had one. */
export interface Candidate {
  id: string;
  /** Neither busy, away nor out of office. */
  isPresent: boolean;
  skills: Readonly<Record<string, number>>;
  languages: readonly string[];
  load: Readonly<Partial<Record<TicketChannel, number>>>;
  capacities: Readonly<Partial<Record<TicketChannel, number>>>;
  lastTurn: number | null;
}

export function fits(conditions: QueueConditions, ticket: SortedTicket): boolean {
  const { channels, networks, categoryIds, types, priorities, customerTags, languages } = conditions;
  return (
    allows(channels, [ticket.channel]) &&
    allows(networks, [ticket.network]) &&
    allows(categoryIds, ticket.categoryIds) &&
    allows(types, [ticket.type]) &&
    allows(priorities, [ticket.priority]) &&
    allows(customerTags, ticket.customerTags) &&
    (languages.length === 0 || speaks(languages, ticket.language))
  );
}

const allows = (wanted: readonly string[], given: readonly (string | null)[]): boolean =>
  wanted.length === 0 || given.some(value => value !== null && wanted.includes(value));

/** Whether one of the languages (BCP 47) is `language` or the same without its region: who speaks `es` speaks `es-AR`. */
export const speaks = (languages: readonly string[], language: string | null): boolean =>
  language !== null &&
  languages.some(known => {
    const [own, asked] = [known.toLowerCase(), language.toLowerCase()];
    return own === asked || asked.startsWith(`${own}-`) || own.startsWith(`${asked}-`);
  });

export const loadOf = ({ load }: Pick<Candidate, 'load'>): number =>
  Object.values(load).reduce((sum, count) => sum + (count ?? 0), 0);

/** Whether somebody may be given a ticket at all: present, able, and with room for it. */
export function isEligible(candidate: Candidate, rules: AssignmentRules, ticket: SortedTicket): boolean {
  const { capacities, load } = candidate;
  const most = capacities[ticket.channel];
  return (
    candidate.isPresent &&
    (rules.capacity === null || loadOf(candidate) < rules.capacity) &&
    (most === undefined || (load[ticket.channel] ?? 0) < most) &&
    (!rules.languageRequired || ticket.language === null || speaks(candidate.languages, ticket.language)) &&
    rules.skills.every(skill => !skill.isRequired || has(candidate, skill))
  );
}

const has = ({ skills }: Candidate, { skillId, minLevel }: { skillId: string; minLevel: number }): boolean =>
  (skills[skillId] ?? 0) >= minLevel;

/**
 * Who gets a ticket, or null when it has to wait. Of those who may have it: who speaks its language, then who has most of the
 * wished skills, then whose turn it is or who has least to do. The same question always has the same answer.
 */
export function nextAssignee(
  candidates: readonly Candidate[],
  rules: AssignmentRules,
  ticket: SortedTicket,
): Candidate | null {
  if (rules.strategy === AssignmentStrategy.MANUAL) return null;
  const rank = (candidate: Candidate): (number | string)[] => [
    speaks(candidate.languages, ticket.language) ? 0 : 1,
    -rules.skills.filter(skill => has(candidate, skill)).length,
    rules.strategy === AssignmentStrategy.LEAST_BUSY ? loadOf(candidate) : 0,
    candidate.lastTurn ?? -1,
    candidate.id,
  ];
  let best: { candidate: Candidate; rank: (number | string)[] } | null = null;
  for (const candidate of candidates) {
    if (!isEligible(candidate, rules, ticket)) continue;
    const own = rank(candidate);
    if (!best || comesBefore(own, best.rank)) best = { candidate, rank: own };
  }
  return best?.candidate ?? null;
}

function comesBefore(one: readonly (number | string)[], other: readonly (number | string)[]): boolean {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at >= 0 && one[at]! < other[at]!;
}
