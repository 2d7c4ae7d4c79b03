import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';

/** How many members of each community the viewer may see. */
export const visibleSizeOfCommunity: LoaderDefinition<RequestContext, string, number> = {
  name: 'community.visibleSize',
  async batch(context, ids) {
    const parameters = new Parameters();
    const conditions = [
      `m.community_id = any (${parameters.add(ids, 'uuid[]')})`,
      visibleCondition(context.viewer, 'IDENTITY', 'n', parameters),
    ].filter(Boolean);
    const rows = await context.read<{ id: string; size: number }>(
      `select m.community_id as id, count(*)::integer as size from identity_influence m
         join social_identities n on n.organization_id = m.organization_id and n.id = m.identity_id
        where ${conditions.join(' and ')} group by 1`,
      parameters.values,
    );
    const sizes = new Map(rows.map(({ id, size }) => [id, size]));
    return ids.map(id => sizes.get(id) ?? 0);
  },
};
