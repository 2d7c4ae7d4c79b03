import { newId } from '../../../platform/ids.js';
import { type ListSpec, loadPages, type Page, type PageArguments, withEdges } from '../../../platform/paging/index.js';
import type { RequestContext } from '../../access/index.js';
import type { ExplainedChange } from './changes.queries.js';
import type { Contribution } from './changes.rules.js';

const LIST: ListSpec = {
  name: 'forecastChanges',
  from: '',
  columns: 't.id',
  orders: { SIZE: { sql: 't.size', type: 'numeric', nullable: false } },
  defaultOrder: [{ field: 'SIZE', direction: 'DESC' }],
  filters: {},
};

const sizeOf = (by: Contribution): string =>
  Object.values(by)
    .map(amount => amount.abs())
    .reduce((most, amount) => (amount.gt(most) ? amount : most))
    .toFixed();

/** A page of the opportunities behind a reason, those that change most first; the pages of all reasons are one statement. */
export async function changesPage(context: RequestContext, changes: ExplainedChange[], args: PageArguments) {
  const { first, last, after, before } = args;
  const page = await context.loaders
    .get<ExplainedChange[], Page<{ id: string }>>(
      {
        name: 'forecastChanges.opportunities',
        async batch({ options, run }, lists) {
          const keys = lists.map(() => newId());
          const rows = lists.flatMap((list, at) =>
            list.map(({ opportunityId, by }) => [keys[at]!, opportunityId, sizeOf(by)] as const),
          );
          const pages = await loadPages<{ id: string }>(
            {
              spec: LIST,
              args: { first, last, after, before },
              parents: { keys, condition: 't.parent = k.parent' },
              from: parameters =>
                `unnest(${[0, 1, 2]
                  .map(at =>
                    parameters.add(
                      rows.map(row => row[at]),
                      at < 2 ? 'uuid[]' : 'numeric[]',
                    ),
                  )
                  .join(', ')}) t (parent, id, size)`,
            },
            options.seal,
            run,
          );
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify([first, last, after, before]),
    )
    .load(changes);
  const byId = new Map(changes.map(change => [change.opportunityId, change.by]));
  return withEdges(page, ({ node, cursor }) => ({ opportunityId: node.id, cursor, by: byId.get(node.id)! }));
}
