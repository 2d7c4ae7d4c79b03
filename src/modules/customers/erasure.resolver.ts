import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Json } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { EraseCustomerPayload } from './customer.payloads.js';
import { CustomerIdInput } from './customer-change.inputs.js';
import { eraseCustomer } from './erasure.service.js';
import { customerExport } from './export.queries.js';

@Resolver()
export class ErasureResolver {
  @Permit('customers:export')
  @Query(() => Json, {
    nullable: true,
    description: 'Everything that is kept about one customer, a deleted one too, as one document.',
  })
  customerExport(
    @Arg('id', () => ID, { description: 'The customer.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return customerExport(context, id);
  }

  @Permit('customers:erase')
  @Mutation(() => EraseCustomerPayload, {
    description: 'Erases everything about a customer, for good. Nothing brings it back.',
  })
  eraseCustomer(
    @Arg('input', () => CustomerIdInput, { description: 'Which.' }) input: CustomerIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'eraseCustomer', input, tx => eraseCustomer(tx, context.viewer, input.id));
  }
}
