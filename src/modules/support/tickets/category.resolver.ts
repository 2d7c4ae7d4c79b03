import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import {
  CreateTicketCategoryInput,
  TicketCategoriesArgs,
  TicketCategoryConnection,
  TicketCategoryPayload,
  UpdateTicketCategoryInput,
} from './category.inputs.js';
import { createCategory, updateCategory } from './category.service.js';
import { TicketCategory } from './ticket-category.entity.js';

@Resolver()
export class TicketCategoryResolver {
  @Permit('tickets:read')
  @Query(() => TicketCategoryConnection, { description: 'What tickets may be about, by name.' })
  ticketCategories(@Args(() => TicketCategoriesArgs) args: TicketCategoriesArgs, @Ctx() context: RequestContext) {
    return context.page(TicketCategory, args);
  }

  @Permit('support:manage')
  @Mutation(() => TicketCategoryPayload, { description: 'Makes a category.' })
  createTicketCategory(
    @Arg('input', () => CreateTicketCategoryInput, { description: 'What it is called.' })
    input: CreateTicketCategoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTicketCategory', input, tx => createCategory(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => TicketCategoryPayload, { description: 'Changes a category, or puts it out of use.' })
  updateTicketCategory(
    @Arg('input', () => UpdateTicketCategoryInput, { description: 'Which, and how.' })
    input: UpdateTicketCategoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicketCategory', input, tx => updateCategory(tx, input));
  }
}
