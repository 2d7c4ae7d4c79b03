import Big from 'big.js';
import { parsePublicId } from '../../../platform/ids.js';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { filterCondition, type Page, type PageArguments, Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition } from '../../access/index.js';
import { type CurrencySum, convert } from './board.rules.js';
import type { BoardStage, PipelineBoard } from './board.types.js';
import { Opportunity } from './opportunity.entity.js';
import type { OpportunityFilter } from './opportunity.filters.js';
import { opportunityRecord } from './records.js';
import { Stage } from './stage.entity.js';

/** The stages of a pipeline; of the organisation's own unless `pipelineId` (public) is given. Null where there is no such pipeline. */
export async function boardOf(
  context: RequestContext,
  pipelineId: string | null | undefined,
  filter: OpportunityFilter | null,
): Promise<PipelineBoard | null> {
  const parsed = pipelineId == null ? null : parsePublicId(pipelineId);
  if (pipelineId != null && parsed?.prefix !== 'pipeline') return null;
  const rows = await context.read<{ pipelineId: string; stageId: string | null; probability: number }>(
    `select p.id as "pipelineId", s.id as "stageId", s.probability from pipelines p
       left join stages s on s.organization_id = p.organization_id and s.pipeline_id = p.id
        and (s.is_active or exists (select 1 from opportunities o where o.organization_id = s.organization_id and o.stage_id = s.id))
      where ${parsed ? 'p.id = $1' : 'p.is_default'} order by s.position, s.id`,
    parsed ? [parsed.uuid] : [],
  );
  const [first] = rows;
  if (!first) return null;
  return {
    pipelineId: first.pipelineId,
    stages: rows.flatMap(({ stageId, probability }) => (stageId ? { stageId, probability, filter } : [])),
  };
}

/** One stage of a board by its public id, or null. */
export async function boardStageOf(
  context: RequestContext,
  id: string,
  filter: OpportunityFilter | null,
): Promise<BoardStage | null> {
  const stage = await context.recordByPublicId<Stage>(Stage, id);
  return stage && { stageId: stage.id, probability: stage.probability, filter };
}

/** What is in one stage, as far as the viewer may see it. */
export interface StageSums {
  count: number;
  sums: { amount: string; currency: string }[];
  total: Big;
  /** Of the total and of what is weighted. */
  currency: string;
  unconverted: string[];
}

/** The sums of a stage of a board, read together with its siblings' in one statement. */
export function sumsOf(context: RequestContext, { stageId, filter }: BoardStage): Promise<StageSums> {
  return context.loaders.get(sumsUnder(filter), JSON.stringify(filter)).load(stageId);
}

const sumsUnder = (filter: OpportunityFilter | null): LoaderDefinition<RequestContext, string, StageSums> => ({
  name: 'pipelineBoard.sums',
  async batch(context, stageIds) {
    const parameters = new Parameters();
    const conditions = [
      // Said once more than the policy does: a value is compared faster than what the policy works out anew for each row.
      `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
      // Hashed, where `any` would look through the list for each of many thousand rows.
      `t.stage_id in (select unnest(${parameters.add(stageIds, 'uuid[]')}))`,
      visibleCondition(context.viewer, 'OPPORTUNITY', 't', parameters),
      filterCondition(opportunityRecord.filters, filter as Record<string, unknown> | null, parameters),
    ].filter(Boolean);
    const [rows, organization] = await Promise.all([
      context.readApart<CurrencySum & { stageId: string }>(
        `select s.*, r.rate::text as rate from (
           select t.stage_id as "stageId", t.currency, count(*)::integer as count, coalesce(sum(t.amount), 0)::text as amount
             from opportunities t where ${conditions.join(' and ')} group by t.stage_id, t.currency) s
           left join lateral (
             select e.rate from exchange_rates e where e.currency = s.currency and e.valid_from <= current_date
              order by e.valid_from desc limit 1) r on true
          order by s.currency`,
        parameters.values,
      ),
      context.recordById<Organization>(Organization, context.viewer.organizationId),
    ]);
    const home = organization?.currency ?? 'EUR';
    const byStage = Map.groupBy(rows, row => row.stageId);
    return stageIds.map(id => {
      const found = byStage.get(id) ?? [];
      const count = found.reduce((all, row) => all + row.count, 0);
      return { count, ...convert(found, home) };
    });
  },
});

const CARDS = {
  name: 'pipelineBoard.cards',
  condition: 't.stage_id = k.parent',
  defaultOrder: [{ field: 'STAGE_ENTERED_AT', direction: 'DESC' as const }],
};

/** A page of the opportunities in a stage, read together with its siblings' in one statement. */
export async function cardsOf(
  context: RequestContext,
  stage: BoardStage,
  args: PageArguments,
): Promise<Page<Opportunity>> {
  const page = await context.pageOf<Opportunity>(Opportunity, CARDS, stage.stageId, { ...args, filter: stage.filter });
  // The sums count them already, for all stages at once.
  const totalCount = { value: async () => (await sumsOf(context, stage)).count };
  return Object.create(page, { totalCount });
}
