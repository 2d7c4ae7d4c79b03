import { isDone, TicketStatus } from '../tickets/ticket.states.rules.js';

/** States of an answer that its customer never gets. */
const LOST: readonly string[] = ['FAILED', 'REJECTED', 'CANCELLED'];

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

export const isLost = (state: string): boolean => LOST.includes(state);

/** Whether somebody has to look at the ticket because an answer went wrong: taking one back is no mishap. */
export const isMishap = (state: string): boolean => isLost(state) && state !== 'CANCELLED';

export interface LostAnswer {
  state: string;
  /** Where the ticket stood before the answer, and where after it. */
  before: TicketStatus;
  after: TicketStatus;
}

/**
 * Where a ticket stands once an answer in it is lost. One that failed opens it, whatever became of it; one that was taken back
 * puts it where it was, unless somebody has moved it since or the customer has another answer.
 */
export function afterLoss(
  status: TicketStatus,
  { state, before, after }: LostAnswer,
  isWaiting: boolean,
): TicketStatus {
  if (isMishap(state)) return status === TicketStatus.PENDING || isDone(status) ? TicketStatus.OPEN : status;
  if (status !== after || !isWaiting) return status;
  return before === TicketStatus.PENDING || isDone(before) ? TicketStatus.OPEN : before;
}

/** Where a ticket stands once an answer that was lost is on its way after all. */
export function afterRecovery(
  status: TicketStatus,
  { after }: Pick<LostAnswer, 'after'>,
  isWaiting: boolean,
): TicketStatus {
  if (isWaiting || isDone(status) || status === TicketStatus.ON_HOLD) return status;
  return after === TicketStatus.CLOSED || after === TicketStatus.SOLVED ? TicketStatus.PENDING : after;
}
