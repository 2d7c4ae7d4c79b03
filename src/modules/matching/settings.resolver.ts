import { Arg, Ctx, Field, Float, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { matchingSettings } from './settings.queries.js';
import { changeMatchingRules } from './settings.service.js';

@ObjectType({
  description: 'From how likely on something is done about an identity and a customer.',
  simpleResolvers: true,
})
export class MatchingRules {
  @Field(() => Float, {
    description:
      'Confidence from which on a pair is suggested, 0 to 1; also one that would have it but for a few others who fit alike.',
  })
  review: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Confidence from which on a pair is linked without asking, where two strong comparisons say so and none speaks against; nothing where people decide all.',
  })
  autoLink: number | null;
}

@InputType({ description: 'How matching is to act; what is left out stays.' })
export class SetMatchingRulesInput extends MutationInput {
  @Field(() => Float, {
    nullable: true,
    description: 'Confidence from which on a pair is suggested; null as for everybody.',
  })
  review?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Confidence from which on a pair is linked without asking, .99 at least; null never.',
  })
  autoLink?: number | null;
}

@ObjectType({ description: 'How matching acts after it was changed.', simpleResolvers: true })
export class MatchingRulesPayload extends MutationPayload {
  @Field(() => MatchingRules, { nullable: true, description: 'The rules.' })
  rules?: MatchingRules;
}

@Resolver()
export class MatchingSettingsResolver {
  @Permit('linking:read')
  @Query(() => MatchingRules, { description: 'From how likely on pairs are suggested and linked.' })
  matchingRules(@Ctx() context: RequestContext): Promise<MatchingRules> {
    return matchingSettings((sql, parameters) => context.read(sql, parameters), context.scope.organizationId);
  }

  @Permit('access:manage')
  @Mutation(() => MatchingRulesPayload, { description: 'Sets from how likely on pairs are suggested and linked.' })
  setMatchingRules(
    @Arg('input', () => SetMatchingRulesInput, { description: 'The rules.' }) input: SetMatchingRulesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setMatchingRules', input, tx => changeMatchingRules(tx, input));
  }
}
