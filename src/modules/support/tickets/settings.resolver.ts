import { Arg, Ctx, Field, FieldResolver, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { readTicketSettings } from './settings.queries.js';
import { changeTicketSettings } from './settings.service.js';

@ObjectType({ description: 'How the organisation deals with tickets.', simpleResolvers: true })
export class TicketSettings {
  @Field(() => Int, { description: 'After how many days a solved ticket is closed for good; 7 unless changed.' })
  closeSolvedAfterDays: number;
}

@InputType({ description: 'Changes how tickets are dealt with; what is left out stays.' })
export class UpdateTicketSettingsInput extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'After how many days a solved ticket is closed for good, from 1 to 365.',
  })
  closeSolvedAfterDays?: number | null;
}

@ObjectType({ description: 'How tickets are dealt with, after that was changed.', simpleResolvers: true })
export class TicketSettingsPayload extends MutationPayload {
  @Field(() => TicketSettings, { nullable: true, description: 'The settings.' })
  settings?: TicketSettings;
}

@Resolver(() => TicketSettingsPayload)
export class TicketSettingsResolver {
  @Permit('support:read')
  @Query(() => TicketSettings, { description: 'How the organisation deals with tickets.' })
  ticketSettings(@Ctx() context: RequestContext): Promise<TicketSettings> {
    return readTicketSettings(context);
  }

  @FieldResolver(() => TicketSettings, { nullable: true, description: 'The settings.' })
  settings(@Ctx() context: RequestContext): Promise<TicketSettings> {
    return readTicketSettings(context);
  }

  @Permit('support:manage')
  @Mutation(() => TicketSettingsPayload, { description: 'Changes how tickets are dealt with.' })
  updateTicketSettings(
    @Arg('input', () => UpdateTicketSettingsInput, { description: 'What to change.' }) input: UpdateTicketSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicketSettings', input, tx => changeTicketSettings(tx, input));
  }
}
