import type { LoaderDefinition } from '../../platform/loaders.js';
import { type Page, type PageArguments, Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { type BelongingsList, belongingsPage } from './list.loaders.js';
import { CustomerMerge, type MergeReport } from './merge.entity.js';
import { seenReport } from './merge-report.rules.js';

const mergesList: BelongingsList = {
  spec: {
    name: 'customer.merges',
    from: 'customer_merges t',
    columns: columnsOf(CustomerMerge),
    orders: { AT: { sql: 't.merged_at', type: 'timestamptz', nullable: false } },
    defaultOrder: [{ field: 'AT', direction: 'DESC' }],
    filters: {},
  },
  condition: 't.survivor_id = k.parent',
};

/** Merges into a customer, the latest first, each with as much of its report as the viewer may see. */
export async function mergesPage(
  context: RequestContext,
  customerId: string,
  args: PageArguments,
): Promise<Page<CustomerMerge>> {
  const page = await belongingsPage<CustomerMerge>(context, mergesList, customerId, args);
  for (const { node } of page.edges) node.report = seenReport(context.viewer, node.report);
  return page;
}

/** What a merge changed, by its stored id, where its survivor can be seen. */
export const mergeReport: LoaderDefinition<RequestContext, string, MergeReport | null> = {
  name: 'merge.report',
  async batch(context, ids) {
    const parameters = new Parameters();
    const named = `t.id = any (${parameters.add(ids, 'uuid[]')})`;
    const visible = visibleCondition(context.viewer, 'CUSTOMER', 'vc', parameters) ?? 'true';
    const rows = await context.read<{ id: string; report: MergeReport }>(
      `select t.id, t.report from customer_merges t
         join customers vc on vc.organization_id = t.organization_id and vc.id = t.survivor_id
        where ${named} and ${visible}`,
      parameters.values,
    );
    const found = new Map(rows.map(row => [row.id, seenReport(context.viewer, row.report)]));
    return ids.map(id => found.get(id) ?? null);
  },
};

/** Those of some customers that can be seen, in the order in which they are named. */
export async function visibleCustomers(context: RequestContext, ids: string[]): Promise<Customer[]> {
  const found = await Promise.all(ids.map(id => context.recordById(Customer, id)));
  return found.filter(customer => customer !== null);
}
