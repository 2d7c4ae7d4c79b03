import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { SocialIdentity } from './identity.entity.js';
import { IdentityLink, LinkStatus } from './link.entity.js';
import { identityRecord } from './records.js';

/** All identities of each customer, the most followed first. */
export const identitiesOfCustomer: LoaderDefinition<RequestContext, string, SocialIdentity[]> = {
  name: 'customer.identities',
  async batch(context, customerIds) {
    const parameters = new Parameters();
    const conditions = [
      `t.customer_id = any (${parameters.add(customerIds, 'uuid[]')})`,
      visibleCondition(context.viewer, 'IDENTITY', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<SocialIdentity>(
      `select ${identityRecord.columns} from social_identities t where ${conditions.join(' and ')} order by t.followers_count desc nulls last, t.id`,
      parameters.values,
      conditions.length === 1 ? 'customer.identities' : undefined,
    );
    const byCustomer = Map.groupBy(rows, row => row.customerId);
    return customerIds.map(id => byCustomer.get(id) ?? []);
  },
};

const linkColumns = columnsOf(IdentityLink, 'l');

export type ShownLink = IdentityLink & { status: LinkStatus };

/** The link of each identity that holds now. */
export const linkOfIdentity: LoaderDefinition<RequestContext, string, ShownLink | null> = {
  name: 'identity.link',
  async batch(context, identityIds) {
    const rows = await context.read<ShownLink>(
      `select ${linkColumns} from identity_links l where l.identity_id = any ($1) and l.unlinked_at is null`,
      [identityIds],
      'identity.link',
    );
    const byIdentity = new Map(rows.map(row => [row.identityId, { ...row, status: LinkStatus.CONFIRMED }]));
    return identityIds.map(id => byIdentity.get(id) ?? null);
  },
};

/** Every link each identity ever had, the latest first. */
export const linksOfIdentity: LoaderDefinition<RequestContext, string, ShownLink[]> = {
  name: 'identity.linkHistory',
  async batch(context, identityIds) {
    const rows = await context.read<ShownLink>(
      `select ${linkColumns} from identity_links l where l.identity_id = any ($1) order by l.linked_at desc, l.id desc`,
      [identityIds],
      'identity.linkHistory',
    );
    const byIdentity = Map.groupBy(rows, row => row.identityId);
    return identityIds.map(id =>
      (byIdentity.get(id) ?? []).map(row => ({
        ...row,
        status: row.unlinkedAt === null ? LinkStatus.CONFIRMED : LinkStatus.ENDED,
      })),
    );
  },
};
