import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { CustomerFilter, CustomerOrder } from './customer.inputs.js';
import { customersPage } from './customer.loaders.js';
import { customerByPublicId } from './merge.queries.js';

export const CustomerConnection = connectionOf(Customer, 'Customer');

@ArgsType()
class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Only these.' })
  filter?: CustomerFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'Only those whose name is like this; case, accents and small mistakes do not matter. A whole e-mail address or telephone number finds who has it. The best 1,000 are listed.',
  })
  search?: string;
  @Field(() => [CustomerOrder], {
    nullable: true,
    description: 'In this order; unless said, the newest first, or under a search the best first.',
  })
  orderBy?: InstanceType<typeof CustomerOrder>[];
}

@Resolver(() => Customer)
export class CustomerResolver {
  @Permit('customers:read')
  @Query(() => Customer, {
    nullable: true,
    description:
      'One customer, or nothing when there is none that you may see. The id of one that was merged answers the customer it became.',
  })
  customer(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Customer | null> {
    return customerByPublicId(context, id);
  }

  @Permit('customers:read')
  @Query(() => CustomerConnection, { description: 'Customers you may see.' })
  customers(@Args(() => CustomersArgs) args: CustomersArgs, @Ctx() context: RequestContext) {
    return customersPage(context, args);
  }
}
