import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
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
