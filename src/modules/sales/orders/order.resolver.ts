import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Quote } from '../quotes/quote.entity.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryLine } from './delivery-line.entity.js';
import { Invoice } from './invoice.entity.js';
import { Order } from './order.entity.js';
import { OrderConnection, OrdersArgs } from './order.inputs.js';
import {
  deliveriesOfOrder,
  invoicesOfOrder,
  linesOfDelivery,
  linesOfOrder,
  ordersOfQuote,
  purchasesOfCustomer,
} from './order.loaders.js';
import { CustomerPurchases, type PurchasesRow } from './order.payloads.js';
import { OrderLine } from './order-line.entity.js';

@Resolver(() => Order)
export class OrderResolver {
  @Permit('orders:read')
  @Query(() => Order, { nullable: true, description: 'One order, or nothing when there is none that you may see.' })
  order(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Order | null> {
    return context.recordByPublicId(Order, id);
  }

  @Permit('orders:read')
  @Query(() => OrderConnection, { description: 'Orders you may see.' })
  orders(@Args(() => OrdersArgs) args: OrdersArgs, @Ctx() context: RequestContext) {
    return context.page(Order, args);
  }

  @FieldResolver(() => [OrderLine], { description: 'What was ordered, and how much of it left and came back.' })
  lines(@Root() order: Order, @Ctx() context: RequestContext): Promise<OrderLine[]> {
    return context.load(linesOfOrder, order.id);
  }

  @FieldResolver(() => [Delivery], { description: 'What left for the customer, the first delivery first.' })
  async deliveries(@Root() order: Order, @Ctx() context: RequestContext): Promise<Delivery[]> {
    return (await context.load(deliveriesOfOrder, order.id)).filter(({ kind }) => kind === 'DELIVERY');
  }

  @FieldResolver(() => [Delivery], { description: 'What came back, the first return first.' })
  async returns(@Root() order: Order, @Ctx() context: RequestContext): Promise<Delivery[]> {
    return (await context.load(deliveriesOfOrder, order.id)).filter(({ kind }) => kind === 'RETURN');
  }

  @FieldResolver(() => [Invoice], { description: 'Invoices for it, as the ERP has them, the first first.' })
  invoices(@Root() order: Order, @Ctx() context: RequestContext): Promise<Invoice[]> {
    return context.load(invoicesOfOrder, order.id);
  }
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  @FieldResolver(() => [DeliveryLine], { description: 'How much of what.' })
  lines(@Root() delivery: Delivery, @Ctx() context: RequestContext): Promise<DeliveryLine[]> {
    return context.load(linesOfDelivery, delivery.id);
  }
}

@Resolver(() => DeliveryLine)
export class DeliveryLineResolver {
  @FieldResolver(() => OrderLine, { nullable: true, description: 'The line of the order.' })
  async line(
    @Root() { orderId, orderLineId }: DeliveryLine & { orderId: string },
    @Ctx() context: RequestContext,
  ): Promise<OrderLine | undefined> {
    return (await context.load(linesOfOrder, orderId)).find(({ id }) => id === orderLineId);
  }
}

@Resolver(() => Customer)
export class CustomerOrdersResolver {
  @FieldResolver(() => OrderConnection, { description: 'What it ordered, the latest first.' })
  orders(@Root() customer: Customer, @Args(() => OrdersArgs) args: OrdersArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Order, { name: 'customer.orders', condition: 't.customer_id = k.parent' }, customer.id, args);
  }

  @FieldResolver(() => [CustomerPurchases], {
    description: 'What it has bought altogether, one entry a currency, the one with most orders first.',
  })
  purchases(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<PurchasesRow[]> {
    return context.load(purchasesOfCustomer, customer.id);
  }
}

@Resolver(() => Quote)
export class QuoteOrderResolver {
  @FieldResolver(() => Order, { nullable: true, description: 'The order it became, where you may see that.' })
  async order(@Root() quote: Quote, @Ctx() context: RequestContext): Promise<Order | undefined> {
    return (await context.load(ordersOfQuote, quote.id))[0];
  }
}

const ORDERS_OF_OPPORTUNITY = { name: 'opportunity.orders', condition: 't.opportunity_id = k.parent' };

@Resolver(() => Opportunity)
export class OpportunityOrdersResolver {
  @FieldResolver(() => OrderConnection, { description: 'What was ordered of it, the latest first.' })
  orders(@Root() opportunity: Opportunity, @Args(() => OrdersArgs) args: OrdersArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Order, ORDERS_OF_OPPORTUNITY, opportunity.id, args);
  }
}
