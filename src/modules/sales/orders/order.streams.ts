import { Args, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Order } from './order.entity.js';
import { OrderStreamArgs } from './order.inputs.js';
import { orderRecord } from './records.js';

@ObjectType({
  description: 'An order was placed, delivered, returned, called off, invoiced or paid.',
  simpleResolvers: true,
})
export class OrderChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the order.' })
  orderId: string;
  @Reference(() => Order, 'storedOrderId', { nullable: true, description: 'The order as it is now.' })
  order?: Order;
}

defineStream({
  field: 'orderChanged',
  types: ['order.changed'],
  record: orderRecord,
  root: (event, cursor) => ({
    cursor,
    orderId: publicId('order', event.subjectId),
    storedOrderId: event.subjectId,
  }),
});

@Resolver()
export class OrderStreamResolver {
  @Permit('orders:read')
  @Subscription(() => OrderChanged, {
    subscribe: overSocket,
    description: 'Changes to orders you may see, each once and in order.',
  })
  orderChanged(@Root() event: OrderChanged, @Args(() => OrderStreamArgs) _args: OrderStreamArgs): OrderChanged {
    return event;
  }
}
