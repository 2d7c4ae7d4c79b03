import { Args, ArgsType, Field, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Quote } from './quote.entity.js';
import { QuoteFilter } from './quote.inputs.js';
import { quoteRecord } from './records.js';

@ObjectType({ description: 'A quote that was written, or that came further on its way.', simpleResolvers: true })
export class QuoteChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Reference(() => Quote, 'quoteId', { description: 'The quote as it is now.' })
  quote: Quote;
}

defineStream({
  field: 'quoteChanged',
  types: ['quote.changed'],
  record: quoteRecord,
  root: (event, cursor) => ({ cursor, quoteId: event.subjectId }),
});

@ArgsType()
class QuoteStreamArgs {
  @Field(() => QuoteFilter, { nullable: true, description: 'Only quotes like these.' })
  filter?: QuoteFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class QuoteStreamResolver {
  @Permit('orders:read')
  @Subscription(() => QuoteChanged, {
    subscribe: overSocket,
    description: 'Quotes as they are written, approved, sent and answered, in order.',
  })
  quoteChanged(@Root() event: QuoteChanged, @Args(() => QuoteStreamArgs) _args: QuoteStreamArgs): QuoteChanged {
    return event;
  }
}
