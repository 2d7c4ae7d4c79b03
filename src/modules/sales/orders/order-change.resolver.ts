import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { recordDeliveries, recordDelivery, recordReturn } from './delivery.service.js';
import { DeliveriesPayload, OrderPayload, OrdersPayload } from './order.payloads.js';
import {
  CancelOrderInput,
  CreateOrderInput,
  CreateOrdersInput,
  RecordDeliveriesInput,
  RecordDeliveryInput,
  RecordReturnInput,
} from './order-change.inputs.js';
import { cancelOrder } from './order-change.service.js';
import { createOrder, createOrders } from './order-creation.service.js';

@Resolver()
export class OrderChangeResolver {
  @Permit('sales:write')
  @Mutation(() => OrderPayload, { description: 'Places an order, as at a counter, by telephone or at a till.' })
  createOrder(
    @Arg('input', () => CreateOrderInput, { description: 'What is ordered, and by whom.' }) input: CreateOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createOrder', input, async tx => {
      const { orderId } = await createOrder(tx, context.viewer, input);
      return { orderId };
    });
  }

  @Permit('sales:write')
  @Mutation(() => OrdersPayload, {
    description: 'Places up to 200 orders, each by itself: what a till sends at night, as often as it likes.',
  })
  createOrders(
    @Arg('input', () => CreateOrdersInput, { description: 'What is ordered, and by whom.' }) input: CreateOrdersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createOrders', input, tx => createOrders(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => OrderPayload, { description: 'Calls an order off of which nothing is with the customer.' })
  cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'Which, and why.' }) input: CancelOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'cancelOrder', input, tx => cancelOrder(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OrderPayload, { description: 'Records that an order, or a part of it, leaves for the customer.' })
  recordDelivery(
    @Arg('input', () => RecordDeliveryInput, { description: 'What leaves.' }) input: RecordDeliveryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'recordDelivery', input, tx => recordDelivery(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => DeliveriesPayload, { description: 'Records up to 200 deliveries, each by itself.' })
  recordDeliveries(
    @Arg('input', () => RecordDeliveriesInput, { description: 'What leaves.' }) input: RecordDeliveriesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'recordDeliveries', input, tx => recordDeliveries(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => OrderPayload, { description: 'Records that something that was delivered came back.' })
  recordReturn(
    @Arg('input', () => RecordReturnInput, { description: 'What came back, and why.' }) input: RecordReturnInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'recordReturn', input, tx => recordReturn(tx, context.viewer, input));
  }
}
