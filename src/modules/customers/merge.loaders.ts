import type { LoaderDefinition } from '../../platform/loaders.js';
import { type Page, type PageArguments, Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, type Viewer, visibleCondition } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { type BelongingsList, belongingsPage } from './list.loaders.js';
import { CustomerMerge, type MergeReport } from './merge.entity.js';
import { type SeenCustomers, seenReport } from './merge-report.rules.js';

/** A lateral join that answers, for merges called `t`, which of their customers the viewer may see, as `seen.ids`. */
export function seenCustomers(viewer: Viewer, parameters: Parameters): string {
  const visible = visibleCondition(viewer, 'CUSTOMER', 'vc', parameters) ?? 'true';
  // A merged row stays as it was, with its owner and team: who saw that customer before the merge sees it here.
  return `cross join lateral (
            select coalesce(array_agg(vc.id), '{}') as ids from customers vc
             where vc.organization_id = t.organization_id and vc.id = any (t.survivor_id || t.merged_ids) and ${visible}) seen`;
}

const mergesList: BelongingsList = {
  spec: {
    name: 'customer.merges',
    from: 'customer_merges t',
    columns: `${columnsOf(CustomerMerge)}, seen.ids as "seenIds"`,
    orders: { AT: { sql: 't.merged_at', type: 'timestamptz', nullable: false } },
    defaultOrder: [{ field: 'AT', direction: 'DESC' }],
    filters: {},
  },
  condition: 't.survivor_id = k.parent',
  from: (viewer, parameters) => `customer_merges t ${seenCustomers(viewer, parameters)}`,
};

/** Merges into a customer, the latest first, each with as much of its report as the viewer may see. */
export async function mergesPage(
  context: RequestContext,
  customerId: string,
  args: PageArguments,
): Promise<Page<CustomerMerge>> {
  const page = await belongingsPage<CustomerMerge & SeenCustomers>(context, mergesList, customerId, args);
  for (const { node } of page.edges) node.report = seenReport(context.viewer, node.report, node);
  return page;
}

/** What a merge changed, by its stored id, where its survivor can be seen. */
export const mergeReport: LoaderDefinition<RequestContext, string, MergeReport | null> = {
  name: 'merge.report',
  async batch(context, ids) {
    const parameters = new Parameters();
    const named = `t.id = any (${parameters.add(ids, 'uuid[]')})`;
    const rows = await context.read<{ id: string; report: MergeReport } & SeenCustomers>(
      `select t.id, t.report, t.survivor_id as "survivorId", seen.ids as "seenIds"
         from customer_merges t ${seenCustomers(context.viewer, parameters)}
        where ${named} and t.survivor_id = any (seen.ids)`,
      parameters.values,
    );
    const found = new Map(rows.map(row => [row.id, seenReport(context.viewer, row.report, row)]));
    return ids.map(id => found.get(id) ?? null);
  },
};

/** Those of some customers that can be seen, in the order in which they are named. */
export async function visibleCustomers(context: RequestContext, ids: string[]): Promise<Customer[]> {
  const found = await Promise.all(ids.map(id => context.recordById(Customer, id)));
  return found.filter(customer => customer !== null);
}
