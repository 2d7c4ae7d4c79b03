import Big from 'big.js';
import { AppError } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { isCalendarDay } from '../../../platform/input.rules.js';
import { roundMoney } from '../../../platform/money.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition } from '../../access/index.js';
import { NETWORK_LABELS, type Network } from '../../social/index.js';
import { attribute, type TouchShare, type WonDeal } from './attribution.rules.js';
import type { Attribution } from './attribution.types.js';
import { moneyIn } from './board.rules.js';
import { AttributionDimension, type AttributionModel } from './touch.kinds.rules.js';
import { touchesSql } from './touch.queries.js';

const MOST_DAYS = 731;

const KEYS: Record<AttributionDimension, string> = {
  [AttributionDimension.NETWORK]: 't.network',
  [AttributionDimension.SOURCE]: 't.source_id::text',
  [AttributionDimension.AUTHOR]: 't.author_id::text',
  [AttributionDimension.KIND]: 't.kind',
};

interface Asked {
  from: string;
  to: string;
  model: AttributionModel;
  by: AttributionDimension;
}

interface DealRow {
  id: string;
  amount: string;
  currency: string;
  rate: string | null;
  shares: TouchShare[] | null;
}

/** What opportunities won from `from` to `to` (days, both included, UTC) are put down to, of what the viewer may see. */
export async function attributionOf(context: RequestContext, { from, to, model, by }: Asked): Promise<Attribution> {
  checkPeriod(from, to);
  const parameters = new Parameters();
  const visible = visibleCondition(context.viewer, 'OPPORTUNITY', 'o', parameters);
  const won = `select o.id, o.organization_id, o.customer_id, o.post_id, o.lead_id, o.closed_at as ended_at, o.amount, o.currency
                 from opportunities o
                where o.status = 'WON' and o.amount is not null
                  and o.closed_at >= ${parameters.add(from, 'date')} and o.closed_at < ${parameters.add(to, 'date')} + 1
                  ${visible ? `and ${visible}` : ''}`;
  const [deals, organization] = await Promise.all([
    context.read<DealRow>(
      `with won as materialized (${won}),
            touches as (${touchesSql(context, 'select * from won', parameters)}),
            placed as (select t.opportunity_id, ${KEYS[by]} as key,
                              row_number() over w = 1 as is_first, count(*) over (partition by t.opportunity_id) = row_number() over w as is_last
                         from touches t window w as (partition by t.opportunity_id order by t.occurred_at, coalesce(t.post_id, t.activity_id))),
            shares as (select opportunity_id, key, count(*)::integer as touches, bool_or(is_first) as "hasFirst", bool_or(is_last) as "hasLast"
                         from placed group by opportunity_id, key)
       select w.id, w.amount::text as amount, w.currency, r.rate::text as rate,
              (select jsonb_agg(jsonb_build_object('key', s.key, 'touches', s.touches, 'hasFirst', s."hasFirst", 'hasLast', s."hasLast")
                                order by s.key) from shares s where s.opportunity_id = w.id) as shares
         from won w
         left join lateral (
           select e.rate from exchange_rates e where e.currency = w.currency and e.valid_from <= w.ended_at::date
            order by e.valid_from desc limit 1) r on true
        order by w.ended_at, w.id`,
      parameters.values,
    ),
    context.recordById<Organization>(Organization, context.viewer.organizationId),
  ]);
  const home = organization?.currency ?? 'EUR';
  const counted = deals.filter(deal => deal.currency === home || deal.rate !== null);
  const converted: WonDeal[] = counted.map(({ amount, currency, rate, shares }) => ({
    amount: roundMoney(Big(amount).times(currency === home ? '1' : rate!), home),
    shares: shares ?? [],
  }));
  const total = converted.reduce((all, deal) => all.plus(deal.amount), Big(0));
  return {
    won: moneyIn(total, home),
    opportunities: counted.length,
    unconverted: [...new Set(deals.filter(deal => !counted.includes(deal)).map(deal => deal.currency))].sort(),
    parts: attribute(converted, model, home).map(part => ({
      ...part,
      ...namesOf(by, part.key),
      amount: moneyIn(part.amount, home),
    })),
  };
}

/** How a key is shown: what is a record of ours by its public id. */
function namesOf(
  by: AttributionDimension,
  key: string | null,
): { key: string | null; label: string | null; authorId: string | null } {
  if (key === null) return { key, label: null, authorId: null };
  switch (by) {
    case AttributionDimension.NETWORK:
      return { key, label: NETWORK_LABELS[key as Network] ?? key, authorId: null };
    case AttributionDimension.SOURCE:
      return { key: publicId('source', key), label: null, authorId: null };
    case AttributionDimension.AUTHOR:
      return { key: publicId('identity', key), label: null, authorId: key };
    case AttributionDimension.KIND:
      return { key, label: null, authorId: null };
  }
}

function checkPeriod(from: string, to: string): void {
  if (!isCalendarDay(from) || !isCalendarDay(to) || from > to)
    throw new AppError('BAD_USER_INPUT', '`from` is a day at or before `to`.');
  if ((Date.parse(to) - Date.parse(from)) / 86_400_000 > MOST_DAYS)
    throw new AppError('BAD_USER_INPUT', `The period has at most ${MOST_DAYS} days.`);
}
