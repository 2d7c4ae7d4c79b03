import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { CreateQuoteInput, ReviseQuoteInput, UpdateQuoteInput } from './quote.inputs.js';
import { QuotePayload } from './quote.payloads.js';
import { createQuote, reviseQuote, updateQuote } from './quote.service.js';

@Resolver()
export class QuoteChangeResolver {
  @Permit('sales:write')
  @Mutation(() => QuotePayload, { description: 'Writes a quote, as a draft.' })
  createQuote(
    @Arg('input', () => CreateQuoteInput, { description: 'What is offered, and to whom.' }) input: CreateQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createQuote', input, tx => createQuote(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => QuotePayload, { description: 'Changes a draft.' })
  updateQuote(
    @Arg('input', () => UpdateQuoteInput, { description: 'Which, and how.' }) input: UpdateQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateQuote', input, tx => updateQuote(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => QuotePayload, {
    description:
      'Writes a new revision of a quote, as a draft with the same number. The one before is SUPERSEDED and can be accepted no more.',
  })
  reviseQuote(
    @Arg('input', () => ReviseQuoteInput, { description: 'Which, and what is different.' }) input: ReviseQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reviseQuote', input, tx => reviseQuote(tx, context.viewer, input));
  }
}
