import { storedId } from '../../../platform/ids.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import { opportunitiesAt, type Sight } from './state.sql.js';
import { stageOdds } from './valued.sql.js';

export interface StageOutcome {
  stageId: string;
  entered: number;
  won: number;
  lost: number;
  open: number;
  historical: number | null;
  declared: number;
  probability: number;
  medianDays: number | null;
}

/** What became of those that ever were in each open stage of a pipeline, by the stages' order; one statement. */
export async function conversionOf(run: Run, sight: Sight, pipelineId: string): Promise<StageOutcome[]> {
  const parameters = new Parameters();
  const organization = parameters.add(sight.organizationId, 'uuid');
  const pipeline = parameters.add(storedId('pipeline', pipelineId), 'uuid');
  const until = sight.asOf === null ? 'true' : `v.changed_at <= ${parameters.add(sight.asOf, 'timestamptz')}`;
  return run<StageOutcome>(
    `with odds as (${stageOdds(sight, parameters)}),
       times as (
         select e.stage_id, percentile_cont(0.5) within group (order by s.closes_on - e.entered_on) as days
           from (select v.stage_id, v.opportunity_id, (min(v.changed_at) at time zone 'UTC')::date as entered_on
                   from opportunity_revisions v
                  where v.organization_id = ${organization} and v.pipeline_id = ${pipeline} and v.status = 'OPEN' and ${until}
                  group by 1, 2) e
           join (${opportunitiesAt(sight, parameters)}) s on s.id = e.opportunity_id and s.status = 'WON'
          group by 1)
     select d.stage_id as "stageId", d.entered::int, d.won::int, d.lost::int, (d.entered - d.won - d.lost)::int as open,
            d.historical::float8, g.probability as declared, d.probability::float8, t.days as "medianDays"
       from odds d join stages g on g.organization_id = ${organization} and g.id = d.stage_id left join times t on t.stage_id = d.stage_id
      where g.pipeline_id = ${pipeline} and g.kind = 'OPEN' order by g.position, g.id`,
    parameters.values,
  );
}
