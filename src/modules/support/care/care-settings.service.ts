import type { Tx } from '../../../platform/database/database.js';
import { staleVersion } from '../../../platform/errors.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { DEFAULT_SETTINGS } from './care.ground.js';
import { CareSetting } from './care-settings.entity.js';
import type { UpdateCareSettingsInput } from './care-settings.inputs.js';

const RANGES = {
  continueDays: { column: 'continue_days', least: 1, most: 365, isNullable: true },
  followUpDays: { column: 'follow_up_days', least: 1, most: 3650, isNullable: true },
  acknowledgementsPerHour: { column: 'acknowledgements_per_hour', least: 0, most: 20, isNullable: false },
  floodPosts: { column: 'flood_posts', least: 3, most: 1000, isNullable: false },
  floodMinutes: { column: 'flood_minutes', least: 1, most: 1440, isNullable: false },
} as const;

type Shown = Omit<CareSetting, 'organizationId'>;

/** The organisation's settings; those that everybody begins with where nobody changed them, at version 0. */
export async function careSettings(reader: Pick<Tx, 'query' | 'scope'>): Promise<Shown> {
  const [known] = await reader.query<Shown>(
    `select ${columnsOf(CareSetting, 's')} from care_settings s where s.organization_id = $1`,
    [reader.scope.organizationId],
  );
  return known ?? ({ ...DEFAULT_SETTINGS, version: 0 } as Shown);
}

/** Changes settings. A `version` that is not the present one is a CONFLICT. */
export async function updateCareSettings(tx: Tx, input: UpdateCareSettingsInput): Promise<{ settings: Shown }> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  for (const [field, { column, least, most, isNullable }] of Object.entries(RANGES)) {
    const value = input[field as keyof typeof RANGES];
    if (value === undefined || (value === null && !isNullable)) continue;
    if (value !== null && (value < least || value > most)) report(problems, field, `It is from ${least} to ${most}.`);
    columns[column] = value;
  }
  if (input.floodMode != null) columns['flood_mode'] = input.floodMode;
  throwAny(problems);
  await tx.query('insert into care_settings (organization_id, version) values ($1, 0) on conflict do nothing', [
    tx.scope.organizationId,
  ]);
  const [known] = await tx.query<{ version: number }>(
    'select version from care_settings where organization_id = $1 for update',
    [tx.scope.organizationId],
  );
  if (input.version != null && input.version !== known!.version) throw staleVersion('settings', known!.version);
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId);
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update care_settings set ${[...sets, 'version = version + 1'].join(', ')} where organization_id = ${organization}`,
    parameters.values,
  );
  return { settings: await careSettings(tx) };
}
