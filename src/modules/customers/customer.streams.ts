import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, registerEnumType, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../events/index.js';
import { publicId } from '../../platform/ids.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { CustomerFilter } from './customer.inputs.js';
import { customerRecord } from './records.js';

export enum CustomerChange {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
  MERGED = 'MERGED',
  UNMERGED = 'UNMERGED',
  ERASED = 'ERASED',
}
registerEnumType(CustomerChange, {
  name: 'CustomerChange',
  description: 'What happened to a customer.',
  valuesConfig: {
    CREATED: { description: 'It was kept for the first time.' },
    UPDATED: { description: 'Something about it changed, its identities, contact points and notes included.' },
    DELETED: { description: 'It was deleted; it can be restored.' },
    MERGED: { description: 'Others became it: what was theirs is its own now. They are told as deleted.' },
    UNMERGED: { description: 'Others that had become it are customers of their own again, told as updated.' },
    ERASED: { description: 'Everything about it was erased for good.' },
  },
});

@ObjectType({ description: 'A change to a customer.', simpleResolvers: true })
export class CustomerChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => CustomerChange, { description: 'What happened.' })
  change: CustomerChange;
  @Field(() => ID, { description: 'Id of the customer, also when it is gone.' })
  customerId: string;
  @Reference(() => Customer, 'storedCustomerId', {
    nullable: true,
    description: 'The customer as it is now; nothing once it is gone.',
  })
  customer?: Customer;
}

const CHANGES = {
  'customer.created': CustomerChange.CREATED,
  'customer.updated': CustomerChange.UPDATED,
  'customer.deleted': CustomerChange.DELETED,
  'customer.merged': CustomerChange.MERGED,
  'customer.unmerged': CustomerChange.UNMERGED,
  'customer.erased': CustomerChange.ERASED,
} as const;

defineStream({
  field: 'customerChanged',
  types: Object.keys(CHANGES) as (keyof typeof CHANGES)[],
  record: customerRecord,
  includesUnlisted: true,
  root: (event, cursor) => ({
    cursor,
    change: CHANGES[event.type as keyof typeof CHANGES],
    customerId: publicId('customer', event.subjectId),
    storedCustomerId: event.subjectId,
  }),
});

@ArgsType()
class CustomerStreamArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Only customers like these.' })
  filter?: CustomerFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class CustomerStreamResolver {
  @Permit('customers:read')
  @Subscription(() => CustomerChanged, {
    subscribe: overSocket,
    description: 'Changes to customers, each once and in order.',
  })
  customerChanged(
    @Root() event: CustomerChanged,
    @Args(() => CustomerStreamArgs) _args: CustomerStreamArgs,
  ): CustomerChanged {
    return event;
  }
}
