import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Interaction } from '../social/index.js';

/** One customer acting on another. */
export interface Acting {
  actorId: string;
  targetId: string;
}

/** How many interactions show a tie. */
const MOST = 3;

/** The latest interactions from identities of one customer to identities of another. */
export const interactionsBetween: LoaderDefinition<RequestContext, Acting, Interaction[]> = {
  name: 'customers.interactionsBetween',
  cacheKey: ({ actorId, targetId }) => `${actorId}:${targetId}`,
  async batch(context, pairs) {
    const parameters = new Parameters();
    const actors = parameters.add(
      pairs.map(pair => pair.actorId),
      'uuid[]',
    );
    const targets = parameters.add(
      pairs.map(pair => pair.targetId),
      'uuid[]',
    );
    const visible = visibleCondition(context.viewer, 'INTERACTION', 't', parameters);
    const rows = await context.read<Interaction & { place: number }>(
      `select k.place::integer as place, r.* from unnest(${actors}, ${targets}) with ordinality as k(actor, target, place)
        cross join lateral (
          select ${columnsOf(Interaction)} from social_identities a
            join interactions t on t.organization_id = a.organization_id and t.from_identity_id = a.id
            join social_identities b on b.organization_id = a.organization_id and b.id = t.to_identity_id
           where a.customer_id = k.actor and b.customer_id = k.target ${visible ? `and ${visible}` : ''}
           order by t.occurred_at desc, t.id limit ${MOST}) r`,
      parameters.values,
    );
    const byPlace = Map.groupBy(rows, row => row.place);
    return pairs.map((_, at) => byPlace.get(at + 1) ?? []);
  },
};
