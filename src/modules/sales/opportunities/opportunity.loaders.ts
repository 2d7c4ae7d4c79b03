import type { LoaderDefinition } from '../../../platform/loaders.js';
import { type ListSpec, loadPages, type Page, type PageArguments } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { documentTotals } from '../documents/totals.rules.js';
import { OpportunityCompetitor } from './opportunity-competitor.entity.js';
import { OpportunityContact } from './opportunity-contact.entity.js';
import { OpportunityLine } from './opportunity-line.entity.js';
import { OpportunityRevision } from './opportunity-revision.entity.js';

/** All rows of many opportunities in one statement, each's in order; `sql` takes the opportunities' ids as $1. */
function belonging<Row extends { opportunityId: string }>(
  name: string,
  sql: string,
): LoaderDefinition<RequestContext, string, Row[]> {
  return {
    name,
    async batch(context, ids) {
      const rows = await context.read<Row>(sql, [ids], name);
      const byOpportunity = Map.groupBy(rows, row => row.opportunityId);
      return ids.map(id => byOpportunity.get(id) ?? []);
    },
  };
}

export const contactsOf = belonging<OpportunityContact>(
  'opportunity.contacts',
  `select ${columnsOf(OpportunityContact)} from opportunity_contacts t where t.opportunity_id = any ($1::uuid[])
    order by t.is_primary desc, t.created_at, t.id`,
);

export const competitorsOf = belonging<OpportunityCompetitor>(
  'opportunity.competitors',
  `select ${columnsOf(OpportunityCompetitor)} from opportunity_competitors t where t.opportunity_id = any ($1::uuid[])
    order by t.created_at, t.competitor_id`,
);

/** The lines with what each comes to: they are rounded as the sum of the opportunity is. */
export const linesOf: LoaderDefinition<RequestContext, string, OpportunityLine[]> = {
  name: 'opportunity.products',
  async batch(context, ids) {
    const rows = await context.read<OpportunityLine & { currency: string }>(
      `select ${columnsOf(OpportunityLine)}, o.currency from opportunity_lines t
         join opportunities o on o.organization_id = t.organization_id and o.id = t.opportunity_id
        where t.opportunity_id = any ($1::uuid[]) order by t.position, t.id`,
      [ids],
      'opportunity.products',
    );
    const byOpportunity = Map.groupBy(rows, row => row.opportunityId);
    return ids.map(id => {
      const lines = byOpportunity.get(id) ?? [];
      if (lines.length === 0) return [];
      const totals = documentTotals(
        lines.map(line => ({ ...line, taxPercent: '0' })),
        { currency: lines[0]!.currency },
      );
      return lines.map((line, at) => ({ ...line, net: totals.lines[at]!.net }));
    });
  },
};

/** How long an opportunity was in a stage without leaving it. */
export interface StageStayRow {
  opportunityId: string;
  stageId: string;
  enteredAt: string;
  leftAt: string | null;
  days: number;
}

export const staysOf = belonging<StageStayRow>(
  'opportunity.stageHistory',
  `select opportunity_id as "opportunityId", stage_id as "stageId", min(changed_at) as "enteredAt",
          case when bool_and(changed_until is not null) then max(changed_until) end as "leftAt",
          (extract(epoch from max(coalesce(changed_until, now())) - min(changed_at)) / 86400)::double precision as days
     from (select r.*, count(*) filter (where r.is_new) over (partition by r.opportunity_id order by r.changed_at) as stay
             from (select r.opportunity_id, r.stage_id, r.changed_at, r.changed_until,
                          r.stage_id is distinct from lag(r.stage_id) over (partition by r.opportunity_id order by r.changed_at) as is_new
                     from opportunity_revisions r where r.opportunity_id = any ($1::uuid[])) r) r
    group by opportunity_id, stay, stage_id order by opportunity_id, min(changed_at)`,
);

const revisions: ListSpec = {
  name: 'opportunity.history',
  from: `opportunity_revisions t left join lateral (
           select b.stage_id, b.amount, b.currency, b.expected_close_on from opportunity_revisions b
            where b.organization_id = t.organization_id and b.opportunity_id = t.opportunity_id and b.changed_at < t.changed_at
            order by b.changed_at desc limit 1) b on true`,
  columns: `${columnsOf(OpportunityRevision)}, b.stage_id as "fromStageId", b.amount as "fromAmount", b.currency as "fromCurrency",
    b.expected_close_on as "fromExpectedCloseOn"`,
  orders: { AT: { sql: 't.changed_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'AT', direction: 'DESC' }],
  filters: {},
};

/** A page of the changes of one of many opportunities, the latest first; siblings in one statement. */
export function historyPage(
  context: RequestContext,
  opportunityId: string,
  { first, last, after, before }: PageArguments,
): Promise<Page<OpportunityRevision>> {
  const args = { first, last, after, before };
  return context.loaders
    .get<string, Page<OpportunityRevision>>(
      {
        name: revisions.name,
        async batch({ options, run }, keys) {
          const parents = { keys: [...keys], condition: 't.opportunity_id = k.parent' };
          const pages = await loadPages<OpportunityRevision>({ spec: revisions, args, parents }, options.seal, run);
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify(args),
    )
    .load(opportunityId);
}
