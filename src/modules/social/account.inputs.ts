import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Decimal, MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { Account } from './account.entity.js';
import { Network } from './networks.js';

export enum AccountSwitch {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
}
registerEnumType(AccountSwitch, {
  name: 'AccountSwitch',
  description: 'What an account can be set to.',
  valuesConfig: {
    ACTIVE: { description: 'Read its sources; also after somebody signed in again.' },
    PAUSED: { description: 'Read none of its sources.' },
  },
});

@InputType({ description: 'An account of the organisation that is to be looked after.' })
export class CreateAccountInput extends MutationInput {
  @Field(() => Network, { description: 'The network it is on.' })
  network: Network;
  @Field({ description: 'Its handle there, with or without @; for a blog, its address.' })
  handle: string;
  @Field(() => String, { nullable: true, description: 'Its name there.' })
  displayName?: string | null;
  @Field(() => String, { nullable: true, description: "The network's own id of it, where it is known." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team it belongs to.' })
  teamId?: string | null;
}

@InputType({ description: 'What is to change about an account; what is left out stays.' })
export class UpdateAccountInput extends MutationInput {
  @Field(() => ID, { description: 'The account.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Its name on the network.' })
  displayName?: string | null;
  @Field(() => AccountSwitch, { nullable: true, description: 'Whether its sources are read.' })
  state?: AccountSwitch | null;
  @Field(() => ID, { nullable: true, description: 'The team it belongs to; null takes it from its team.' })
  teamId?: string | null;
}

@InputType({ description: 'Which account is to be removed.' })
export class RemoveAccountInput extends MutationInput {
  @Field(() => ID, { description: 'The account. Its sources go with it; what they brought stays.' })
  id: string;
}

@InputType({ description: 'What an account may cost.' })
export class SetAccountBudgetInput extends MutationInput {
  @Field(() => ID, { description: 'The account.' })
  accountId: string;
  @Field(() => Decimal, {
    nullable: true,
    description:
      'What its network may bill in a calendar month (UTC), in US dollars, with cents at most; null for no end. Reading pauses before more is spent.',
  })
  monthlyBudget?: string | null;
}

@ObjectType({ description: 'An account after it was changed.', simpleResolvers: true })
export class AccountPayload extends MutationPayload {
  @Reference(() => Account, 'accountId', { nullable: true, description: 'The account.' })
  account?: Account;
}

@ObjectType({ description: 'Which account was removed.', simpleResolvers: true })
export class RemoveAccountPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the account that is no longer there.' })
  removedAccountId?: string;
}
