import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Lead } from './lead.entity.js';
import { ownershipOfCustomer, ownershipOfLead, ownershipOfOpportunity } from './ownership.loaders.js';
import { OwnershipChange } from './ownership-change.entity.js';
import { TransferRecordsInput, TransferRecordsPayload } from './transfer.inputs.js';
import { transferRecords } from './transfer.service.js';

const description = 'Who had it and to whom it was given, the latest first; the last hundred times.';

@Resolver(() => Lead)
export class LeadOwnershipResolver {
  @FieldResolver(() => [OwnershipChange], { description })
  ownershipHistory(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<OwnershipChange[]> {
    return context.load(ownershipOfLead, lead.id);
  }

  @Permit('sales:write')
  @Mutation(() => TransferRecordsPayload, {
    description: 'Gives leads, opportunities with their open quotes, and customers to somebody else.',
  })
  transferRecords(
    @Arg('input', () => TransferRecordsInput, { description: 'Which, and to whom.' }) input: TransferRecordsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'transferRecords', input, async tx => ({
      ...(await transferRecords(tx, context.viewer, input)),
    }));
  }
}

@Resolver(() => Opportunity)
export class OpportunityOwnershipResolver {
  @FieldResolver(() => [OwnershipChange], { description })
  ownershipHistory(@Root() opportunity: Opportunity, @Ctx() context: RequestContext): Promise<OwnershipChange[]> {
    return context.load(ownershipOfOpportunity, opportunity.id);
  }
}

@Resolver(() => Customer)
export class CustomerOwnershipResolver {
  @FieldResolver(() => [OwnershipChange], { description: `${description} For staff who see who looks after it.` })
  async ownershipHistory(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<OwnershipChange[]> {
    const isTold = context.viewer.may('sales:read') && !context.isHidden('CUSTOMER', 'owner');
    return isTold ? context.load(ownershipOfCustomer, customer.id) : [];
  }
}
