import { type ListSpec, loadPages, type Page, type PageArguments, Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { Account } from '../social/index.js';
import { log2SumOfSql, weightOfSql, weightsJoin } from './strength.sql.js';

/** Stored ids of the identities that are an account of ours: by its handle, on its network. */
async function identitiesOfAccount(context: RequestContext, account: Account): Promise<string[]> {
  const rows = await context.read<{ id: string }>(
    `select id from social_identities where network = $1 and (handle_key = lower(ltrim($2, '@')) or external_id = $2)`,
    [account.network, account.handle],
    'audience.identities',
  );
  return rows.map(row => row.id);
}

export interface Engager {
  id: string;
  weight: number;
  count: number;
  lastAt: string;
}

const spec: ListSpec = {
  name: 'audience.engagers',
  from: '',
  columns: 't.id, t.weight, t.count, t.last_at as "lastAt"',
  orders: { STRENGTH: { sql: 't.strength', type: 'double precision', nullable: false } },
  defaultOrder: [{ field: 'STRENGTH', direction: 'DESC' }],
  filters: {},
};

/** Who engages with an account of ours, the most strongly tied first, of those the viewer may see. */
export async function engagersPage(
  context: RequestContext,
  account: Account,
  { first, last, after, before }: PageArguments,
): Promise<Page<Engager>> {
  const ids = await identitiesOfAccount(context, account);
  const pages = await loadPages<Engager>(
    {
      spec: { ...spec, name: `${spec.name}:${account.id}` },
      args: { first, last, after, before },
      from: parameters => `(
        select g.*, ${weightOfSql('g.strength')} as weight
          from (select x.organization_id, x.id, x.customer_id, ${log2SumOfSql('x.strength', 'x.top')} as strength,
                       sum(x.count)::integer as count, max(x.last_at) as last_at
                  from (select n.organization_id, n.id, n.customer_id, e.count, e.strength, e.last_at,
                               max(e.strength) over (partition by n.id) as top
                          from identity_edges e
                          join social_identities n on n.organization_id = e.organization_id and n.id = e.from_identity_id
                         where e.to_identity_id = any (${parameters.add(ids, 'uuid[]')}) and e.from_identity_id <> all (${parameters.add(ids, 'uuid[]')})) x
                 group by x.organization_id, x.id, x.customer_id) g
          ${weightsJoin('g')}) t`,
      visible: parameters => visibleCondition(context.viewer, 'IDENTITY', 't', parameters),
    },
    context.options.seal,
    context.run,
  );
  return pages.get('')!;
}

export interface Overlap {
  shared: number;
  ofThis: number;
  ofOther: number;
}

/** How many engage with one account, with another, and with both, of those the viewer may see. */
export async function overlapOf(context: RequestContext, account: Account, other: Account): Promise<Overlap> {
  const parameters = new Parameters();
  const [these, those] = await Promise.all([
    identitiesOfAccount(context, account),
    identitiesOfAccount(context, other),
  ]);
  const own = parameters.add([...these, ...those], 'uuid[]');
  const visible = visibleCondition(context.viewer, 'IDENTITY', 'n', parameters);
  const engagers = (ids: string[]) =>
    `select e.from_identity_id from identity_edges e where e.to_identity_id = any (${parameters.add(ids, 'uuid[]')}) and e.from_identity_id <> all (${own})`;
  const [row] = await context.read<Overlap>(
    `with a as (${engagers(these)}), b as (${engagers(those)}),
          people as (
            select n.id, n.id in (select from_identity_id from a) as in_a, n.id in (select from_identity_id from b) as in_b
              from social_identities n where n.id in (select from_identity_id from a union select from_identity_id from b) ${visible ? `and ${visible}` : ''})
     select count(*) filter (where in_a and in_b)::integer as shared, count(*) filter (where in_a)::integer as "ofThis",
            count(*) filter (where in_b)::integer as "ofOther" from people`,
    parameters.values,
  );
  return row!;
}
