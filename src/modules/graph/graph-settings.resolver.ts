import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Float,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { MutationInput, MutationPayload } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { InteractionKind } from '../social/index.js';
import { GraphSettings, InteractionWeight } from './graph-settings.entity.js';
import { setGraphSettings } from './graph-settings.service.js';
import { DEFAULT_HALF_LIFE_DAYS, DEFAULT_WEIGHTS } from './strength.sql.js';

@InputType({ description: 'The weight of a kind of interaction.' })
export class InteractionWeightInput {
  @Field(() => InteractionKind, { description: 'The kind of interaction.' })
  kind: InteractionKind;
  @Field(() => Float, { description: 'Its weight, 0 to 1000; 0 leaves the kind out of the graph.' })
  weight: number;
}

@InputType({ description: 'How interactions add up to ties; what is left out stays.' })
export class SetGraphSettingsInput extends MutationInput {
  @Field(() => Float, { nullable: true, description: 'Days after which an interaction counts half, 0.01 to 36500.' })
  halfLifeDays?: number;
  @Field(() => [InteractionWeightInput], { nullable: true, description: 'Weights that change.' })
  weights?: InteractionWeightInput[];
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether influence and communities are worked out by themselves, as ties change.',
  })
  automaticRuns?: boolean;
}

@ObjectType({ description: 'What became of setting how interactions add up.', simpleResolvers: true })
export class SetGraphSettingsPayload extends MutationPayload {
  @Field(() => GraphSettings, {
    nullable: true,
    description: 'The settings as they are now. Ties follow with the next run.',
  })
  graphSettings?: GraphSettings;
}

async function settingsOf(context: RequestContext): Promise<GraphSettings> {
  const [row] = await context.read<GraphSettings>(
    'select half_life_days as "halfLifeDays", weights, automatic_runs as "automaticRuns", updated_at as "updatedAt" from graph_settings',
  );
  return row ?? ({ halfLifeDays: DEFAULT_HALF_LIFE_DAYS, weights: {}, automaticRuns: true, updatedAt: null } as never);
}

@Resolver(() => GraphSettings)
export class GraphSettingsResolver {
  @Permit('graph:read')
  @Query(() => GraphSettings, { description: 'How interactions add up to ties.' })
  graphSettings(@Ctx() context: RequestContext): Promise<GraphSettings> {
    return settingsOf(context);
  }

  @FieldResolver(() => [InteractionWeight], { description: 'The weight of each kind of interaction.' })
  weights(@Root() settings: GraphSettings): InteractionWeight[] {
    const weights = { ...DEFAULT_WEIGHTS, ...settings.weights };
    return Object.entries(weights).map(([kind, weight]) => ({ kind: kind as InteractionKind, weight }));
  }

  @Permit('graph:manage')
  @Mutation(() => SetGraphSettingsPayload, { description: 'Sets how interactions add up to ties.' })
  async setGraphSettings(
    @Arg('input', () => SetGraphSettingsInput, { description: 'What changes.' }) input: SetGraphSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    const outcome = await mutate(context, 'setGraphSettings', input, tx => setGraphSettings(tx, input));
    return { ...outcome, graphSettings: outcome.userErrors.length > 0 ? null : await settingsOf(context) };
  }
}
