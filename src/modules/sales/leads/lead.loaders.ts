import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Lead } from './lead.entity.js';

/** The lead that was made of each post, where the viewer may see it. */
export const leadOfPost: LoaderDefinition<RequestContext, string, Lead | null> = {
  name: 'post.lead',
  async batch(context, postIds) {
    if (!context.viewer.may('sales:read')) return postIds.map(() => null);
    const parameters = new Parameters();
    const named = `t.post_id = any (${parameters.add(postIds, 'uuid[]')})`;
    const visible = visibleCondition(context.viewer, 'LEAD', 't', parameters);
    const rows = await context.read<Lead>(
      `select ${columnsOf(Lead)} from leads t where ${named}${visible ? ` and ${visible}` : ''}`,
      parameters.values,
    );
    const byPost = new Map(rows.map(row => [row.postId, row]));
    return postIds.map(id => byPost.get(id) ?? null);
  },
};

const productIdsOf: LoaderDefinition<RequestContext, string, string[]> = {
  name: 'lead.productIds',
  async batch(context, leadIds) {
    const rows = await context.read<{ id: string; productIds: string[] }>(
      'select id, product_ids as "productIds" from leads where id = any ($1::uuid[])',
      [leadIds],
      'lead.productIds',
    );
    const byLead = new Map(rows.map(row => [row.id, row.productIds]));
    return leadIds.map(id => byLead.get(id) ?? []);
  },
};

/** The products that a lead (stored id, seen by the viewer) names, in its order, less those that the viewer may not see. */
export async function productsOfLead(context: RequestContext, leadId: string): Promise<Product[]> {
  const ids = await context.load(productIdsOf, leadId);
  const products = await Promise.all(ids.map(id => context.recordById<Product>(Product, id)));
  return products.filter(product => product !== null);
}
