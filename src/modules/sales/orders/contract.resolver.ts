import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { organizationDay, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Contract } from './contract.entity.js';
import { ContractConnection, ContractsArgs, RecurringRevenueArgs } from './contract.inputs.js';
import { recurringRevenue, renewalsOfContract } from './contract.loaders.js';
import { RecurringRevenue } from './contract.payloads.js';
import { ContractRenewal } from './contract-renewal.entity.js';
import { Order } from './order.entity.js';
import { contractsOfOrder } from './order.loaders.js';

@Resolver(() => Contract)
export class ContractResolver {
  @Permit('orders:read')
  @Query(() => Contract, {
    nullable: true,
    description: 'One contract, or nothing when there is none that you may see.',
  })
  contract(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Contract | null> {
    return context.recordByPublicId(Contract, id);
  }

  @Permit('orders:read')
  @Query(() => ContractConnection, { description: 'Contracts you may see.' })
  contracts(@Args(() => ContractsArgs) args: ContractsArgs, @Ctx() context: RequestContext) {
    return context.page(Contract, args);
  }

  @Permit('sales:read')
  @Query(() => [RecurringRevenue], {
    description:
      'What the contracts you may see bring a month, one entry a currency, the one with most contracts first.',
  })
  async recurringRevenue(
    @Args(() => RecurringRevenueArgs) { on }: RecurringRevenueArgs,
    @Ctx() context: RequestContext,
  ): Promise<RecurringRevenue[]> {
    const query = <Row>(sql: string, values?: unknown[]) => context.read<Row>(sql, values);
    return recurringRevenue(context, on ?? (await organizationDay({ scope: context.scope, query })));
  }

  @FieldResolver(() => [ContractRenewal], { description: 'The terms that followed the first, the latest first.' })
  renewalHistory(@Root() contract: Contract, @Ctx() context: RequestContext): Promise<ContractRenewal[]> {
    return context.load(renewalsOfContract, contract.id);
  }
}

@Resolver(() => Order)
export class OrderContractsResolver {
  @FieldResolver(() => [Contract], { description: 'Contracts that were made from its subscriptions.' })
  contracts(@Root() order: Order, @Ctx() context: RequestContext): Promise<Contract[]> {
    return context.load(contractsOfOrder, order.id);
  }
}

@Resolver(() => Customer)
export class CustomerContractsResolver {
  @FieldResolver(() => ContractConnection, { description: 'Its contracts, the newest first.' })
  contracts(
    @Root() customer: Customer,
    @Args(() => ContractsArgs) args: ContractsArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.pageOf(
      Contract,
      { name: 'customer.contracts', condition: 't.customer_id = k.parent' },
      customer.id,
      args,
    );
  }
}
