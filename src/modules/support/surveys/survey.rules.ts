export enum SurveyKind {
  CSAT = 'CSAT',
  NPS = 'NPS',
  CES = 'CES',
}

export enum SurveyTrigger {
  SOLVED = 'SOLVED',
  CLOSED = 'CLOSED',
  MANUAL = 'MANUAL',
}

export enum InvitationState {
  WAITING = 'WAITING',
  SENT = 'SENT',
  SKIPPED = 'SKIPPED',
  FAILED = 'FAILED',
}

/** The words of a survey in one language. */
export interface SurveyTexts {
  question?: string;
  thanks?: string;
}

/** The scale of each kind, both ends included: satisfaction from 1 to 5, recommendation from 0 to 10, effort from 1 to 7. */
export const SCALES: Record<SurveyKind, { least: number; most: number }> = {
  CSAT: { least: 1, most: 5 },
  NPS: { least: 0, most: 10 },
  CES: { least: 1, most: 7 },
};

export const fitsScale = (kind: SurveyKind, score: number): boolean =>
  Number.isInteger(score) && score >= SCALES[kind].least && score <= SCALES[kind].most;

/** From which score on somebody is content enough. */
const CONTENT_FROM: Record<SurveyKind, number> = { CSAT: 4, NPS: 7, CES: 5 };

/**
 * Whether what somebody said beside a score waits for a word of ours: of who is not content, a question, or what sounds angry. A
 * bare score, or thanks beside a good one, asks for nothing.
 */
export const asksForMore = (
  kind: SurveyKind,
  { score, comment }: { score: number; comment: string | null },
  sentimentScore: number,
): boolean => comment !== null && (score < CONTENT_FROM[kind] || comment.includes('?') || sentimentScore < 0);

/** How many gave each score. */
export type Scores = ReadonlyMap<number, number>;

const countOf = (scores: Scores, fits: (score: number) => boolean): number =>
  [...scores].reduce((sum, [score, count]) => sum + (fits(score) ? count : 0), 0);

/**
 * The one figure each kind is known by; null when nobody answered. CSAT: percent of 4 and 5. NPS: percent of promoters (9, 10) less
 * percent of detractors (0 to 6), from -100 to 100 (Reichheld, 2003). CES: the mean, from 1 to 7 (version 2.0).
 */
export function indexOf(kind: SurveyKind, scores: Scores): number | null {
  const all = countOf(scores, () => true);
  if (all === 0) return null;
  if (kind === SurveyKind.CSAT) return (100 * countOf(scores, score => score >= 4)) / all;
  if (kind === SurveyKind.NPS)
    return (100 * (countOf(scores, score => score >= 9) - countOf(scores, score => score <= 6))) / all;
  return [...scores].reduce((sum, [score, count]) => sum + score * count, 0) / all;
}
