import { storedId } from '../../platform/ids.js';
import {
  type FilterFields,
  filterCondition,
  type ListSpec,
  loadPages,
  type Page,
  type PageArguments,
  type Parameters,
} from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { Network } from '../social/index.js';
import { decaySql, weightsJoin } from './strength.sql.js';

export interface InfluencerQuery {
  topic?: string | null;
  segment?: string | null;
  network?: Network | null;
  community?: string | null;
  since?: Date | null;
  ofCustomers?: boolean | null;
}

/** Posts that a topic is looked for in, the latest ones. */
const MOST_POSTS_OF_TOPIC = 10_000;

export interface RankedIdentity {
  id: string;
  score: number;
}

const spec = (name: string): ListSpec => ({
  name,
  from: '',
  columns: 't.id, t.score',
  orders: { SCORE: { sql: 't.score', type: 'double precision', nullable: false } },
  defaultOrder: [{ field: 'SCORE', direction: 'DESC' }],
  filters: {},
});

/**
 * Identities by influence, of those the viewer may see, and the rank of the page's first one. In all, by the score of the last
 * run; on a topic or since a moment, by distinct others who engaged with them that way, each halved for every half-life since.
 */
export async function influencersPage(
  context: RequestContext,
  args: PageArguments,
  query: InfluencerQuery,
): Promise<{ page: Page<RankedIdentity>; firstRank: number }> {
  const isSlice = Boolean(query.topic || query.since);
  const { first, last, after, before } = args;
  const request = {
    spec: spec(isSlice ? 'influencers.slice' : 'influencers'),
    args: { first, last, after, before },
    from: (parameters: Parameters) => `(${isSlice ? slice(context, query, parameters) : whole}) t`,
    visible: (parameters: Parameters) => identityConditions(context, query, parameters),
  };
  const pages = await loadPages<RankedIdentity>(request, context.options.seal, context.run);
  const page = pages.get('')!;
  const begins = !after && last == null;
  return { page, firstRank: begins ? 1 : (await page.countBefore()) + 1 };
}

const IDENTITY = 'n.organization_id, n.id, n.customer_id, n.network';

const whole = `select ${IDENTITY}, x.score
   from identity_influence x join social_identities n on n.organization_id = x.organization_id and n.id = x.identity_id`;

/** Who was engaged with by posts on a topic, or since a moment, by those the viewer may see: a count of others would tell of them. */
function slice(context: RequestContext, { topic, since }: InfluencerQuery, parameters: Parameters): string {
  const conditions = [
    'i.from_identity_id <> i.to_identity_id',
    since && `i.occurred_at >= ${parameters.add(since, 'timestamptz')}`,
    topic && `i.post_id in (${postsOn(context, topic, parameters)})`,
    visibleCondition(context.viewer, 'INTERACTION', 'i', parameters, 'to_identity_id'),
  ].filter(Boolean);
  return `select ${IDENTITY}, x.score
    from (select e.organization_id, e.to_identity_id,
                 sum(${decaySql('e.last_at')}) as score
            from (select i.organization_id, i.to_identity_id, i.from_identity_id, max(i.occurred_at) as last_at
                    from interactions i where ${conditions.join(' and ')} group by 1, 2, 3) e
            ${weightsJoin('e')}
           group by 1, 2) x
    join social_identities n on n.organization_id = x.organization_id and n.id = x.to_identity_id`;
}

/** The search reads every post there is; only what the viewer may see of them is an answer. */
function postsOn({ viewer }: RequestContext, topic: string, parameters: Parameters): string {
  const found = `search_posts(${parameters.add(topic, 'text')}, ${MOST_POSTS_OF_TOPIC}) f`;
  const visible = visibleCondition(viewer, 'POST', 'p', parameters);
  return visible
    ? `select p.id from ${found} join posts p on p.id = f.id where ${visible}`
    : `select f.id from ${found}`;
}

const SAME_CUSTOMER = 'sc.organization_id = t.organization_id and sc.id = t.customer_id and sc.deleted_at is null';

/** What keeps of identities `t` those that match and that the viewer may see; undefined for all. Throws FORBIDDEN for a segment where tags are hidden. */
export function identityConditions(
  context: RequestContext,
  query: InfluencerQuery,
  parameters: Parameters,
): string | undefined {
  const { segment, network, community, ofCustomers } = query;
  const { viewer } = context;
  const ofCustomer = (condition?: string) => {
    const conditions = [condition, visibleCondition(viewer, 'CUSTOMER', 'sc', parameters)].filter(Boolean);
    // An identity of a customer that one may not see is that of nobody one knows.
    return conditions.length > 0
      ? `exists (select 1 from customers sc where ${[SAME_CUSTOMER, ...conditions].join(' and ')})`
      : 't.customer_id is not null';
  };
  const bySegment: FilterFields = {
    segment: {
      sql: '',
      type: 'text',
      hideable: 'tags',
      build: tag => ofCustomer(`sc.tags @> array[${parameters.add(tag, 'text')}]`),
    },
  };
  const inCommunity = () =>
    `exists (select 1 from identity_influence m where m.organization_id = t.organization_id and m.identity_id = t.id and m.community_id = ${parameters.add(storedId('community', community!), 'uuid')})`;
  const conditions = [
    visibleCondition(viewer, 'IDENTITY', 't', parameters),
    filterCondition(bySegment, { segment }, parameters, field => viewer.isHidden('CUSTOMER', field)),
    network && `t.network = ${parameters.add(network, 'text')}`,
    community && inCommunity(),
    ofCustomers != null && (ofCustomers ? ofCustomer() : `not (${ofCustomer()})`),
  ].filter(Boolean);
  return conditions.join(' and ') || undefined;
}
