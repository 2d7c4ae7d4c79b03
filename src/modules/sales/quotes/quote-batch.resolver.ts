import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { CreateQuotesInput, DecideQuotesInput, SubmitQuotesInput } from './quote.inputs.js';
import { QuotesPayload } from './quote.payloads.js';
import { approveQuotes, createQuotes, submitQuotes } from './quote-batch.service.js';

@Resolver()
export class QuoteBatchResolver {
  @Permit('sales:write')
  @Mutation(() => QuotesPayload, { description: 'Writes up to 200 quotes, as drafts, each by itself.' })
  createQuotes(
    @Arg('input', () => CreateQuotesInput, { description: 'What is offered, and to whom.' }) input: CreateQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createQuotes', input, tx => createQuotes(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => QuotesPayload, { description: 'Submits up to 200 drafts, each by itself, as `submitQuote` does.' })
  submitQuotes(
    @Arg('input', () => SubmitQuotesInput, { description: 'Which.' }) input: SubmitQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'submitQuotes', input, tx => submitQuotes(tx, context.viewer, input.items));
  }

  @Permit('sales:approve')
  @Mutation(() => QuotesPayload, { description: 'Approves up to 200 quotes that wait for it, each by itself.' })
  approveQuotes(
    @Arg('input', () => DecideQuotesInput, { description: 'Which.' }) input: DecideQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'approveQuotes', input, tx => approveQuotes(tx, context.viewer, input.items));
  }
}
