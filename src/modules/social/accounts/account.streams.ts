import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Account } from '../account.entity.js';
import { accountRecord } from '../records.js';

@ObjectType({ description: 'How an account fares changed.', simpleResolvers: true })
export class AccountHealthChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the account.' })
  accountId: string;
  @Reference(() => Account, 'storedAccountId', { nullable: true, description: 'The account as it is now.' })
  account?: Account;
}

defineStream({
  field: 'accountHealthChanged',
  types: ['account.changed'],
  record: accountRecord,
  root: (event, cursor) => ({
    cursor,
    accountId: publicId('account', event.subjectId),
    storedAccountId: event.subjectId,
  }),
});

@ArgsType()
class AccountStreamArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class AccountStreamResolver {
  @Permit('channels:read')
  @Subscription(() => AccountHealthChanged, {
    subscribe: overSocket,
    description:
      'Accounts whose state, problem or capabilities changed, or those of one of their sources; each change once and in order.',
  })
  accountHealthChanged(
    @Root() event: AccountHealthChanged,
    @Args(() => AccountStreamArgs) _args: AccountStreamArgs,
  ): AccountHealthChanged {
    return event;
  }
}
