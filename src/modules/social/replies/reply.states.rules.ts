export enum ReplyState {
  AWAITING_APPROVAL = 'AWAITING_APPROVAL',
  REJECTED = 'REJECTED',
  SCHEDULED = 'SCHEDULED',
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  UNKNOWN = 'UNKNOWN',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
  DELETED = 'DELETED',
}

export enum ReplyKind {
  REPLY = 'REPLY',
  DIRECT_MESSAGE = 'DIRECT_MESSAGE',
  CALL = 'CALL',
}

export enum ReplyVisibility {
  PUBLIC = 'PUBLIC',
  PRIVATE = 'PRIVATE',
}

/** Nothing has gone out yet, and nothing is on its way. */
export const STOPPABLE = [ReplyState.AWAITING_APPROVAL, ReplyState.SCHEDULED, ReplyState.QUEUED];
/** It is on the network. */
export const ARRIVED = [ReplyState.SENT, ReplyState.DELIVERED, ReplyState.READ];
