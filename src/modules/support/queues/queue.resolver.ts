import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { publicId } from '../../../platform/ids.js';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketConnection, TicketsArgs } from '../tickets/ticket.inputs.js';
import { Queue } from './queue.entity.js';
import { CreateQueueInput, QueueConnection, QueuePayload, QueuesArgs, UpdateQueueInput } from './queue.inputs.js';
import { membersOfQueue, QueueStats, skillsOfQueue, statsOfQueue } from './queue.loaders.js';
import { createQueue, updateQueue } from './queue.service.js';
import { QueueSkill } from './queue-skill.entity.js';

@Resolver(() => Queue)
export class QueueResolver {
  @Permit('support:read')
  @Query(() => Queue, { nullable: true, description: 'One queue, or nothing when there is none.' })
  queue(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Queue>(Queue, id);
  }

  @Permit('support:read')
  @Query(() => QueueConnection, {
    description: 'The queues of the organisation, in the order in which they are asked.',
  })
  queues(@Args(() => QueuesArgs) args: QueuesArgs, @Ctx() context: RequestContext) {
    return context.page(Queue, args);
  }

  @FieldResolver(() => [ID], {
    description: 'Categories it takes tickets of, with those below them; any when there is none.',
  })
  categoryIds(@Root() queue: Queue): string[] {
    return queue.categoryIds.map(id => publicId('ticket_category', id));
  }

  @FieldResolver(() => TicketConnection, { description: 'Tickets of it that you may see.' })
  tickets(@Root() queue: Queue, @Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Ticket, { name: 'queue.tickets', condition: 't.queue_id = k.parent' }, queue.id, args);
  }

  @FieldResolver(() => QueueStats, { description: 'How it stands now.' })
  stats(@Root() queue: Queue, @Ctx() context: RequestContext): Promise<QueueStats> {
    return context.load(statsOfQueue, queue.id);
  }

  @FieldResolver(() => [QueueSkill], { description: 'Skills that its tickets ask for.' })
  skills(@Root() queue: Queue, @Ctx() context: RequestContext): Promise<QueueSkill[]> {
    return context.load(skillsOfQueue, queue.id);
  }

  @FieldResolver(() => [Member], {
    description: 'Who works in it, by name: those listed for it, or else everybody of its team. 500 at most.',
  })
  members(@Root() queue: Queue, @Ctx() context: RequestContext): Promise<Member[]> {
    return context.load(membersOfQueue, queue.id);
  }

  @Permit('support:manage')
  @Mutation(() => QueuePayload, { description: 'Makes a queue.' })
  createQueue(
    @Arg('input', () => CreateQueueInput, { description: 'Which tickets it takes, and who works in it.' })
    input: CreateQueueInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createQueue', input, tx => createQueue(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => QueuePayload, { description: 'Changes a queue; what waits in it is offered anew.' })
  updateQueue(
    @Arg('input', () => UpdateQueueInput, { description: 'Which, and how.' }) input: UpdateQueueInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateQueue', input, tx => updateQueue(tx, context.viewer, input));
  }
}
