import type { LoaderDefinition } from '../../platform/loaders.js';
import { sanitiseHtml } from '../../platform/markup.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { SocialIdentity } from './identity.entity.js';
import { InteractionKind } from './networks.js';
import { PostRevision } from './post-revision.entity.js';
import { identityRecord } from './records.js';

/** The identities each post names that the viewer may see, by handle. */
export const mentionsOfPost: LoaderDefinition<RequestContext, string, SocialIdentity[]> = {
  name: 'post.mentions',
  async batch(context, postIds) {
    const parameters = new Parameters();
    const conditions = [
      `m.post_id = any (${parameters.add(postIds, 'uuid[]')})`,
      `m.kind = '${InteractionKind.MENTION}'`,
      visibleCondition(context.viewer, 'IDENTITY', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<SocialIdentity & { postId: string }>(
      `select ${identityRecord.columns}, m.post_id as "postId"
         from interactions m join social_identities t on t.organization_id = m.organization_id and t.id = m.to_identity_id
        where ${conditions.join(' and ')} order by t.handle, t.id`,
      parameters.values,
      conditions.length === 2 ? 'post.mentions' : undefined,
    );
    const byPost = Map.groupBy(rows, row => row.postId);
    return postIds.map(id => byPost.get(id) ?? []);
  },
};

const revisionColumns = columnsOf(PostRevision, 'r');

/** What each post said before its edits, the latest first. What was removed from a post is not kept here either. */
export const revisionsOfPost: LoaderDefinition<RequestContext, string, PostRevision[]> = {
  name: 'post.revisions',
  async batch(context, postIds) {
    const rows = await context.read<PostRevision>(
      `select ${revisionColumns} from post_revisions r where r.post_id = any ($1) order by r.replaced_at desc, r.revision`,
      [postIds],
      'post.revisions',
    );
    const byPost = Map.groupBy(rows, row => row.postId);
    return postIds.map(id => byPost.get(id) ?? []);
  },
};

/** Each post's own markup, made harmless once more; null where it came as plain text. */
export const htmlOfPost: LoaderDefinition<RequestContext, string, string | null> = {
  name: 'post.html',
  async batch(context, postIds) {
    const rows = await context.read<{ id: string; html: string }>(
      'select id, html from posts where id = any ($1) and html is not null',
      [postIds],
      'post.html',
    );
    const byPost = new Map(rows.map(row => [row.id, row.html]));
    return postIds.map(id => {
      const html = byPost.get(id);
      return html === undefined ? null : sanitiseHtml(html);
    });
  },
};
