import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { publicId } from '../../platform/ids.js';
import { connectionOf, Hideable, PageArgs } from '../../platform/schema/index.js';
import { type Access, change, Permit, RequestContext } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { CustomerMerge, MergeReport } from './merge.entity.js';
import { MergeCustomersInput, UndoMergeInput } from './merge.inputs.js';
import { mergeReport, mergesPage, visibleCustomers } from './merge.loaders.js';
import { MergeCustomersPayload, UndoMergePayload } from './merge.payloads.js';
import { mergeCustomers } from './merge.service.js';
import { undoMerge } from './merge-undo.service.js';

const CustomerMergeConnection = connectionOf(CustomerMerge, 'CustomerMerge');

@Resolver(() => Customer)
export class MergeResolver {
  // Whom a login acts for changes with a merge, and again with its undoing.
  constructor(private readonly access: Access) {}

  @Hideable(() => Customer)
  @FieldResolver(() => CustomerMergeConnection, {
    nullable: true,
    description: 'When others were found to be this customer, the latest first, also where that was undone.',
  })
  merges(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return mergesPage(context, customer.id, args);
  }

  @Permit('linking:write')
  @Mutation(() => MergeCustomersPayload, {
    description:
      'Makes several customers one. Contact points, preferences, consents, notes, ties, identities and logins of the others become those of the survivor; what both had is kept once, and of consents what was said last counts. `undoMerge` takes it back.',
  })
  mergeCustomers(
    @Arg('input', () => MergeCustomersInput, { description: 'Who they are, and whose values count.' })
    input: MergeCustomersInput,
    @Ctx() context: RequestContext,
  ) {
    // What was only tried is not remembered as done.
    const remembered = input.dryRun ? { idempotencyKey: null } : input;
    return change(this.access, context, 'mergeCustomers', remembered, tx => mergeCustomers(tx, context.viewer, input));
  }

  @Permit('linking:write')
  @Mutation(() => UndoMergePayload, {
    description:
      'Makes merged customers again what they were. Changes made after the merge stay; what they keep from being put back is told in `notRestored`.',
  })
  undoMerge(
    @Arg('input', () => UndoMergeInput, { description: 'Which merge.' }) input: UndoMergeInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'undoMerge', input, tx => undoMerge(tx, context.viewer, input.mergeId));
  }
}

@Resolver(() => CustomerMerge)
export class CustomerMergeResolver {
  @FieldResolver(() => [ID], { description: 'The customers that became it. Their ids answer the survivor.' })
  mergedIds(@Root() merge: CustomerMerge): string[] {
    return merge.mergedIds.map(id => publicId('customer', id));
  }
}

@Resolver(() => MergeCustomersPayload)
export class MergeCustomersPayloadResolver {
  @FieldResolver(() => MergeReport, {
    nullable: true,
    description: 'What the merge changed, or in a dry run would change.',
  })
  report(
    @Root() payload: { report?: MergeReport; mergeId?: string },
    @Ctx() context: RequestContext,
  ): Promise<MergeReport | null> | MergeReport | null {
    return payload.report ?? (payload.mergeId ? context.load(mergeReport, payload.mergeId) : null);
  }
}

@Resolver(() => UndoMergePayload)
export class UndoMergePayloadResolver {
  @FieldResolver(() => [Customer], {
    nullable: true,
    description: 'The survivor, then those that are customers of their own again, as far as you see them.',
  })
  customers(@Root() payload: { customerIds?: string[] }, @Ctx() context: RequestContext): Promise<Customer[]> | null {
    return payload.customerIds ? visibleCustomers(context, payload.customerIds) : null;
  }
}
