import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Opportunity } from './opportunity.entity.js';
import { OpportunityFilter } from './opportunity.filters.js';
import { opportunityRecord } from './records.js';

@ObjectType({ description: 'A change to an opportunity.', simpleResolvers: true })
export class OpportunityChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the opportunity.' })
  opportunityId: string;
  @Reference(() => Opportunity, 'storedOpportunityId', {
    nullable: true,
    description: 'The opportunity as it is now; nothing once it is gone.',
  })
  opportunity?: Opportunity;
}

defineStream({
  field: 'opportunityChanged',
  types: ['opportunity.changed'],
  record: opportunityRecord,
  root: (event, cursor) => ({
    cursor,
    opportunityId: publicId('opportunity', event.subjectId),
    storedOpportunityId: event.subjectId,
  }),
});

@ArgsType()
class OpportunityStreamArgs {
  @Field(() => OpportunityFilter, { nullable: true, description: 'Only opportunities like these, as they are then.' })
  filter?: OpportunityFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class OpportunityStreamResolver {
  @Permit('sales:read')
  @Subscription(() => OpportunityChanged, {
    subscribe: overSocket,
    description: 'Changes to opportunities, each once and in order: what keeps a board up to date.',
  })
  opportunityChanged(
    @Root() event: OpportunityChanged,
    @Args(() => OpportunityStreamArgs) _args: OpportunityStreamArgs,
  ): OpportunityChanged {
    return event;
  }
}
