import { minorDigits } from '../../../platform/money.js';
import type { Parameters } from '../../../platform/paging/index.js';
import { type ForecastFilter, filterConditions, opportunitiesAt, type Sight } from './state.sql.js';

/** As many closed opportunities as the declared probability of a stage weighs. */
export const PRIOR_WEIGHT = 10;

export interface Valuing extends Sight {
  /** Of the organisation, ISO 4217. */
  currency: string;
  filter: ForecastFilter;
  /** Whether those that do not match the filter are left out, or told with `matches` false. */
  others?: 'left out' | 'told';
}

/**
 * SQL of the odds of open stages, `stage_id, entered, won, lost, historical, probability`: of the closed opportunities that ever
 * were in a stage, how many were won. The little there may be is drawn to what is declared (p0): the posterior mean of a
 * Beta(k·p0, k·(1 - p0)) prior after `won` of n closed, (k·p0 + won) / (k + n), with k = 10 (Gelman et al., Bayesian Data
 * Analysis, 3rd ed. 2013, section 2.4). Those still open say nothing yet and are left out of n.
 */
export function stageOdds(sight: Sight, parameters: Parameters): string {
  const organization = parameters.add(sight.organizationId, 'uuid');
  const until = sight.asOf === null ? 'true' : `v.changed_at <= ${parameters.add(sight.asOf, 'timestamptz')}`;
  return `select g.id as stage_id, coalesce(c.entered, 0) as entered, coalesce(c.won, 0) as won, coalesce(c.lost, 0) as lost,
      round(c.won::numeric / nullif(c.won + c.lost, 0), 6) as historical,
      round((${PRIOR_WEIGHT} * g.probability::numeric + coalesce(c.won, 0)) / (${PRIOR_WEIGHT} + coalesce(c.won + c.lost, 0)), 6) as probability
    from stages g
    left join (
      select e.stage_id, count(*) as entered, count(*) filter (where s.status = 'WON') as won, count(*) filter (where s.status = 'LOST') as lost
        from (select distinct v.stage_id, v.opportunity_id from opportunity_revisions v
               where v.organization_id = ${organization} and v.status = 'OPEN' and ${until}) e
        join (${opportunitiesAt(sight, parameters)}) s on s.id = e.opportunity_id
       group by e.stage_id) c on c.stage_id = g.id
   where g.organization_id = ${organization}`;
}

/** SQL of how much of the organisation's currency one of `currency` was on a day; null where no rate is known. */
export function rateOn(currency: string, day: string, organization: string, own: string): string {
  return `case when ${currency} = ${own} then 1 else (select x.rate from exchange_rates x
    where x.organization_id = ${organization} and x.currency = ${currency} and x.valid_from <= ${day} order by x.valid_from desc limit 1) end`;
}

/**
 * A `with` clause whose `valued` has of every opportunity that matches what `opportunitiesAt` says, and its `category`, its
 * `probability`, its `value` in the organisation's currency (at the rate of the day it was won, or for open ones of the moment
 * asked of; null without a rate) and `weighted`, both rounded half up to the coin, so that sums of them always agree.
 */
export function withValued(valuing: Valuing, parameters: Parameters): string {
  const { organizationId, asOf, currency, filter } = valuing;
  const organization = parameters.add(organizationId, 'uuid');
  const own = parameters.add(currency, 'text');
  const digits = parameters.add(minorDigits(currency), 'int');
  const today =
    asOf === null
      ? `(now() at time zone 'UTC')::date`
      : `(${parameters.add(asOf, 'timestamptz')} at time zone 'UTC')::date`;
  const state = opportunitiesAt(
    valuing,
    parameters,
    filterConditions(filter, organizationId, parameters),
    valuing.others,
  );
  return `with odds as materialized (${stageOdds(valuing, parameters)}),
    -- Kept, so that the value is not worked out again for each use of it.
    priced as materialized (
      select s.*, coalesce(s.own_category, g.forecast_category) as category,
             case s.status when 'WON' then 1 when 'LOST' then 0 else d.probability end as probability,
             round(coalesce(s.amount, 0) * ${rateOn('s.currency', `case when s.status = 'OPEN' then ${today} else s.closes_on end`, organization, own)}, ${digits}) as value
        from (${state}) s
        join stages g on g.organization_id = ${organization} and g.id = s.stage_id
        join odds d on d.stage_id = s.stage_id),
    valued as (
      select p.*, round(p.value * case when p.status = 'OPEN' and p.category = 'OMITTED' then 0 else p.probability end, ${digits}) as weighted from priced p)`;
}
