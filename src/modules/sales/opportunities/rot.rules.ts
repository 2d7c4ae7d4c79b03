import type { Opportunity } from './opportunity.entity.js';
import type { Stage } from './stage.entity.js';

const DAY = 86_400_000;

/** When an opportunity is in its stage for too long, RFC 3339; nothing where the stage does not say or it is closed. */
export function rotsAt(
  { status, stageEnteredAt }: Pick<Opportunity, 'status' | 'stageEnteredAt'>,
  stage: Pick<Stage, 'rotsAfterDays'> | null,
): string | null {
  if (status !== 'OPEN' || !stage?.rotsAfterDays) return null;
  return new Date(Date.parse(stageEnteredAt) + stage.rotsAfterDays * DAY).toISOString();
}
