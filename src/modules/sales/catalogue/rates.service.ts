import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type ItemResult, outranks, Role, type Viewer, visibleId } from '../../access/index.js';
import { checkedCurrency, checkedNumber, PERCENT } from './numbers.rules.js';
import type {
  CreateTaxRateInput,
  CreateUnitInput,
  ExchangeRateInput,
  SetDiscountLimitInput,
  UpdateTaxRateInput,
} from './rates.inputs.js';
import { TaxRate } from './tax-rate.entity.js';

/** Adds a unit. Throws `InputError`: TAKEN where there is one of this code. */
export async function createUnit(tx: Tx, input: CreateUnitInput): Promise<{ unitId: string }> {
  const problems: Problems = [];
  const code = requiredLine(problems, 'code', input.code, 20);
  const name = requiredLine(problems, 'name', input.name, 100);
  if (input.decimals < 0 || input.decimals > 4) report(problems, 'decimals', 'It is from 0 to 4.');
  throwAny(problems);
  const unitId = newId();
  const kept = await tx.query(
    `insert into units (organization_id, id, code, name, decimals) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, code) do nothing returning id`,
    [tx.scope.organizationId, unitId, code, name, input.decimals],
  );
  if (kept.length === 0) throw invalid('code', 'There is a unit of this code already.', 'TAKEN');
  return { unitId };
}

/** Adds a tax rate. Throws `InputError`: TAKEN where there is one of this name. */
export async function createTaxRate(tx: Tx, input: CreateTaxRateInput): Promise<{ taxRateId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  checkedNumber(problems, 'percent', input.percent, PERCENT);
  const country = input.country?.trim().toUpperCase() ?? null;
  if (country !== null && !/^[A-Z]{2}$/.test(country))
    report(problems, 'country', 'This is not a country such as ES or BR (ISO 3166-1).');
  throwAny(problems);
  const taxRateId = newId();
  const kept = await tx.query(
    `insert into tax_rates (organization_id, id, name, percent, country) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, name) do nothing returning id`,
    [tx.scope.organizationId, taxRateId, name, input.percent, country],
  );
  if (kept.length === 0) throw invalid('name', 'There is a rate of this name already.', 'TAKEN');
  return { taxRateId };
}

/** A rate whose percentage changes is a new rate: only whether it is used can be changed. */
export async function updateTaxRate(tx: Tx, viewer: Viewer, input: UpdateTaxRateInput): Promise<{ taxRateId: string }> {
  const taxRateId = await visibleId(tx, viewer, TaxRate, input.id);
  await tx.query('update tax_rates set is_active = $3 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    taxRateId,
    input.isActive,
  ]);
  return { taxRateId };
}

/** Nobody raises what they themselves give without asking: that is for a role above theirs. Above owners there is none. */
export async function setDiscountLimit(
  tx: Tx,
  viewer: Viewer,
  input: SetDiscountLimitInput,
): Promise<Record<string, never>> {
  if (viewer.role !== Role.OWNER && !outranks(viewer.role, input.role))
    throw invalid(
      'role',
      `The role ${viewer.role} sets limits of roles below it, not of ${input.role}.`,
      'NOT_ALLOWED',
    );
  const problems: Problems = [];
  checkedNumber(problems, 'maxPercent', input.maxPercent, PERCENT);
  throwAny(problems);
  await tx.query(
    `insert into discount_limits (organization_id, role, max_percent) values ($1, $2, $3)
     on conflict (organization_id, role) do update set max_percent = excluded.max_percent, updated_at = now()`,
    [tx.scope.organizationId, input.role, input.maxPercent],
  );
  return {};
}

/** Sets what currencies are worth from a day on; a rate of the same day is corrected. */
export async function setExchangeRates(tx: Tx, items: ExchangeRateInput[]): Promise<{ results: ItemResult<object>[] }> {
  const [organization] = await tx.query<{ currency: string }>('select currency from organizations where id = $1', [
    tx.scope.organizationId,
  ]);
  const results = await eachItem(tx, items, async item => {
    const problems: Problems = [];
    const currency = checkedCurrency(problems, 'currency', item.currency);
    if (currency === organization?.currency)
      report(problems, 'currency', "This is the organisation's own currency.", 'NOT_ALLOWED');
    checkedNumber(problems, 'rate', item.rate, { above: '0', places: 9 });
    throwAny(problems);
    await tx.query(
      `insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, $2, $3, $4)
       on conflict (organization_id, currency, valid_from) do update set rate = excluded.rate`,
      [tx.scope.organizationId, currency, item.validFrom, item.rate],
    );
    return {};
  });
  return { results };
}
