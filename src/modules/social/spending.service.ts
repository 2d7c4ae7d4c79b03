import type pg from 'pg';
import type { Tx } from '../../platform/database/database.js';
import { InputError } from '../../platform/errors.js';
import { type Viewer, visibleId } from '../access/index.js';
import { Account } from './account.entity.js';
import type { SetAccountBudgetInput } from './account.inputs.js';
import { tellOfSources } from './account.service.js';
import { scheduleSources } from './source.schedule.js';
import { monthOf } from './spending.rules.js';

export interface SpendingAccount {
  organizationId: string;
  accountId: string;
}

export interface Reservation {
  id: string;
  /** First day of the month it counts to. */
  month: string;
  micros: number;
}

/** Longer than any request may take. */
const LIFETIME = '5 minutes';

/** Sets millionths of a US dollar aside for some minutes; null when the account's budget of the month does not allow it. */
export async function reserveSpending(
  pool: pg.Pool,
  { organizationId, accountId }: SpendingAccount,
  micros: number,
  now = new Date(),
): Promise<Reservation | null> {
  const month = monthOf(now);
  const { rows } = await pool.query<{ id: string | null }>(
    'select reserve_spending($1, $2, $3, $4, $5::interval) as id',
    [organizationId, accountId, month, Math.ceil(micros), LIFETIME],
  );
  const id = rows[0]?.id;
  return id ? { id, month, micros: Math.ceil(micros) } : null;
}

/** Books what it really was; a reservation that has been taken for spent meanwhile is taken back. */
export async function settleSpending(
  pool: pg.Pool,
  { organizationId, accountId }: SpendingAccount,
  reservation: Reservation,
  spent: { unit: string; units: number; micros: number },
): Promise<void> {
  await pool.query(
    `with settled as (
       delete from spending_reservations where organization_id = $1 and account_id = $2 and id = $7 returning 1),
     taken_back as (
       update channel_spending set units = units - 1, micros = micros - $8::bigint
        where organization_id = $1 and account_id = $2 and month = $3::date and unit = 'unsettled' and not exists (select from settled))
     insert into channel_spending as s (organization_id, account_id, month, unit, units, micros)
     select organization_id, id, $3::date, $4, $5::bigint, $6::bigint from accounts
      where organization_id = $1 and id = $2 and $5::bigint > 0
     on conflict (organization_id, account_id, month, unit) do update
       set units = s.units + excluded.units, micros = s.micros + excluded.micros`,
    [
      organizationId,
      accountId,
      reservation.month,
      spent.unit,
      Math.ceil(spent.units),
      Math.ceil(spent.micros),
      reservation.id,
      reservation.micros,
    ],
  );
}

const LARGEST_BUDGET = 1_000_000_000;

/** Sets or lifts what an account may cost in a month. What was stopped by the former budget is tried again at once. */
export async function setAccountBudget(
  tx: Tx,
  viewer: Viewer,
  { accountId: id, monthlyBudget = null }: SetAccountBudgetInput,
): Promise<{ accountId: string }> {
  if (monthlyBudget !== null && !(/^\d+(\.\d{1,2})?$/.test(monthlyBudget) && Number(monthlyBudget) <= LARGEST_BUDGET)) {
    const message = `It is from 0 to ${LARGEST_BUDGET} US dollars, with cents at most.`;
    throw new InputError([{ field: 'monthlyBudget', code: 'INVALID', message }]);
  }
  const accountId = await visibleId(tx, viewer, Account, id, 'accountId');
  const { organizationId } = tx.scope;
  await tx.query('update accounts set monthly_budget = $3, updated_at = now() where organization_id = $1 and id = $2', [
    organizationId,
    accountId,
    monthlyBudget,
  ]);
  const stopped = await tx.query<{ id: string }>(
    `update sources set state = 'ACTIVE', problem = null
      where organization_id = $1 and account_id = $2 and state = 'RATE_LIMITED' and problem ->> 'class' = 'QUOTA' returning id`,
    [organizationId, accountId],
  );
  await tellOfSources(tx, stopped);
  await scheduleSources(
    tx,
    stopped.map(source => source.id),
  );
  return { accountId };
}
