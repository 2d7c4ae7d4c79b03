import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import type { InteractionKind } from '../social/index.js';
import { DEFAULT_HALF_LIFE_DAYS } from './strength.sql.js';

export interface GraphSettingsChange {
  halfLifeDays?: number | null;
  weights?: { kind: InteractionKind; weight: number }[] | null;
  automaticRuns?: boolean | null;
}

const LONGEST_HALF_LIFE_DAYS = 36_500;
const LARGEST_WEIGHT = 1000;

/** Sets what is given and leaves the rest. The next run adds every tie up anew under them. */
export async function setGraphSettings(
  tx: Tx,
  { halfLifeDays, weights, automaticRuns }: GraphSettingsChange,
): Promise<Record<string, never>> {
  if (halfLifeDays != null && !(halfLifeDays >= 0.01 && halfLifeDays <= LONGEST_HALF_LIFE_DAYS))
    throw invalid('halfLifeDays', `It is from 0.01 to ${LONGEST_HALF_LIFE_DAYS} days.`);
  for (const { weight } of weights ?? [])
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT))
      throw invalid('weights', `A weight is from 0 to ${LARGEST_WEIGHT}.`);
  const given = Object.fromEntries((weights ?? []).map(({ kind, weight }) => [kind, weight]));
  await tx.query(
    `insert into graph_settings as s (organization_id, half_life_days, weights, automatic_runs)
     values ($1, coalesce($2, ${DEFAULT_HALF_LIFE_DAYS}), $3::jsonb, coalesce($4, true))
     on conflict (organization_id) do update
       set half_life_days = coalesce($2, s.half_life_days), weights = s.weights || excluded.weights,
           automatic_runs = coalesce($4, s.automatic_runs),
           -- Ties are added up anew when this has moved.
           updated_at = case when $2 is null and excluded.weights = '{}' then s.updated_at else clock_timestamp() end`,
    [tx.scope.organizationId, halfLifeDays ?? null, JSON.stringify(given), automaticRuns ?? null],
  );
  return {};
}
