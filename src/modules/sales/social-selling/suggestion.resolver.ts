import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { eachItem, mutate, Permit, RequestContext } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { intentOfPost } from './intent.rules.js';
import { BuyingIntent, LeadSuggestion } from './suggestion.entity.js';
import {
  AcceptLeadSuggestionInput,
  DismissLeadSuggestionInput,
  DismissLeadSuggestionsInput,
  LeadSuggestionFilter,
  LeadSuggestionOrder,
} from './suggestion.inputs.js';
import { LeadSuggestionPayload, LeadSuggestionsPayload } from './suggestion.payloads.js';
import { acceptLeadSuggestion, dismissLeadSuggestion } from './suggestion.service.js';

const LeadSuggestionConnection = connectionOf(LeadSuggestion, 'LeadSuggestion');

@ArgsType()
class LeadSuggestionsArgs extends PageArgs {
  @Field(() => LeadSuggestionFilter, { nullable: true, description: 'Only these.' })
  filter?: LeadSuggestionFilter;
  @Field(() => [LeadSuggestionOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof LeadSuggestionOrder>[];
}

@Resolver()
export class LeadSuggestionResolver {
  @Permit('sales:read')
  @Query(() => LeadSuggestionConnection, {
    description: 'Posts whose authors seem to want to buy, where you may see them and leads.',
  })
  leadSuggestions(@Args(() => LeadSuggestionsArgs) args: LeadSuggestionsArgs, @Ctx() context: RequestContext) {
    return context.page(LeadSuggestion, args);
  }

  @Permit('sales:write')
  @Mutation(() => LeadSuggestionPayload, { description: 'Makes a lead of a suggestion, with the post as its origin.' })
  acceptLeadSuggestion(
    @Arg('input', () => AcceptLeadSuggestionInput, { description: 'Which.' }) input: AcceptLeadSuggestionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'acceptLeadSuggestion', input, tx => acceptLeadSuggestion(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadSuggestionPayload, { description: 'Says that a suggestion is none; it does not come again.' })
  dismissLeadSuggestion(
    @Arg('input', () => DismissLeadSuggestionInput, { description: 'Which, and why.' })
    input: DismissLeadSuggestionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'dismissLeadSuggestion', input, tx => dismissLeadSuggestion(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadSuggestionsPayload, { description: 'Says of up to 200 suggestions that they are none.' })
  dismissLeadSuggestions(
    @Arg('input', () => DismissLeadSuggestionsInput, { description: 'Which, and why.' })
    input: DismissLeadSuggestionsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'dismissLeadSuggestions', input, async tx => ({
      results: await eachItem(tx, input.items, item => dismissLeadSuggestion(tx, context.viewer, item)),
    }));
  }
}

@Resolver(() => Post)
export class PostIntentResolver {
  @FieldResolver(() => BuyingIntent, {
    nullable: true,
    description:
      'That its author seems to want to buy; nothing where they do not, for what we said ourselves, and for who sees no leads.',
  })
  buyingIntent(@Root() post: Post, @Ctx() context: RequestContext): BuyingIntent | null {
    return context.viewer.may('sales:read') ? intentOfPost(post) : null;
  }
}
