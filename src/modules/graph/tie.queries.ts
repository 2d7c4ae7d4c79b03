import {
  type ListSpec,
  loadPages,
  type Page,
  type PageArguments,
  type Parameters,
} from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { InteractionKind } from '../social/index.js';
import { log2SumOfSql, weightOfSql, weightsJoin } from './strength.sql.js';

/** Another customer, and what the ties between all their identities add up to. */
export interface TieRow {
  /** Stored id of the other customer. */
  id: string;
  weight: number;
  /** Of what the moved one does, the part that concerns the other, 0 to 1. */
  share: number;
  kinds: InteractionKind[];
  count: number;
  lastAt: string;
}

/** `MOVES`: those who engage with the customer. `MOVED_BY`: those it engages with. */
export type TieDirection = 'MOVES' | 'MOVED_BY';

const spec = (direction: TieDirection): ListSpec => ({
  name: `customer.ties.${direction}`,
  from: '',
  columns: `t.id, t.weight, least(1, t.weight / nullif(t.attention, 0)) as share, t.kinds, t.count, t.last_at as "lastAt"`,
  orders: { STRENGTH: { sql: 't.strength', type: 'double precision', nullable: false } },
  defaultOrder: [{ field: 'STRENGTH', direction: 'DESC' }],
  filters: {},
});

/** All that the identities of the customer `customer` do to others, weighed; what they do among themselves is nobody's influence. */
const attentionOf = (customer: string): string => `
  (select sum(${weightOfSql('ae.strength')})
     from social_identities ai join identity_edges ae on ae.organization_id = ai.organization_id and ae.from_identity_id = ai.id
     join social_identities bi on bi.organization_id = ae.organization_id and bi.id = ae.to_identity_id
     ${weightsJoin('ae')}
    where ai.customer_id = ${customer} and bi.customer_id is distinct from ai.customer_id)`;

function tiesOf(context: RequestContext, direction: TieDirection, parameters: Parameters): string {
  const [near, far] =
    direction === 'MOVES' ? ['to_identity_id', 'from_identity_id'] : ['from_identity_id', 'to_identity_id'];
  const visible = [
    visibleCondition(context.viewer, 'IDENTITY', 'mine', parameters),
    visibleCondition(context.viewer, 'IDENTITY', 'other', parameters),
  ].filter(Boolean);
  return `lateral (
    select g.*, ${weightOfSql('g.strength')} as weight, ${direction === 'MOVES' ? attentionOf('g.id') : attentionOf('k.parent')} as attention
      from (select x.organization_id, x.id, ${log2SumOfSql('x.strength', 'x.top')} as strength,
                   array_agg(distinct x.kind) as kinds, sum(x.count)::integer as count, max(x.last_at) as last_at
              from (select other.organization_id, other.customer_id as id, e.kind, e.count, e.strength, e.last_at,
                           max(e.strength) over (partition by other.customer_id) as top
                      from social_identities mine
                      join identity_edges e on e.organization_id = mine.organization_id and e.${near} = mine.id
                      join social_identities other on other.organization_id = e.organization_id and other.id = e.${far}
                     where mine.customer_id = k.parent and other.customer_id <> k.parent ${visible.map(condition => `and ${condition}`).join(' ')}) x
             group by x.organization_id, x.id) g
      ${weightsJoin('g')}) t`;
}

/** Other customers tied to one of many customers, the strongest first, of those the viewer may see; siblings in one statement. */
export function tiesPage(
  context: RequestContext,
  customerId: string,
  direction: TieDirection,
  { first, last, after, before }: PageArguments,
): Promise<Page<TieRow>> {
  const args = { first, last, after, before };
  return context.loaders
    .get<string, Page<TieRow>>(
      {
        name: `customer.ties.${direction}`,
        async batch(_context, keys) {
          const pages = await loadPages<TieRow>(
            {
              spec: spec(direction),
              args,
              from: parameters => tiesOf(context, direction, parameters),
              parents: { keys: [...keys], condition: 'true' },
              visible: parameters => {
                const rule = visibleCondition(context.viewer, 'CUSTOMER', 'vc', parameters);
                return `exists (select 1 from customers vc where vc.organization_id = t.organization_id and vc.id = t.id and vc.deleted_at is null${rule ? ` and ${rule}` : ''})`;
              },
            },
            context.options.seal,
            context.run,
          );
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify(args),
    )
    .load(customerId);
}
