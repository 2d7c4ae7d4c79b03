import type { RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { type TieRow, tiesPage } from '../../graph/index.js';
import type { OpportunityInfluencer } from './attribution.types.js';
import type { Opportunity } from './opportunity.entity.js';
import { contactsOf } from './opportunity.loaders.js';

/** How many of those who influence one of the buyers are looked at. */
const MOST_TIES = 50;

/**
 * Who influences the buyer and the contacts of an opportunity, the strongest first: what `Customer.influencedBy` says of each of
 * them that the viewer sees, added up. What they are to one another is left out.
 */
export async function influencersOf(
  context: RequestContext,
  { id, customerId }: Opportunity,
  first: number,
): Promise<OpportunityInfluencer[]> {
  const contacts = await context.load(contactsOf, id);
  const ids = [...new Set([customerId, ...contacts.map(contact => contact.customerId)])];
  const buyers = (await Promise.all(ids.map(one => context.recordById<Customer>(Customer, one)))).filter(
    buyer => buyer !== null,
  );
  const pages = await Promise.all(buyers.map(buyer => tiesPage(context, buyer.id, 'MOVED_BY', { first: MOST_TIES })));
  const found = new Map<string, OpportunityInfluencer>();
  for (const [at, page] of pages.entries()) {
    for (const { node } of page.edges) {
      if (!ids.includes(node.id)) found.set(node.id, added(found.get(node.id), node, buyers[at]!.id));
    }
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight || (a.customerId < b.customerId ? -1 : 1))
    .slice(0, first);
}

function added(known: OpportunityInfluencer | undefined, tie: TieRow, movedId: string): OpportunityInfluencer {
  return {
    customerId: tie.id,
    movedIds: [...(known?.movedIds ?? []), movedId],
    weight: (known?.weight ?? 0) + tie.weight,
    kinds: [...new Set([...(known?.kinds ?? []), ...tie.kinds])],
    count: (known?.count ?? 0) + tie.count,
    lastAt: known && known.lastAt > tie.lastAt ? known.lastAt : tie.lastAt,
  };
}
