import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { issue, mutate, Permit, RequestContext } from '../../access/index.js';
import { AcceptQuoteInput, DecideQuoteInput, DeclineQuoteInput, QuoteInput, SubmitQuoteInput } from './quote.inputs.js';
import { AcceptQuotePayload, QuotePayload, SendQuotePayload } from './quote.payloads.js';
import { acceptQuote, declineQuote } from './quote-answer.service.js';
import { approveQuote, rejectQuoteApproval, submitQuote } from './quote-approval.service.js';
import { sendQuote } from './quote-link.service.js';

/** The way of a quote from a draft to an order. */
@Resolver()
export class QuoteApprovalResolver {
  /** Where this product is reached from outside. */
  constructor(private readonly publicUrl: string) {}

  @Permit('sales:write')
  @Mutation(() => QuotePayload, {
    description:
      'Submits a draft: it is APPROVED at once where your role may give its discounts, and otherwise PENDING_APPROVAL.',
  })
  submitQuote(
    @Arg('input', () => SubmitQuoteInput, { description: 'Which.' }) input: SubmitQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'submitQuote', input, tx => submitQuote(tx, context.viewer, input));
  }

  @Permit('sales:approve')
  @Mutation(() => QuotePayload, {
    description: 'Approves a quote that waits for it; for a role whose own limit covers its discounts.',
  })
  approveQuote(
    @Arg('input', () => DecideQuoteInput, { description: 'Which.' }) input: DecideQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'approveQuote', input, tx => approveQuote(tx, context.viewer, input));
  }

  @Permit('sales:approve')
  @Mutation(() => QuotePayload, { description: 'Sends a quote that waits for approval back, as a draft.' })
  rejectQuoteApproval(
    @Arg('input', () => DecideQuoteInput, { description: 'Which, and why.' }) input: DecideQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'rejectQuoteApproval', input, tx => rejectQuoteApproval(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => SendQuotePayload, {
    description:
      'Makes the link by which the customer reads and answers a quote without signing in, and takes the quote for sent. Sending it again makes another link, and ends the one before. A draft whose discounts you may give is approved on the way.',
  })
  sendQuote(
    @Arg('input', () => QuoteInput, { description: 'Which.' }) input: QuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'sendQuote', input, (tx, making: { tell(secret: { link: string }): void }) =>
      sendQuote(tx, context.viewer, input, making, this.publicUrl),
    );
  }

  @Permit('quotes:accept')
  @Mutation(() => AcceptQuotePayload, {
    description:
      'Accepts a quote: there is an order, and its opportunity is won. A quote has one order: accepting it again answers the same. A customer accepts what was sent to it; staff also drafts whose discounts they may give.',
  })
  acceptQuote(
    @Arg('input', () => AcceptQuoteInput, { description: 'Which.' }) input: AcceptQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'acceptQuote', input, tx => acceptQuote(tx, context.viewer, input));
  }

  @Permit('quotes:accept')
  @Mutation(() => QuotePayload, { description: 'Declines a quote that was sent or approved.' })
  declineQuote(
    @Arg('input', () => DeclineQuoteInput, { description: 'Which, and why.' }) input: DeclineQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'declineQuote', input, tx => declineQuote(tx, context.viewer, input));
  }
}
