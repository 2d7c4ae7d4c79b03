import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import type { Outbox } from '../../social/index.js';
import { TicketPayload, TicketsPayload } from '../tickets/ticket.payloads.js';
import { MacroAction, TicketMacro } from './macro.entity.js';
import {
  ApplyMacroInput,
  ApplyMacrosInput,
  CreateTicketMacroInput,
  RemoveTicketMacroInput,
  TicketMacroConnection,
  TicketMacroPayload,
  UpdateTicketMacroInput,
} from './macro.inputs.js';
import { createMacro, removeMacro, updateMacro } from './macro.service.js';
import { applyMacro, applyMacros } from './macro-applying.service.js';

@Resolver(() => TicketMacro)
export class TicketMacroResolver {
  constructor(private readonly outbox: Outbox) {}

  @Permit('support:read')
  @Query(() => TicketMacroConnection, {
    description:
      'What is done to tickets in one go: macros for everybody and for your teams; all for who manages support.',
  })
  ticketMacros(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    const { viewer } = context;
    return context.page(TicketMacro, args, parameters =>
      viewer.may('support:manage')
        ? 'true'
        : `(t.team_id is null or t.team_id = any (${parameters.add(viewer.teamIds, 'uuid[]')}))`,
    );
  }

  @Permit('support:manage')
  @Mutation(() => TicketMacroPayload, { description: 'Keeps what is done to tickets in one go.' })
  createTicketMacro(
    @Arg('input', () => CreateTicketMacroInput, { description: 'What it does.' }) input: CreateTicketMacroInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTicketMacro', input, tx => createMacro(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => TicketMacroPayload, { description: 'Changes a macro.' })
  updateTicketMacro(
    @Arg('input', () => UpdateTicketMacroInput, { description: 'Which, and how.' }) input: UpdateTicketMacroInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicketMacro', input, tx => updateMacro(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => TicketMacroPayload, { description: 'Removes a macro.' })
  removeTicketMacro(
    @Arg('input', () => RemoveTicketMacroInput, { description: 'Which.' }) input: RemoveTicketMacroInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeTicketMacro', input, tx => removeMacro(tx, input.id));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Does all steps of a macro to a ticket, or none.' })
  applyMacro(
    @Arg('input', () => ApplyMacroInput, { description: 'Which, and to which ticket.' }) input: ApplyMacroInput,
    @Ctx() context: RequestContext,
  ) {
    const { confirmUnseen } = input;
    const applying = { outbox: this.outbox, writer: context, confirmUnseen: confirmUnseen ?? false };
    return mutate(context, 'applyMacro', input, tx => applyMacro(tx, applying, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Does the steps of a macro to up to 200 tickets, each by itself.' })
  applyMacros(
    @Arg('input', () => ApplyMacrosInput, { description: 'Which, and to which tickets.' }) input: ApplyMacrosInput,
    @Ctx() context: RequestContext,
  ) {
    const { confirmUnseen } = input;
    const applying = { outbox: this.outbox, writer: context, confirmUnseen: confirmUnseen ?? false };
    return mutate(context, 'applyMacros', input, tx => applyMacros(tx, applying, input));
  }

  @FieldResolver(() => [MacroAction], { description: 'Its steps, in order.' })
  actions(@Root() { actions }: TicketMacro): MacroAction[] {
    return actions;
  }
}
