import type { LoaderDefinition } from '../../platform/loaders.js';
import { dollars } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import type { AccountSpending, SpentUnit } from './spending.entity.js';
import { monthOf } from './spending.rules.js';

interface Row {
  accountId: string;
  unit: string;
  units: number;
  micros: number;
}

/** What each account cost this month, without its budget. */
export const spendingOfAccount: LoaderDefinition<RequestContext, string, Omit<AccountSpending, 'budget'>> = {
  name: 'account.spending',
  async batch(context, accountIds) {
    const month = monthOf(new Date());
    const rows = await context.read<Row>(
      `select account_id as "accountId", unit, units, micros from channel_spending
        where account_id = any ($1) and month = $2 order by micros desc, unit`,
      [accountIds, month],
      'account.spending',
    );
    const byAccount = Map.groupBy(rows, row => row.accountId);
    return accountIds.map(id => {
      const own = byAccount.get(id) ?? [];
      const units = own.map(({ unit, units, micros }): SpentUnit => ({ unit, count: units, amount: dollars(micros) }));
      return { month, amount: dollars(own.reduce((sum, { micros }) => sum + micros, 0)), units };
    });
  },
};
