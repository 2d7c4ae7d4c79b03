import type { Rows } from './facts.queries.js';

/** From which confidence on a pair is suggested, and from which linked without asking; null never. */
export interface MatchingSettings {
  review: number;
  autoLink: number | null;
}

/** Precision is .99 and more from here on, on made-up people with decoys (see bench/README.md). */
const DEFAULTS: MatchingSettings = { review: 0.5, autoLink: 0.999 };

/** As `organizations.settings` has it under "matching"; what is missing or makes no sense there is as for everybody. */
export async function matchingSettings(rows: Rows, organizationId: string): Promise<MatchingSettings> {
  const [row] = await rows<{ settings: { review?: unknown; autoLink?: unknown } | null }>(
    "select settings -> 'matching' as settings from organizations where id = $1",
    [organizationId],
  );
  const { review, autoLink } = row?.settings ?? {};
  return {
    review: isChance(review) ? review : DEFAULTS.review,
    autoLink: autoLink === null ? null : isChance(autoLink) ? autoLink : DEFAULTS.autoLink,
  };
}

const isChance = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1;
