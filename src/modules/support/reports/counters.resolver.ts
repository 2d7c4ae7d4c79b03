import { Arg, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { ticketRecord } from '../tickets/records.js';
import { supportCounters } from './counters.queries.js';
import { SupportCounters, SupportCountersFilter, SupportLive } from './counters.types.js';

/** What a subscriber is told of: the filter of its own subscription, which the fields below the root do not see. */
type Live = SupportLive & { filter: SupportCountersFilter | null };

defineStream({
  field: 'supportLive',
  types: ['ticket.changed', 'ticket.due', 'ticket.breached', 'queue.changed'],
  record: ticketRecord,
  root: overSocket,
  summary: filter => ({ at: new Date().toISOString(), filter }),
});

@Resolver(() => SupportLive)
export class SupportCountersResolver {
  @Permit('support:read')
  @Query(() => SupportCounters, { description: 'What there is to do at the moment, of the tickets you may see.' })
  supportCounters(
    @Arg('filter', () => SupportCountersFilter, { nullable: true, description: 'Only of these.' })
    filter: SupportCountersFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<SupportCounters> {
    return supportCounters(context, filter);
  }

  @Permit('support:read')
  @Subscription(() => SupportLive, {
    subscribe: overSocket,
    description:
      'What there is to do, told at once and then whenever it is different, once a second at most. There is nothing to resume: the present is all it tells.',
  })
  supportLive(
    @Root() live: SupportLive,
    @Arg('filter', () => SupportCountersFilter, { nullable: true, description: 'Only of these.' })
    _filter: SupportCountersFilter | null,
  ): SupportLive {
    return live;
  }

  @FieldResolver(() => SupportCounters)
  counters(@Root() { filter }: Live, @Ctx() context: RequestContext): Promise<SupportCounters> {
    return supportCounters(context, filter);
  }
}
