import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { TicketView } from './ticket-view.entity.js';
import {
  CreateTicketViewInput,
  DeleteTicketViewInput,
  TicketViewPayload,
  UpdateTicketViewInput,
} from './view.inputs.js';
import { ticketViews, viewById } from './view.queries.js';
import { createView, deleteView, updateView } from './view.service.js';

@Resolver(() => TicketViewPayload)
export class TicketViewResolver {
  @Permit('support:read')
  @Query(() => [TicketView], {
    description: 'Saved filters of tickets: your own, those of your teams and everybody’s, in their order.',
  })
  ticketViews(@Ctx() context: RequestContext): Promise<TicketView[]> {
    return ticketViews(context);
  }

  @FieldResolver(() => TicketView, { nullable: true, description: 'The view, unless it was removed.' })
  view(@Root() { viewId }: TicketViewPayload, @Ctx() context: RequestContext): Promise<TicketView | null> | null {
    return viewId ? context.load(viewById, viewId) : null;
  }

  @Permit('tickets:work')
  @Mutation(() => TicketViewPayload, { description: 'Saves a filter of tickets under a name.' })
  createTicketView(
    @Arg('input', () => CreateTicketViewInput, { description: 'What it shows.' }) input: CreateTicketViewInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTicketView', input, tx => createView(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketViewPayload, { description: 'Changes a saved filter.' })
  updateTicketView(
    @Arg('input', () => UpdateTicketViewInput, { description: 'Which, and how.' }) input: UpdateTicketViewInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicketView', input, tx => updateView(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketViewPayload, { description: 'Removes a saved filter.' })
  deleteTicketView(
    @Arg('input', () => DeleteTicketViewInput, { description: 'Which.' }) input: DeleteTicketViewInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'deleteTicketView', input, tx => deleteView(tx, context.viewer, input.id));
  }
}
