import Big from 'big.js';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { printAmount, roundMoney } from '../../../platform/money.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { BillingPeriod } from '../catalogue/product.entity.js';
import type { RecurringRevenue } from './contract.payloads.js';
import { ContractRenewal } from './contract-renewal.entity.js';

export const renewalsOfContract: LoaderDefinition<RequestContext, string, ContractRenewal[]> = {
  name: 'contract.renewals',
  async batch(context, contractIds) {
    const rows = await context.read<ContractRenewal>(
      `select ${columnsOf(ContractRenewal)}, c.currency from contract_renewals t
         join contracts c on c.organization_id = t.organization_id and c.id = t.contract_id
        where t.contract_id = any ($1::uuid[]) order by t.starts_on desc`,
      [contractIds],
      'contract.renewals',
    );
    const byContract = Map.groupBy(rows, ({ contractId }) => contractId);
    return contractIds.map(id => byContract.get(id) ?? []);
  },
};

const MONTHS: Record<BillingPeriod, number> = {
  [BillingPeriod.MONTH]: 1,
  [BillingPeriod.QUARTER]: 3,
  [BillingPeriod.YEAR]: 12,
};

/** Of the contracts that hold on a day and that the viewer sees, an entry a currency; the most contracts first. */
export async function recurringRevenue(context: RequestContext, on: string): Promise<RecurringRevenue[]> {
  const parameters = new Parameters();
  const day = parameters.add(on, 'date');
  const conditions = [
    `t.starts_on <= ${day}`,
    `(t.ends_on is null or t.ends_on > ${day})`,
    visibleCondition(context.viewer, 'ORDER', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ currency: string; period: BillingPeriod; amount: string; contracts: number }>(
    `select t.currency, t.billing_period as period, sum(t.amount)::text as amount, count(*)::int as contracts
       from contracts t where ${conditions.join(' and ')} group by t.currency, t.billing_period`,
    parameters.values,
  );
  return [...Map.groupBy(rows, ({ currency }) => currency)]
    .map(([currency, parts]) => {
      const yearly = parts.reduce(
        (all, { amount, period }) => all.plus(Big(amount).times(12 / MONTHS[period])),
        Big(0),
      );
      const money = (amount: Big) => ({
        amount: printAmount(roundMoney(amount, currency).toFixed(), currency),
        currency,
      });
      return {
        currency,
        contracts: parts.reduce((all, { contracts }) => all + contracts, 0),
        monthly: money(yearly.div(12)),
        yearly: money(yearly),
      };
    })
    .sort((a, b) => b.contracts - a.contracts || (a.currency < b.currency ? -1 : 1));
}
