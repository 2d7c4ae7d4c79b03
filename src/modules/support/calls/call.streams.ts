import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { CallFilter } from './call.inputs.js';
import { CallHandling } from './call-handling.entity.js';
import { callRecord } from './records.js';

@ObjectType({
  description: 'A telephone rings, is answered, goes silent, or somebody says how it was.',
  simpleResolvers: true,
})
export class CallEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the call.' })
  callId: string;
  @Reference(() => CallHandling, 'storedCallId', { nullable: true, description: 'The call as it is now.' })
  call?: CallHandling;
}

defineStream({
  field: 'callChanged',
  types: ['call.changed'],
  record: callRecord,
  root: ({ subjectId }, cursor) => ({ cursor, callId: publicId('call', subjectId), storedCallId: subjectId }),
});

@ArgsType()
class CallStreamArgs {
  @Field(() => CallFilter, { nullable: true, description: 'Only calls like these.' })
  filter?: CallFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class CallStreamResolver {
  @Permit('support:read')
  @Subscription(() => CallEvent, {
    subscribe: overSocket,
    description: 'Calls as they ring, are answered, end and are written up, each change once and in order.',
  })
  callChanged(@Root() event: CallEvent, @Args(() => CallStreamArgs) _args: CallStreamArgs): CallEvent {
    return event;
  }
}
