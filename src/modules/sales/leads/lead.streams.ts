import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Lead } from './lead.entity.js';
import { LeadFilter } from './lead.inputs.js';
import { leadRecord } from './records.js';

@ObjectType({ description: 'A change to a lead.', simpleResolvers: true })
export class LeadChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the lead.' })
  leadId: string;
  @Reference(() => Lead, 'storedLeadId', { nullable: true, description: 'The lead as it is now.' })
  lead?: Lead;
}

defineStream({
  field: 'leadChanged',
  types: ['lead.changed'],
  record: leadRecord,
  root: (event, cursor) => ({
    cursor,
    leadId: publicId('lead', event.subjectId),
    storedLeadId: event.subjectId,
  }),
});

@ArgsType()
class LeadStreamArgs {
  @Field(() => LeadFilter, { nullable: true, description: 'Only leads like these.' })
  filter?: LeadFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class LeadStreamResolver {
  @Permit('sales:read')
  @Subscription(() => LeadChanged, {
    subscribe: overSocket,
    description: 'Changes to leads, new ones included, each once and in order.',
  })
  leadChanged(@Root() event: LeadChanged, @Args(() => LeadStreamArgs) _args: LeadStreamArgs): LeadChanged {
    return event;
  }
}
