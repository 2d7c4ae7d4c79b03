import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { Decimal, Money, MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { DiscountLimit } from './discount-limit.entity.js';
import { ExchangeRate } from './exchange-rate.entity.js';
import { PriceBook } from './price-book.entity.js';
import { Product } from './product.entity.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

@ObjectType({ description: 'A product after it was changed.', simpleResolvers: true })
export class ProductPayload extends MutationPayload {
  @Reference(() => Product, 'productId', { nullable: true, description: 'The product; nothing when it was not done.' })
  product?: Product;
}

@ObjectType({ description: 'What became of one product of a batch.', simpleResolvers: true })
export class ProductBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Product, 'productId', { nullable: true, description: 'The product, unless the item was refused.' })
  product?: Product;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each item of a batch.', simpleResolvers: true })
export class ProductsPayload extends MutationPayload {
  @Field(() => [ProductBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ProductBatchResult[];
}

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class ItemOutcome {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'A price book after it was changed.', simpleResolvers: true })
export class PriceBookPayload extends MutationPayload {
  @Reference(() => PriceBook, 'priceBookId', {
    nullable: true,
    description: 'The price book; nothing when it was not done, or is no more.',
  })
  priceBook?: PriceBook;
}

@ObjectType({ description: 'A price book after prices were set.', simpleResolvers: true })
export class PricesPayload extends PriceBookPayload {
  @Field(() => [ItemOutcome], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ItemOutcome[];
}

@ObjectType({ description: 'A unit that was added.', simpleResolvers: true })
export class UnitPayload extends MutationPayload {
  @Reference(() => Unit, 'unitId', { nullable: true, description: 'The unit; nothing when it was not done.' })
  unit?: Unit;
}

@ObjectType({ description: 'A tax rate after it was changed.', simpleResolvers: true })
export class TaxRatePayload extends MutationPayload {
  @Reference(() => TaxRate, 'taxRateId', { nullable: true, description: 'The rate; nothing when it was not done.' })
  taxRate?: TaxRate;
}

@ObjectType({ description: 'The limits as they hold now.', simpleResolvers: true })
export class DiscountLimitsPayload extends MutationPayload {
  @Field(() => [DiscountLimit], { nullable: true, description: 'Those of all roles.' })
  discountLimits?: DiscountLimit[];
}

@ObjectType({ description: 'The rates after they were set.', simpleResolvers: true })
export class ExchangeRatesPayload extends MutationPayload {
  @Field(() => [ItemOutcome], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ItemOutcome[];
  @Field(() => [ExchangeRate], { nullable: true, description: 'The present rates, by currency.' })
  exchangeRates?: ExchangeRate[];
}

@ObjectType({ description: 'What a product costs somebody on a day.', simpleResolvers: true })
export class ProductPrice {
  @Reference(() => Product, 'productId', { nullable: true, description: 'The product.' })
  product?: Product;
  @Field(() => Money, { nullable: true, description: 'For one, before tax; nothing where no price book has it.' })
  unitPrice: Money | null;
  @Field(() => Decimal, { description: 'Percent of the tax on it.' })
  taxPercent: string;
  @Reference(() => PriceBook, 'priceBookId', { nullable: true, description: 'The price book it was found in.' })
  priceBook?: PriceBook;
}
