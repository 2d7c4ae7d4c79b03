import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { storedId } from '../../../platform/ids.js';
import { CalendarDate, connectionOf, moneyOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, organizationDay, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { PriceBookPayload, PricesPayload, ProductPrice } from './catalogue.payloads.js';
import { PriceBook } from './price-book.entity.js';
import {
  CreatePriceBookInput,
  PriceBookFilter,
  PriceBookOrder,
  RemovePriceBookInput,
  SetPricesInput,
  UpdatePriceBookInput,
  WantedProduct,
} from './price-book.inputs.js';
import { createPriceBook, removePriceBook, setPrices, updatePriceBook } from './price-book.service.js';
import { PriceBookEntry } from './price-book-entry.entity.js';
import { pricesFor } from './pricing.service.js';

const PriceBookConnection = connectionOf(PriceBook, 'PriceBook');
const PriceBookEntryConnection = connectionOf(PriceBookEntry, 'PriceBookEntry');

@ArgsType()
class PriceBooksArgs extends PageArgs {
  @Field(() => PriceBookFilter, { nullable: true, description: 'Only these.' })
  filter?: PriceBookFilter;
  @Field(() => [PriceBookOrder], { nullable: true, description: 'In this order; by name unless said.' })
  orderBy?: InstanceType<typeof PriceBookOrder>[];
}

@ArgsType()
class PricesArgs {
  @Field(() => [WantedProduct], { description: 'What is to be priced, up to 200.' })
  items: WantedProduct[];
  @Field(() => ID, { nullable: true, description: 'For this customer; for everybody unless said.' })
  customerId?: string;
  @Field(() => String, { nullable: true, description: "In this currency; the organisation's own unless said." })
  currency?: string;
  @Field(() => CalendarDate, { nullable: true, description: 'On this day; today (UTC) unless said.' })
  on?: string;
}

@Resolver(() => PriceBook)
export class PriceBookPricesResolver {
  @FieldResolver(() => PriceBookEntryConnection, { description: 'What products cost in it.' })
  prices(@Root() book: PriceBook, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(
      PriceBookEntry,
      { name: 'priceBook.prices', condition: 't.price_book_id = k.parent' },
      book.id,
      args,
    );
  }
}

@Resolver()
export class PriceBookResolver {
  @Permit('sales:read')
  @Query(() => PriceBook, {
    nullable: true,
    description: 'One price book, or nothing when there is none that you may see.',
  })
  priceBook(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(PriceBook, id);
  }

  @Permit('sales:read')
  @Query(() => PriceBookConnection, { description: 'What products cost, for whom and when.' })
  priceBooks(@Args(() => PriceBooksArgs) args: PriceBooksArgs, @Ctx() context: RequestContext) {
    return context.page(PriceBook, args);
  }

  @Permit('sales:read')
  @Query(() => [ProductPrice], {
    description: 'What products cost a customer on a day, in the order asked for; unknown products are left out.',
  })
  async prices(@Args(() => PricesArgs) args: PricesArgs, @Ctx() context: RequestContext): Promise<ProductPrice[]> {
    // Seen as a whole or not at all.
    if (context.viewer.scopeOf('CATALOGUE') !== 'ALL') return [];
    const customer = args.customerId ? await context.recordByPublicId(Customer, args.customerId) : null;
    const reader = { query: context.run, scope: context.scope };
    const rows = await pricesFor(
      reader,
      {
        customerId: customer?.id ?? null,
        currency: args.currency?.trim().toUpperCase() ?? null,
        on: args.on ?? (await organizationDay(reader)),
      },
      args.items.slice(0, MOST_PRICED).flatMap(({ productId, quantity }) => {
        const stored = storedId('product', productId);
        return stored ? [{ productId: stored, quantity }] : [];
      }),
    );
    return rows.map(row => ({ ...row, unitPrice: moneyOf(row.unitPrice, row.currency) }));
  }

  @Permit('sales:manage')
  @Mutation(() => PriceBookPayload, { description: 'Keeps a price book.' })
  createPriceBook(
    @Arg('input', () => CreatePriceBookInput, { description: 'The price book.' }) input: CreatePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createPriceBook', input, tx => createPriceBook(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => PriceBookPayload, { description: 'Changes a price book.' })
  updatePriceBook(
    @Arg('input', () => UpdatePriceBookInput, { description: 'Which, and how.' }) input: UpdatePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updatePriceBook', input, tx => updatePriceBook(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => PriceBookPayload, { description: 'Removes a price book that no quote was made by.' })
  removePriceBook(
    @Arg('input', () => RemovePriceBookInput, { description: 'Which.' }) input: RemovePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removePriceBook', input, tx => removePriceBook(tx, context.viewer, input.id));
  }

  @Permit('sales:manage')
  @Mutation(() => PricesPayload, { description: 'Sets prices in a price book, each by itself; the others stay.' })
  setPrices(
    @Arg('input', () => SetPricesInput, { description: 'Which, and how much.' }) input: SetPricesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setPrices', input, tx => setPrices(tx, context.viewer, input));
  }
}

const MOST_PRICED = 200;
