import type { LoaderDefinition } from '../../platform/loaders.js';
import type { RequestContext } from '../access/index.js';
import type { Influence } from './influence.types.js';
import { seesEverybody } from './sight.rules.js';

const COLUMNS = `x.score, x.percentile, x.distinct_engagers as "distinctEngagers", x.engagers, x.pagerank, x.reach, x.trend, g.analysed_at as "computedAt"`;
const RUN = 'join graph_states g on g.organization_id = x.organization_id';

/** What is counted over everybody, also over those the viewer may not see. Score and percentile are only relative. */
const UNTOLD = { distinctEngagers: null, engagers: null, pagerank: null, reach: null, trend: null };

const told = <Row extends Influence>({ viewer }: RequestContext, row: Row): Row =>
  seesEverybody(viewer) ? row : { ...row, ...UNTOLD };

/** The influence of each identity, with the community it belongs to; null before it was worked out, and for who may not read the graph. */
export const influenceOfIdentity: LoaderDefinition<
  RequestContext,
  string,
  (Influence & { communityId: string | null }) | null
> = {
  name: 'identity.influence',
  async batch(context, ids) {
    if (!context.viewer.may('graph:read')) return ids.map(() => null);
    const rows = await context.read<Influence & { communityId: string | null }>(
      `select x.identity_id as "subjectId", false as "isCustomer", x.community_id as "communityId", ${COLUMNS} from identity_influence x ${RUN} where x.identity_id = any ($1)`,
      [ids],
      'identity.influence',
    );
    const byId = new Map(rows.map(row => [row.subjectId, told(context, row)]));
    return ids.map(id => byId.get(id) ?? null);
  },
};

/** The influence of each customer under all its identities; null before it was worked out, and for who may not read the graph. */
export const influenceOfCustomer: LoaderDefinition<RequestContext, string, Influence | null> = {
  name: 'customer.influence',
  async batch(context, ids) {
    if (!context.viewer.may('graph:read')) return ids.map(() => null);
    const rows = await context.read<Influence>(
      `select x.customer_id as "subjectId", true as "isCustomer", ${COLUMNS} from customer_influence x ${RUN} where x.customer_id = any ($1)`,
      [ids],
      'customer.influence',
    );
    const byId = new Map(rows.map(row => [row.subjectId, told(context, row)]));
    return ids.map(id => byId.get(id) ?? null);
  },
};
