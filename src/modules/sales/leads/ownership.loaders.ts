import type { LoaderDefinition } from '../../../platform/loaders.js';
import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { OwnershipChange } from './ownership-change.entity.js';

const MOST = 100;

/** To whom each record of a kind was given, the latest first; the last hundred times. Keys are ids of records the viewer sees. */
const ownershipOf = (prefix: string): LoaderDefinition<RequestContext, string, OwnershipChange[]> => ({
  name: `${prefix}.ownershipHistory`,
  async batch(context, ids) {
    const rows = await context.read<OwnershipChange>(
      `select c.* from unnest($1::uuid[]) as k(id) cross join lateral (
         select ${columnsOf(OwnershipChange)} from ownership_changes t
          where t.subject_id = k.id and t.subject_prefix = $2 order by t.changed_at desc, t.id desc limit ${MOST}) c`,
      [ids, prefix],
      'ownershipHistory',
    );
    const byId = Map.groupBy(rows, row => row.subjectId);
    return ids.map(id => byId.get(id) ?? []);
  },
});

export const ownershipOfLead = ownershipOf('lead');
export const ownershipOfOpportunity = ownershipOf('opportunity');
export const ownershipOfCustomer = ownershipOf('customer');
