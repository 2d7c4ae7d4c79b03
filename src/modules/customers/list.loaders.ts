import {
  type ListSpec,
  loadPages,
  type Page,
  type PageArguments,
  type Parameters,
} from '../../platform/paging/index.js';
import type { RequestContext, Viewer } from '../access/index.js';

/** A list under a customer whose rows are only seen through it. */
export interface BelongingsList {
  spec: ListSpec;
  /** Ties `t` to `k.parent`. */
  condition: string;
  /** Where the rows depend on who is asking. */
  from?: (viewer: Viewer, parameters: Parameters) => string;
  visible?: (viewer: Viewer, parameters: Parameters) => string | undefined;
}

/** A page for one of many customers, read together with its siblings' in one statement. */
export function belongingsPage<Row>(
  context: RequestContext,
  list: BelongingsList,
  customerId: string,
  args: PageArguments,
): Promise<Page<Row>> {
  const { first, last, after, before } = args;
  return context.loaders
    .get<string, Page<Row>>(
      {
        name: list.spec.name,
        async batch({ options, run, viewer }, keys) {
          const { spec, condition, from, visible } = list;
          const pages = await loadPages<Row>(
            {
              spec,
              args: { first, last, after, before },
              parents: { keys: [...keys], condition },
              ...(from ? { from: parameters => from(viewer, parameters) } : {}),
              ...(visible ? { visible: parameters => visible(viewer, parameters) } : {}),
            },
            options.seal,
            run,
          );
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify([first, last, after, before]),
    )
    .load(customerId);
}
