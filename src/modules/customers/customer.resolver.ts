import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { CustomerFilter, CustomerOrder } from './customer.inputs.js';

export const CustomerConnection = connectionOf(Customer, 'Customer');

@ArgsType()
class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Only these.' })
  filter?: CustomerFilter;
  @Field(() => [CustomerOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof CustomerOrder>[];
}

@Resolver(() => Customer)
export class CustomerResolver {
  @Permit('customers:read')
  @Query(() => Customer, {
    nullable: true,
    description: 'One customer, or nothing when there is none that you may see.',
  })
  customer(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Customer | null> {
    return context.recordByPublicId(Customer, id);
  }

  @Permit('customers:read')
  @Query(() => CustomerConnection, { description: 'Customers you may see.' })
  customers(@Args(() => CustomersArgs) args: CustomersArgs, @Ctx() context: RequestContext) {
    return context.page(Customer, args);
  }
}
