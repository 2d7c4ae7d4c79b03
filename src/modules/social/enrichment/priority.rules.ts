import { PostKind } from '../networks.js';
import type { SignalCode } from './priority.words.js';
import type { SentimentLabel } from './sentiment/sentiment.types.js';
import { tokenise } from './sentiment/tokens.js';
import { findSignals } from './signals.rules.js';

export type PriorityCode =
  | SignalCode
  | 'OWN'
  | 'AUTOMATED'
  | 'REACH'
  | 'RELATIONSHIP'
  | 'SENTIMENT'
  | 'DIRECT'
  | 'REVIEW';

export interface StoredReason {
  code: PriorityCode;
  /** Points it gave, 0..100. */
  weight: number;
  detail?: { followers?: number; words?: string; label?: SentimentLabel; customer?: boolean };
}

export interface PriorityScore {
  /** 0..100: the sum of the reasons' points, at most 100. */
  score: number;
  /** Weightiest first. */
  reasons: StoredReason[];
}

export interface PriorityInput {
  text: string;
  language: string;
  kind: PostKind;
  sentiment: { label: SentimentLabel; score: number };
  followersCount?: number | null;
  /** The author is linked to a customer. */
  isCustomer?: boolean;
  /** How close the author is to us, 0..1, where it is known. */
  relationshipStrength?: number | null;
  /** Written by ourselves. */
  own?: boolean;
  /** Written by a machine. */
  auto?: boolean;
}

const SIGNAL_POINTS: Readonly<Record<SignalCode, number>> = {
  LEGAL: 25,
  URGENCY: 25,
  CHURN: 20,
  COMPLAINT: 20,
  QUESTION: 15,
};
const DIRECT_POINTS = 15;
const REVIEW_POINTS = 10;
const CUSTOMER_POINTS = 15;
const RELATIONSHIP_POINTS = 10;
const DISPLEASURE_POINTS = 20;
const PLEASURE_POINTS = 5;
// Reach counts by orders of magnitude: nothing up to a hundred followers, everything from a million.
const REACH_POINTS = 20;
const REACH_FROM = 2;
const REACH_FULL = 6;

/** How much it matters to answer a post soon, and why. What we or machines wrote needs no answer. */
export function priorityOf(input: PriorityInput): PriorityScore {
  if (input.own) return { score: 0, reasons: [{ code: 'OWN', weight: 0 }] };
  if (input.auto) return { score: 0, reasons: [{ code: 'AUTOMATED', weight: 0 }] };
  const reasons: StoredReason[] = [];
  const add = (code: PriorityCode, weight: number, detail?: StoredReason['detail']) => {
    const points = Math.round(weight);
    if (points > 0) reasons.push(detail ? { code, weight: points, detail } : { code, weight: points });
  };
  const { followersCount, isCustomer, relationshipStrength, kind, sentiment } = input;
  if (followersCount && followersCount > 0) {
    const share = (Math.log10(followersCount) - REACH_FROM) / (REACH_FULL - REACH_FROM);
    add('REACH', REACH_POINTS * clamp(share), { followers: followersCount });
  }
  add('RELATIONSHIP', (isCustomer ? CUSTOMER_POINTS : 0) + RELATIONSHIP_POINTS * clamp(relationshipStrength ?? 0), {
    customer: isCustomer === true,
  });
  if (kind === PostKind.DIRECT_MESSAGE) add('DIRECT', DIRECT_POINTS);
  if (kind === PostKind.REVIEW) add('REVIEW', REVIEW_POINTS);
  const { label, score } = sentiment;
  if (label === 'NEGATIVE') add('SENTIMENT', DISPLEASURE_POINTS * clamp(Math.max(0.5, -score)), { label });
  if (label === 'POSITIVE') add('SENTIMENT', PLEASURE_POINTS * clamp(score), { label });
  // A repost's words are somebody else's: they neither ask us nor complain to us.
  if (kind !== PostKind.REPOST) {
    for (const { code, words } of findSignals(tokenise(input.text), input.language))
      add(code, SIGNAL_POINTS[code], { words });
  }
  reasons.sort((a, b) => b.weight - a.weight);
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, { weight }) => sum + weight, 0),
    ),
    reasons,
  };
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
