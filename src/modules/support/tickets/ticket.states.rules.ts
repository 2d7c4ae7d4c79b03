/** Where a ticket stands. SOLVED can be opened again by its customer; CLOSED is for good, and what is said later opens another. */
export enum TicketStatus {
  NEW = 'NEW',
  OPEN = 'OPEN',
  PENDING = 'PENDING',
  ON_HOLD = 'ON_HOLD',
  SOLVED = 'SOLVED',
  CLOSED = 'CLOSED',
}

export enum TicketPriority {
  LOW = 'LOW',
  NORMAL = 'NORMAL',
  HIGH = 'HIGH',
  URGENT = 'URGENT',
}

export enum TicketType {
  QUESTION = 'QUESTION',
  REQUEST = 'REQUEST',
  INCIDENT = 'INCIDENT',
  PROBLEM = 'PROBLEM',
  COMPLAINT = 'COMPLAINT',
  PRAISE = 'PRAISE',
}

/** How a ticket, or a message of one, came to us or went out. */
export enum TicketChannel {
  CALL = 'CALL',
  WEB_FORM = 'WEB_FORM',
  CHAT = 'CHAT',
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  FAX = 'FAX',
  SOCIAL = 'SOCIAL',
  PORTAL = 'PORTAL',
  MANUAL = 'MANUAL',
}

export enum TicketMessageKind {
  CUSTOMER = 'CUSTOMER',
  AGENT = 'AGENT',
  NOTE = 'NOTE',
  SYSTEM = 'SYSTEM',
}

export enum TicketMessageVisibility {
  PUBLIC = 'PUBLIC',
  PRIVATE = 'PRIVATE',
  INTERNAL = 'INTERNAL',
}

export enum TicketLinkKind {
  RELATES_TO = 'RELATES_TO',
  DUPLICATES = 'DUPLICATES',
  CAUSED_BY = 'CAUSED_BY',
  FOLLOWS_UP = 'FOLLOWS_UP',
  SPLIT_FROM = 'SPLIT_FROM',
}

/** What happened to a ticket, as subscribers are told. */
export enum TicketChange {
  OPENED = 'OPENED',
  MESSAGE_RECEIVED = 'MESSAGE_RECEIVED',
  REPLIED = 'REPLIED',
  MESSAGE_STATE_CHANGED = 'MESSAGE_STATE_CHANGED',
  NOTED = 'NOTED',
  ASSIGNED = 'ASSIGNED',
  STATUS_CHANGED = 'STATUS_CHANGED',
  UPDATED = 'UPDATED',
  SNOOZED = 'SNOOZED',
  WOKEN = 'WOKEN',
  ESCALATED = 'ESCALATED',
  DEADLINES_MOVED = 'DEADLINES_MOVED',
  MERGED = 'MERGED',
  SPLIT = 'SPLIT',
  LINKED = 'LINKED',
  RATED = 'RATED',
  LEFT = 'LEFT',
}

/** Whom something about a ticket is told to, where that is not everybody who sees it. */
export type ToldTo = 'STAFF' | 'CUSTOMER';

const WITH_CUSTOMER: readonly string[] = ['RECEIVED', 'KEPT', 'SENT', 'DELIVERED', 'READ'];

/** Whether a message of ours in this state has gone out: before, its customer does not hear of it. */
export const isWithCustomer = (state: string): boolean => WITH_CUSTOMER.includes(state);

/** States of an answer that its customer never gets. */
export const LOST: readonly string[] = ['FAILED', 'REJECTED', 'CANCELLED'];

/** SQL: whether a message counts as said: it waits for nothing, and was not lost. */
export const wasSaid = (alias: string): string =>
  `not ${alias}.is_held and ${alias}.state not in (${LOST.map(state => `'${state}'`).join(', ')})`;

/** A ticket that nobody waits for any more. */
export const isDone = (status: TicketStatus): boolean =>
  status === TicketStatus.SOLVED || status === TicketStatus.CLOSED;

/** Where a ticket stands after its customer spoke. What a machine says changes nothing; a closed one stays closed. */
export function afterCustomerMessage(status: TicketStatus, isAutomatic: boolean): TicketStatus {
  if (isAutomatic || status === TicketStatus.CLOSED || status === TicketStatus.NEW) return status;
  return TicketStatus.OPEN;
}

/** Where a ticket stands after we spoke: we wait for the customer, unless it is done. */
export function afterAgentMessage(status: TicketStatus, isAutomatic: boolean): TicketStatus {
  if (isAutomatic || isDone(status) || status === TicketStatus.ON_HOLD) return status;
  return TicketStatus.PENDING;
}

/** Whose turn it is, as what was said has it. */
export interface Turn {
  isAnswered: boolean;
  /** Since when the customer waits for us; nothing where our word is the last. */
  waitingSince: Date | null;
}

/**
 * What becomes of a ticket when messages went out of it or came into it. It stays where it was put as long as that makes it nobody
 * else's turn; one that is done or on hold stays that.
 */
export function afterTurn(
  status: TicketStatus,
  before: Turn,
  after: Turn,
): { status?: TicketStatus; waiting_since?: Date | null } {
  const [since, until] = [before.waitingSince, after.waitingSince].map(at => at?.getTime());
  if (isDone(status) || since === until) return {};
  if (status === TicketStatus.ON_HOLD) return { waiting_since: after.waitingSince };
  if (!after.waitingSince) return { status: TicketStatus.PENDING, waiting_since: null };
  const isOpen = after.isAnswered || status !== TicketStatus.NEW;
  return { status: isOpen ? TicketStatus.OPEN : TicketStatus.NEW, waiting_since: after.waitingSince };
}
