import type { StoredFailure } from './reply.entity.js';
import { ReplyState } from './reply.states.rules.js';

/** What a network tells of a message of ours, by the network's own id of it. */
export interface ReplyReceipt {
  ref: { id: string };
  state: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  fault?: { class: string; message: string };
}

/** As much of a reply as receipts change. */
export interface Progress {
  state: ReplyState;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failure: StoredFailure | null;
}

/** How far each state is; a failure is told of what was taken, and is no longer true of what arrived. */
const RANK: Partial<Record<ReplyState, number>> = {
  [ReplyState.QUEUED]: 0,
  [ReplyState.SENDING]: 0,
  [ReplyState.UNKNOWN]: 0,
  [ReplyState.SENT]: 1,
  [ReplyState.FAILED]: 2,
  [ReplyState.DELIVERED]: 3,
  [ReplyState.READ]: 4,
};

const STATES = {
  sent: ReplyState.SENT,
  failed: ReplyState.FAILED,
  delivered: ReplyState.DELIVERED,
  read: ReplyState.READ,
} as const;

/** Takes a receipt in: in whatever order they come, and however often, the end is the same. */
export function withReceipt(reply: Progress, receipt: ReplyReceipt): Progress {
  const next = STATES[receipt.state];
  const rank = RANK[reply.state];
  // Deleted, cancelled or rejected: nothing about it changes any more.
  if (rank === undefined) return reply;
  const isLater = RANK[next]! > rank;
  const failed = isLater && next === ReplyState.FAILED;
  const arrived = receipt.state === 'delivered' || receipt.state === 'read';
  return {
    state: isLater ? next : reply.state,
    sentAt: receipt.state === 'failed' ? reply.sentAt : earlier(reply.sentAt, receipt.at),
    deliveredAt: arrived ? earlier(reply.deliveredAt, receipt.at) : reply.deliveredAt,
    readAt: receipt.state === 'read' ? earlier(reply.readAt, receipt.at) : reply.readAt,
    failure: failed ? failureOf(receipt) : isLater ? null : reply.failure,
  };
}

const earlier = (known: Date | null, told: Date): Date => (known && known <= told ? known : told);

function failureOf({ fault }: ReplyReceipt): StoredFailure {
  const code = fault ? (CODE_OF_CLASS[fault.class] ?? 'INVALID') : 'INVALID';
  return { code, ...(fault && { detail: fault.message.toWellFormed().replaceAll('\0', '').slice(0, 1000) }) };
}

/** Codes of what went wrong on a network, by the class of its fault. */
export const CODE_OF_CLASS: Record<string, string> = {
  auth: 'NEEDS_REAUTHORIZATION',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'INVALID',
  duplicate: 'DUPLICATE',
  window_closed: 'WINDOW_CLOSED',
  rate: 'RATE_LIMITED',
  quota: 'QUOTA',
  transient: 'NETWORK_DOWN',
  unknown: 'OUTCOME_UNKNOWN',
};
