import { isSupportedCountry } from 'libphonenumber-js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { isCurrency } from '../../platform/money.js';
import { checkedLanguage, checkedName } from './names.rules.js';

export interface OrganizationChanges {
  name?: string | null;
  defaultLanguage?: string | null;
  defaultCountry?: string | null;
  currency?: string | null;
}

/** Changes what is given. Throws `InputError`. */
export async function updateOrganization(tx: Tx, changes: OrganizationChanges): Promise<{ organizationId: string }> {
  const { organizationId } = tx.scope;
  const name = changes.name == null ? null : checkedName('name', changes.name);
  const language = changes.defaultLanguage == null ? null : checkedLanguage('defaultLanguage', changes.defaultLanguage);
  const country = changes.defaultCountry?.toUpperCase() ?? null;
  if (country !== null && !isSupportedCountry(country))
    throw invalid('defaultCountry', 'This is not a country such as ES or BR (ISO 3166-1).');
  const currency = changes.currency?.trim().toUpperCase() ?? null;
  if (currency !== null && !isCurrency(currency))
    throw invalid('currency', 'This is not a currency such as EUR or BRL (ISO 4217).');
  await tx.query(
    `update organizations
        set name = coalesce($2, name), default_language = coalesce($3, default_language),
            default_country = coalesce($4, default_country), currency = coalesce($5, currency), updated_at = now()
      where id = $1`,
    [organizationId, name, language, country, currency],
  );
  return { organizationId };
}
