import { Args, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Queue } from './queue.entity.js';
import { QueueStreamArgs } from './queue.inputs.js';
import { queueRecord } from './records.js';

@ObjectType({ description: 'A queue, or whether somebody of it is given tickets, changed.', simpleResolvers: true })
export class QueueChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the queue.' })
  queueId: string;
  @Reference(() => Queue, 'storedQueueId', { nullable: true, description: 'The queue as it is now.' })
  queue?: Queue;
}

defineStream({
  field: 'queueChanged',
  types: ['queue.changed'],
  record: queueRecord,
  root: (event, cursor) => ({
    cursor,
    queueId: publicId('queue', event.subjectId),
    storedQueueId: event.subjectId,
  }),
});

@Resolver()
export class QueueStreamResolver {
  @Permit('support:read')
  @Subscription(() => QueueChanged, {
    subscribe: overSocket,
    description: 'Changes to queues and to who works in them, each once and in order.',
  })
  queueChanged(@Root() event: QueueChanged, @Args(() => QueueStreamArgs) _args: QueueStreamArgs): QueueChanged {
    return event;
  }
}
