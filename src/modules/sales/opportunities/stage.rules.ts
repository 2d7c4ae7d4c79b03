import Big from 'big.js';
import { publicId } from '../../../platform/ids.js';
import { cleanNames, type Problems, report } from '../../../platform/input.rules.js';
import { OpportunityStatus } from './opportunity.kinds.rules.js';
import type { StageFields } from './pipeline.inputs.js';

/** What is written into the columns of the same names; a key that is left out stays as it is. */
export interface StageValues {
  names?: Record<string, string>;
  probability?: number;
  forecast_category?: string;
  required_fields?: string[];
  rots_after_days?: number | null;
}

export const publicStage = (id: string): string => publicId('stage', id);

const MOST_DAYS = 3650;

/** Reports everything that is wrong with what was said of a stage of `kind` and needs no look at the database. */
export function cleanStage(
  problems: Problems,
  item: StageFields,
  kind: `${OpportunityStatus}`,
  path = '',
): StageValues {
  const values: StageValues = {};
  if (item.names !== undefined) values.names = cleanNames(problems, `${path}names`, item.names);
  if (item.probability != null) {
    const { probability } = item;
    if (!(probability >= 0 && probability <= 1)) report(problems, `${path}probability`, 'It is from 0 to 1.');
    else if (kind !== OpportunityStatus.OPEN && probability !== certaintyOf(kind))
      report(problems, `${path}probability`, 'What is won is sure, and what is lost is not: 1 and 0.');
    values.probability = probability;
  }
  if (item.forecastCategory != null) values.forecast_category = item.forecastCategory;
  if (item.requiredFields !== undefined) values.required_fields = [...new Set(item.requiredFields ?? [])];
  if (item.minAmount != null && Big(item.minAmount).lt(0))
    report(problems, `${path}minAmount`, 'It is not less than nothing.');
  if (item.rotsAfterDays !== undefined) {
    const days = item.rotsAfterDays;
    if (days !== null && (days < 1 || days > MOST_DAYS))
      report(problems, `${path}rotsAfterDays`, `It is from 1 to ${MOST_DAYS}.`);
    if (days !== null && kind !== OpportunityStatus.OPEN)
      report(problems, `${path}rotsAfterDays`, 'What is closed does not rot.', 'NOT_ALLOWED');
    values.rots_after_days = days;
  }
  return values;
}

/** What a stage is like where nothing is said of it. */
export const defaultsOf = (
  kind: `${OpportunityStatus}`,
): Required<Pick<StageValues, 'probability' | 'forecast_category'>> => ({
  probability: kind === 'OPEN' ? 0.5 : certaintyOf(kind),
  forecast_category: { OPEN: 'PIPELINE', WON: 'COMMITTED', LOST: 'OMITTED' }[kind],
});

const certaintyOf = (kind: `${OpportunityStatus}`): number => (kind === 'WON' ? 1 : 0);
