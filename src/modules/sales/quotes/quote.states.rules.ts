import { registerEnumType } from 'type-graphql';

export enum QuoteStatus {
  DRAFT = 'DRAFT',
  PENDING_APPROVAL = 'PENDING_APPROVAL',
  APPROVED = 'APPROVED',
  SENT = 'SENT',
  ACCEPTED = 'ACCEPTED',
  REJECTED = 'REJECTED',
  EXPIRED = 'EXPIRED',
  SUPERSEDED = 'SUPERSEDED',
}
registerEnumType(QuoteStatus, {
  name: 'QuoteStatus',
  description: 'How far a quote has come.',
  valuesConfig: {
    DRAFT: { description: 'It is being written.' },
    PENDING_APPROVAL: { description: 'Its discounts wait for somebody who may give them.' },
    APPROVED: { description: 'It may be sent.' },
    SENT: { description: 'The customer has it and can accept it.' },
    ACCEPTED: { description: 'The customer accepted it: there is an order.' },
    REJECTED: { description: 'The customer declined it.' },
    EXPIRED: { description: 'Nobody accepted it in time.' },
    SUPERSEDED: { description: 'A newer revision stands in for it.' },
  },
});

/** What can still be revised: all but what was agreed, and what has a successor already. */
export const REVISABLE: readonly QuoteStatus[] = [
  QuoteStatus.PENDING_APPROVAL,
  QuoteStatus.APPROVED,
  QuoteStatus.SENT,
  QuoteStatus.REJECTED,
  QuoteStatus.EXPIRED,
];

/** What staff can take for accepted; a customer answers only what was sent to them. */
export const ACCEPTABLE: readonly QuoteStatus[] = [QuoteStatus.DRAFT, QuoteStatus.APPROVED, QuoteStatus.SENT];

/** What somebody waits for an answer to, so that it can run out. */
export const OPEN: readonly QuoteStatus[] = [
  QuoteStatus.DRAFT,
  QuoteStatus.PENDING_APPROVAL,
  QuoteStatus.APPROVED,
  QuoteStatus.SENT,
];
