import { parsePublicId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { Post, SocialIdentity } from '../social/index.js';

/** What a graph is asked about: some identities, or what followed from a post. */
export type Center = { kind: 'IDENTITIES'; identityIds: string[] } | { kind: 'POST'; post: Post };

/** What a public id of an identity, a customer or a post stands for; null for anything that the viewer may not see. */
export async function centerOf(context: RequestContext, id: string): Promise<Center | null> {
  switch (parsePublicId(id)?.prefix) {
    case 'identity': {
      const identity = await context.recordByPublicId<SocialIdentity>(SocialIdentity, id);
      return identity && { kind: 'IDENTITIES', identityIds: [identity.id] };
    }
    case 'customer': {
      const customer = await context.recordByPublicId<Customer>(Customer, id);
      return customer && { kind: 'IDENTITIES', identityIds: await identitiesOf(context, customer.id) };
    }
    case 'post': {
      const post = await context.recordByPublicId<Post>(Post, id);
      return post && { kind: 'POST', post };
    }
    default:
      return null;
  }
}

/** Identities of a customer that the viewer may see, the most followed first. */
async function identitiesOf(context: RequestContext, customerId: string): Promise<string[]> {
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(context.viewer, 'IDENTITY', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string }>(
    `select t.id from social_identities t where ${conditions.join(' and ')} order by t.followers_count desc nulls last, t.id`,
    parameters.values,
  );
  return rows.map(row => row.id);
}
