import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { authorsOfWords, type SaidText } from './words.rules.js';

/** Posts that are read for the topics of somebody, the latest ones. */
const POSTS = 50;
const TOPICS = 3;
/** What fewer say is their own matter. */
const FEWEST_AUTHORS = 2;

type Subject = 'identity' | 'customer';

/** By which rows `i` of interactions somebody was engaged with. */
const ENGAGED: Record<Subject, string> = {
  identity: 'i.to_identity_id = k.id',
  customer: 'i.to_identity_id in (select s.id from social_identities s where s.customer_id = k.id)',
};

/** What people talk about when they engage with somebody: words that most of them use, of posts the viewer may see. */
const topicsOf = (subject: Subject): LoaderDefinition<RequestContext, string, string[]> => ({
  name: `${subject}.topics`,
  async batch(context, ids) {
    const parameters = new Parameters();
    const keys = parameters.add(ids, 'uuid[]');
    const visible = visibleCondition(context.viewer, 'POST', 'p', parameters);
    const rows = await context.read<SaidText & { id: string }>(
      `select k.id, r."authorId", r.text from unnest(${keys}) as k(id)
        cross join lateral (
          select p.author_id as "authorId", p.text from interactions i
            join posts p on p.organization_id = i.organization_id and p.id = i.post_id and p.deleted_at is null
           where ${ENGAGED[subject]} ${visible ? `and ${visible}` : ''}
           order by i.occurred_at desc limit ${POSTS}) r`,
      parameters.values,
    );
    const byId = Map.groupBy(rows, row => row.id);
    return ids.map(id =>
      [...authorsOfWords(byId.get(id) ?? [])]
        .filter(([, authors]) => authors >= FEWEST_AUTHORS)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, TOPICS)
        .map(([word]) => word),
    );
  },
});

export const topicsOfIdentity = topicsOf('identity');
export const topicsOfCustomer = topicsOf('customer');
