import { publicId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { exportSection } from '../customers/index.js';
import { shownEvidence } from './evidence.rules.js';
import type { Evidence } from './linking.rules.js';

exportSection('identities', (context, customerId) =>
  select(
    context,
    'identity',
    'IDENTITY',
    identities => `
    select t.id, t.network, t.external_id, t.handle, t.display_name, t.bio, t.url, t.followers_count, t.first_seen_at,
           (select json_agg(l order by l.linked_at) from (
              select method, confidence, evidence, linked_at, unlinked_at from identity_links
               where identity_id = t.id and customer_id = ${identities}) l)::text as links
      from social_identities t where t.customer_id = ${identities}`,
    customerId,
    't.first_seen_at',
  ),
);

exportSection('posts', (context, customerId) =>
  select(
    context,
    'post',
    'POST',
    customer => `
    select t.id, t.network, t.external_id, t.kind, t.title, t.text, t.language, t.url, t.occurred_at, t.edited_at, t.deleted_at,
           t.sentiment_label, (select array_agg(r.text order by r.replaced_at) from post_revisions r where r.post_id = t.id) as earlier_texts
      from posts t where t.author_id in (select i.id from social_identities i where i.customer_id = ${customer})`,
    customerId,
    't.occurred_at',
  ),
);

exportSection('replies', (context, customerId) =>
  select(
    context,
    'reply',
    'REPLY',
    customer => `
    select t.id, t.network, t.kind, t.visibility, t.state, t.text, t.url, t.created_at, t.sent_at, t.delivered_at, t.read_at
      from replies t where t.recipient_identity_id in (select i.id from social_identities i where i.customer_id = ${customer})`,
    customerId,
    't.created_at',
  ),
);

/** Rows of one kind that the viewer may see, with public ids. */
async function select(
  context: RequestContext,
  prefix: string,
  visibility: string,
  sql: (customer: string) => string,
  customerId: string,
  order: string,
): Promise<object[]> {
  const parameters = new Parameters();
  const text = sql(parameters.add(customerId, 'uuid'));
  const rule = visibleCondition(context.viewer, visibility, 't', parameters);
  const rows = await context.read<{ id: string; links?: string }>(
    `${text}${rule ? ` and ${rule}` : ''} order by ${order}, t.id`,
    parameters.values,
  );
  return rows.map(({ links, ...row }) => ({
    ...row,
    id: publicId(prefix, row.id),
    ...(links === undefined || context.isHidden(visibility, 'linkHistory')
      ? {}
      : { links: shownLinks(context, links) }),
  }));
}

function shownLinks(context: RequestContext, links: string | null): object[] {
  const all = JSON.parse(links ?? '[]') as { evidence: Evidence[] }[];
  return all.map(link => ({ ...link, evidence: shownEvidence(link.evidence, context) }));
}
