import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { relationsList } from './belongings.lists.js';
import { Customer } from './customer.entity.js';
import { belongingsPage } from './list.loaders.js';
import { CustomerRelation } from './relation.entity.js';
import { RelateCustomersInput, RelationPayload, UnrelateCustomersInput } from './relation.inputs.js';
import { relateCustomers, unrelateCustomers } from './relation.service.js';

const CustomerRelationConnection = connectionOf(CustomerRelation, 'CustomerRelation');

@Resolver(() => Customer)
export class RelationResolver {
  @FieldResolver(() => CustomerRelationConnection, {
    description: 'Its ties to other customers that you may see, both ways, the newest first.',
  })
  relations(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return belongingsPage(context, relationsList, customer.id, args);
  }

  @Permit('customers:write')
  @Mutation(() => RelationPayload, { description: 'Ties one customer to another.' })
  relateCustomers(
    @Arg('input', () => RelateCustomersInput, { description: 'Who, to whom, and how.' }) input: RelateCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'relateCustomers', input, tx => relateCustomers(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => RelationPayload, { description: 'Undoes a tie between two customers.' })
  unrelateCustomers(
    @Arg('input', () => UnrelateCustomersInput, { description: 'Which.' }) input: UnrelateCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'unrelateCustomers', input, tx => unrelateCustomers(tx, context.viewer, input.id));
  }
}
