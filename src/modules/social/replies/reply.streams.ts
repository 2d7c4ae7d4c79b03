import { Args, ArgsType, Field, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { replyRecord } from '../records.js';
import { Reply } from './reply.entity.js';
import { ReplyFilter } from './reply.inputs.js';

@ObjectType({ description: 'A reply that was written, or that came further on its way.', simpleResolvers: true })
export class ReplyChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Reference(() => Reply, 'replyId', { description: 'The reply as it is now.' })
  reply: Reply;
}

defineStream({
  field: 'replyChanged',
  types: ['reply.changed'],
  record: replyRecord,
  root: (event, cursor) => ({ cursor, replyId: event.subjectId }),
});

@ArgsType()
class ReplyStreamArgs {
  @Field(() => ReplyFilter, { nullable: true, description: 'Only replies like these.' })
  filter?: ReplyFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class ReplyStreamResolver {
  @Permit('replies:read')
  @Subscription(() => ReplyChanged, {
    subscribe: overSocket,
    description: 'Replies as they are written, sent, delivered and read, in order.',
  })
  replyChanged(@Root() event: ReplyChanged, @Args(() => ReplyStreamArgs) _args: ReplyStreamArgs): ReplyChanged {
    return event;
  }
}
