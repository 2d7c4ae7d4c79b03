import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Tx } from '../../../platform/database/database.js';
import { eachItem, mutate, Permit, RequestContext, type Viewer } from '../../access/index.js';
import { CreateQuotesInput, DecideQuotesInput, SubmitQuotesInput } from './quote.inputs.js';
import { QuotesPayload } from './quote.payloads.js';
import { createQuote } from './quote.service.js';
import { approveQuote, submitQuote } from './quote-approval.service.js';

/** The same as for one quote, for up to 200, each in a savepoint of its own. */
@Resolver()
export class QuoteBatchResolver {
  @Permit('sales:write')
  @Mutation(() => QuotesPayload, { description: 'Writes up to 200 quotes, as drafts, each by itself.' })
  createQuotes(
    @Arg('input', () => CreateQuotesInput, { description: 'What is offered, and to whom.' }) input: CreateQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return batch(context, 'createQuotes', input, createQuote);
  }

  @Permit('sales:write')
  @Mutation(() => QuotesPayload, { description: 'Submits up to 200 drafts, each by itself, as `submitQuote` does.' })
  submitQuotes(
    @Arg('input', () => SubmitQuotesInput, { description: 'Which.' }) input: SubmitQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return batch(context, 'submitQuotes', input, submitQuote);
  }

  @Permit('sales:approve')
  @Mutation(() => QuotesPayload, { description: 'Approves up to 200 quotes that wait for it, each by itself.' })
  approveQuotes(
    @Arg('input', () => DecideQuotesInput, { description: 'Which.' }) input: DecideQuotesInput,
    @Ctx() context: RequestContext,
  ) {
    return batch(context, 'approveQuotes', input, approveQuote);
  }
}

const batch = <Item>(
  context: RequestContext,
  name: string,
  input: { items: Item[]; idempotencyKey?: string | null },
  work: (tx: Tx, viewer: Viewer, item: Item) => Promise<{ quoteId: string }>,
) =>
  mutate(context, name, input, async tx => ({
    results: await eachItem(tx, input.items, item => work(tx, context.viewer, item)),
  }));
