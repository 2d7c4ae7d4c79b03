import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Contract } from './contract.entity.js';
import { ContractFilter } from './contract.inputs.js';
import { contractRecord } from './records.js';

@ObjectType({ description: 'A contract was made, changed, renewed or ended.', simpleResolvers: true })
export class ContractChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the contract.' })
  contractId: string;
  @Reference(() => Contract, 'storedContractId', { nullable: true, description: 'The contract as it is now.' })
  contract?: Contract;
}

defineStream({
  field: 'contractChanged',
  types: ['contract.changed'],
  record: contractRecord,
  root: (event, cursor) => ({
    cursor,
    contractId: publicId('contract', event.subjectId),
    storedContractId: event.subjectId,
  }),
});

@ArgsType()
class ContractStreamArgs {
  @Field(() => ContractFilter, { nullable: true, description: 'Only contracts like these.' })
  filter?: ContractFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class ContractStreamResolver {
  @Permit('orders:read')
  @Subscription(() => ContractChanged, {
    subscribe: overSocket,
    description: 'Changes to contracts you may see, each once and in order.',
  })
  contractChanged(
    @Root() event: ContractChanged,
    @Args(() => ContractStreamArgs) _args: ContractStreamArgs,
  ): ContractChanged {
    return event;
  }
}
