import { TicketStatus } from '../tickets/ticket.states.rules.js';

/** Numbers of tickets that a subject names, such as T-2026-0001. */
export const numbersIn = (title: string | null): string[] =>
  [...new Set((title ?? '').toUpperCase().match(/\bT-\d{4}-\d{4,9}\b/g) ?? [])].slice(0, 5);

/** A ticket that a post may belong to. */
export interface Candidate {
  id: string;
  status: TicketStatus;
  closedAt: string | null;
}

export type Fate = 'JOIN' | 'FOLLOW_UP' | 'ELSEWHERE';

/**
 * What becomes of a word that is said where a ticket was spoken about. What we or machines say goes on with it even when it is
 * closed; what somebody says opens one that follows it up, unless it was closed longer ago than `days` (null: never).
 */
export function fateIn(
  { status, closedAt }: Candidate,
  { own, auto, now, days }: { own: boolean; auto: boolean; now: Date; days: number | null },
): Fate {
  if (status !== TicketStatus.CLOSED || own || auto) return 'JOIN';
  if (days === null || closedAt === null) return 'ELSEWHERE';
  return now.getTime() - new Date(closedAt).getTime() <= days * 86_400_000 ? 'FOLLOW_UP' : 'ELSEWHERE';
}
