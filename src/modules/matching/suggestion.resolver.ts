import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { SocialIdentity } from '../social/index.js';
import { LinkSuggestion, LinkSuggestionState } from './suggestion.entity.js';
import {
  AcceptLinkSuggestionInput,
  LinkSuggestionPayload,
  LinkSuggestionsArgs,
  RejectLinkSuggestionInput,
  ReopenLinkSuggestionInput,
} from './suggestion.inputs.js';
import { acceptLinkSuggestion, rejectLinkSuggestion, reopenLinkSuggestion } from './suggestion.service.js';

const LinkSuggestionConnection = connectionOf(LinkSuggestion, 'LinkSuggestion');

/** What waits, unless another state is asked for. */
function waiting(args: LinkSuggestionsArgs): LinkSuggestionsArgs & { filter: Record<string, unknown> } {
  const { filter } = args;
  return { ...args, filter: filter?.state ? { ...filter } : { ...filter, state: { eq: LinkSuggestionState.PENDING } } };
}

@Resolver()
export class SuggestionResolver {
  @Permit('linking:read')
  @Query(() => LinkSuggestionConnection, {
    description: 'Which identities may be which customers, of those you may both see: what waits to be decided.',
  })
  linkSuggestions(@Args(() => LinkSuggestionsArgs) args: LinkSuggestionsArgs, @Ctx() context: RequestContext) {
    return context.page(LinkSuggestion, waiting(args));
  }

  @Permit('linking:write')
  @Mutation(() => LinkSuggestionPayload, { description: 'Links the identity to the customer, as suggested.' })
  acceptLinkSuggestion(
    @Arg('input', () => AcceptLinkSuggestionInput, { description: 'Which.' }) input: AcceptLinkSuggestionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'acceptLinkSuggestion', input, tx => acceptLinkSuggestion(tx, context.viewer, input.id));
  }

  @Permit('linking:write')
  @Mutation(() => LinkSuggestionPayload, {
    description: 'Says that the two are not the same; they are never suggested again.',
  })
  rejectLinkSuggestion(
    @Arg('input', () => RejectLinkSuggestionInput, { description: 'Which.' }) input: RejectLinkSuggestionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'rejectLinkSuggestion', input, tx =>
      rejectLinkSuggestion(tx, context.viewer, input.id, input.neverAskAgain === true),
    );
  }

  @Permit('linking:write')
  @Mutation(() => LinkSuggestionPayload, {
    description: 'Takes a rejection back: the pair may be suggested again, and the identity asked about.',
  })
  reopenLinkSuggestion(
    @Arg('input', () => ReopenLinkSuggestionInput, { description: 'Which.' }) input: ReopenLinkSuggestionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reopenLinkSuggestion', input, tx => reopenLinkSuggestion(tx, context.viewer, input.id));
  }
}

@Resolver(() => Customer)
export class CustomerSuggestionsResolver {
  @FieldResolver(() => LinkSuggestionConnection, {
    description: 'Identities it may be, of those you may see; those that wait to be decided unless said.',
  })
  linkSuggestions(
    @Root() customer: Customer,
    @Args(() => LinkSuggestionsArgs) args: LinkSuggestionsArgs,
    @Ctx() context: RequestContext,
  ) {
    const list = { name: 'customer.linkSuggestions', condition: 't.customer_id = k.parent' };
    return context.pageOf(LinkSuggestion, list, customer.id, waiting(args));
  }
}

@Resolver(() => SocialIdentity)
export class IdentitySuggestionsResolver {
  @FieldResolver(() => LinkSuggestionConnection, {
    description: 'Customers it may be, of those you may see; those that wait to be decided unless said.',
  })
  linkSuggestions(
    @Root() identity: SocialIdentity,
    @Args(() => LinkSuggestionsArgs) args: LinkSuggestionsArgs,
    @Ctx() context: RequestContext,
  ) {
    const list = { name: 'identity.linkSuggestions', condition: 't.identity_id = k.parent' };
    return context.pageOf(LinkSuggestion, list, identity.id, waiting(args));
  }
}
