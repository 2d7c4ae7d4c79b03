import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Quote } from './quote.entity.js';
import { QuoteConnection, QuotesArgs } from './quote.inputs.js';
import { linesOfQuote } from './quote.loaders.js';
import { QuoteLine } from './quote-line.entity.js';

@Resolver(() => Quote)
export class QuoteResolver {
  @Permit('orders:read')
  @Query(() => Quote, {
    nullable: true,
    description: 'One quote, or nothing when there is none that you may see. A customer sees what was sent to it.',
  })
  quote(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Quote, id);
  }

  @Permit('orders:read')
  @Query(() => QuoteConnection, { description: 'Quotes you may see, all their revisions.' })
  quotes(@Args(() => QuotesArgs) args: QuotesArgs, @Ctx() context: RequestContext) {
    return context.page(Quote, args);
  }

  @FieldResolver(() => [QuoteLine], { description: 'What is offered, in order.' })
  lines(@Root() quote: Quote, @Ctx() context: RequestContext): Promise<QuoteLine[]> {
    return context.load(linesOfQuote, quote.id);
  }
}

const QUOTES_OF_CUSTOMER = { name: 'customer.quotes', condition: 't.customer_id = k.parent' };

@Resolver(() => Customer)
export class CustomerQuotesResolver {
  @FieldResolver(() => QuoteConnection, { description: 'What was offered to it, the newest first.' })
  quotes(@Root() customer: Customer, @Args(() => QuotesArgs) args: QuotesArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Quote, QUOTES_OF_CUSTOMER, customer.id, args);
  }
}

const QUOTES_OF_OPPORTUNITY = { name: 'opportunity.quotes', condition: 't.opportunity_id = k.parent' };

@Resolver(() => Opportunity)
export class OpportunityQuotesResolver {
  @FieldResolver(() => QuoteConnection, { description: 'What was offered for it, the newest first.' })
  quotes(@Root() opportunity: Opportunity, @Args(() => QuotesArgs) args: QuotesArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Quote, QUOTES_OF_OPPORTUNITY, opportunity.id, args);
  }
}
