import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { Account, AccountCapabilities, AccountState } from './account.entity.js';
import {
  AccountPayload,
  CreateAccountInput,
  RemoveAccountInput,
  RemoveAccountPayload,
  SetAccountBudgetInput,
  UpdateAccountInput,
} from './account.inputs.js';
import { allAccounts, sourcesOfAccount } from './account.loaders.js';
import { createAccount, removeAccount, updateAccount } from './account.service.js';
import { grantedCapabilities } from './accounts/health.rules.js';
import { type ChannelDirectory, NO_CAPABILITIES } from './channel.directory.js';
import { Source } from './source.entity.js';
import { accountState } from './source.rules.js';
import { AccountSpending } from './spending.entity.js';
import { spendingOfAccount } from './spending.loaders.js';
import { setAccountBudget } from './spending.service.js';

@Resolver(() => Account)
export class AccountResolver {
  constructor(private readonly channels: ChannelDirectory) {}

  @Permit('channels:read')
  @Query(() => [Account], { description: "The organisation's own accounts on networks, the oldest first." })
  accounts(@Ctx() context: RequestContext): Promise<Account[]> {
    return allAccounts(context);
  }

  @Permit('channels:read')
  @Query(() => Account, { nullable: true, description: 'One account, or nothing when there is none that you may see.' })
  account(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Account | null> {
    return context.recordByPublicId(Account, id);
  }

  @FieldResolver(() => AccountState, {
    description: 'How it fares: as it was set, or else as the worst of its sources.',
  })
  async state(@Root() account: Account, @Ctx() context: RequestContext): Promise<AccountState> {
    return accountState(account.state, await sourcesOfAccount(context, account.id));
  }

  @FieldResolver(() => AccountCapabilities, {
    description: 'What can be done through it, as far as its network allows this account.',
  })
  capabilities(@Root() account: Account): AccountCapabilities {
    const channel = account.connector
      ? this.channels.byKind(account.connector)
      : this.channels.forNetwork(account.network);
    return grantedCapabilities(channel?.capabilities ?? NO_CAPABILITIES, account.granted);
  }

  @FieldResolver(() => [Source], { description: 'What is followed through it, the oldest first.' })
  sources(@Root() account: Account, @Ctx() context: RequestContext): Promise<Source[]> {
    return sourcesOfAccount(context, account.id);
  }

  @FieldResolver(() => AccountSpending, { description: 'What it cost this month, as far as its network bills us.' })
  async spending(@Root() account: Account, @Ctx() context: RequestContext): Promise<AccountSpending> {
    const { monthlyBudget } = account;
    const budget = monthlyBudget === null ? null : { amount: monthlyBudget, currency: 'USD' };
    return { ...(await context.load(spendingOfAccount, account.id)), budget };
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, { description: 'Adds an account of the organisation.' })
  createAccount(
    @Arg('input', () => CreateAccountInput, { description: 'The account.' }) input: CreateAccountInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createAccount', input, tx => createAccount(tx, context.viewer, input));
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, { description: 'Changes an account, or stops and starts all of its sources.' })
  updateAccount(
    @Arg('input', () => UpdateAccountInput, { description: 'What is to change.' }) input: UpdateAccountInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateAccount', input, tx => updateAccount(tx, context.viewer, input));
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, {
    description: 'Sets what an account may cost in a month; what an earlier budget had stopped is read again.',
  })
  setAccountBudget(
    @Arg('input', () => SetAccountBudgetInput, { description: 'How much.' }) input: SetAccountBudgetInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setAccountBudget', input, tx => setAccountBudget(tx, context.viewer, input));
  }

  @Permit('channels:manage')
  @Mutation(() => RemoveAccountPayload, { description: 'Removes an account and its sources; what they brought stays.' })
  removeAccount(
    @Arg('input', () => RemoveAccountInput, { description: 'Which account.' }) input: RemoveAccountInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeAccount', input, tx => removeAccount(tx, context.viewer, input.id));
  }
}
