import { afterAgentMessage, isDone, LOST, TicketStatus } from '../tickets/ticket.states.rules.js';

/** For how many seconds an answer can be taken back at most. */
export const LONGEST_UNDO = 60;
/** What goes out later than this, in seconds, is held: two machines may differ by some on when that is. */
export const SAID_WITHIN = LONGEST_UNDO + 5;

/** Of the parts of one answer the one that is worst off says how it stands. */
export const WORST_FIRST: readonly string[] = [
  'FAILED',
  'REJECTED',
  'AWAITING_APPROVAL',
  'UNKNOWN',
  'SENDING',
  'SCHEDULED',
  'QUEUED',
  'CANCELLED',
  'SENT',
  'DELIVERED',
  'READ',
  'DELETED',
];

/** SQL: whether a reply waits for somebody's agreement, or for a moment that is further away than an answer can be taken back. */
export const isHeld = (alias: string): string =>
  `(${alias}.state = 'AWAITING_APPROVAL' or (${alias}.state = 'SCHEDULED' and coalesce(${alias}.scheduled_at > clock_timestamp() + interval '${SAID_WITHIN} seconds', false)))`;

export const isLost = (state: string): boolean => LOST.includes(state);

/** Whether an answer counts: it is on its way to its customer, or with them. */
export const isSaid = (state: string, held: boolean): boolean => !held && !isLost(state);

/** Whether somebody has to look at the ticket because an answer went wrong: taking one back is no mishap. */
export const isMishap = (state: string): boolean => isLost(state) && state !== 'CANCELLED';

/** Where a ticket stood before an answer, and where that puts it. */
export interface Turn {
  before: TicketStatus;
  after: TicketStatus;
}

/**
 * Where a ticket stands once an answer in it is no longer said. One that failed opens it, whatever became of it; one that was
 * taken back, or put off, puts it where it was, unless somebody has moved it since or the customer has another answer.
 */
export function afterLoss(
  status: TicketStatus,
  { state, before, after }: Turn & { state: string },
  isWaiting: boolean,
): TicketStatus {
  if (isMishap(state)) return status === TicketStatus.PENDING || isDone(status) ? TicketStatus.OPEN : status;
  if (status !== after || !isWaiting) return status;
  return before === TicketStatus.PENDING || isDone(before) ? TicketStatus.OPEN : before;
}

/** Where a ticket stands once an answer that was lost is on its way after all. */
export function afterRecovery(status: TicketStatus, { after }: Pick<Turn, 'after'>, isWaiting: boolean): TicketStatus {
  if (isWaiting || isDone(status) || status === TicketStatus.ON_HOLD) return status;
  return isDone(after) ? TicketStatus.PENDING : after;
}

/**
 * Where a ticket stands once an answer that was held goes out: where its author wants it, unless somebody has moved it since or
 * the customer waits for another answer. `turn` is null where nobody said, or where it was written in another ticket.
 */
export function afterRelease(status: TicketStatus, turn: Turn | null, isWaiting: boolean): TicketStatus {
  if (isWaiting) return status;
  if (!turn) return afterAgentMessage(status, false);
  return toBeBegun(status) === toBeBegun(turn.before) ? turn.after : status;
}

/** Beginning with a ticket is no other place for it. */
const toBeBegun = (status: TicketStatus): TicketStatus => (status === TicketStatus.NEW ? TicketStatus.OPEN : status);
