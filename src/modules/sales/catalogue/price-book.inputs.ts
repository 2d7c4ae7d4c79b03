import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { CalendarDate, Decimal, MutationInput, orderInputOf, StringFilter } from '../../../platform/schema/index.js';

export enum PriceBookOrderField {
  NAME = 'NAME',
  VALID_FROM = 'VALID_FROM',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(PriceBookOrderField, {
  name: 'PriceBookOrderField',
  description: 'What price books are ordered by.',
  valuesConfig: {
    NAME: { description: 'Their name.' },
    VALID_FROM: { description: 'The first day they hold.' },
    CREATED_AT: { description: 'When they were first kept.' },
  },
});

export const PriceBookOrder = orderInputOf(PriceBookOrderField, 'PriceBook');

@InputType({ description: 'Which price books; all conditions must hold.' })
export class PriceBookFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By the tag of the customers they are for.' })
  segment?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => CalendarDate, { nullable: true, description: 'That hold on this day.' })
  validOn?: string;
}

@InputType({ description: 'Keeps a price book.' })
export class CreatePriceBookInput extends MutationInput {
  @Field({ description: 'Its name.' })
  name: string;
  @Field({ description: 'Currency of its prices, ISO 4217.' })
  currency: string;
  @Field(() => CalendarDate, { description: 'The first day it holds.' })
  validFrom: string;
  @Field(() => CalendarDate, { nullable: true, description: 'The first day it no longer holds.' })
  validUntil?: string | null;
  @Field(() => String, { nullable: true, description: 'Customers with this tag; everybody unless said.' })
  segment?: string | null;
}

@InputType({ description: 'Changes a price book; what is left out stays.' })
export class UpdatePriceBookInput extends MutationInput {
  @Field(() => ID, { description: 'The price book.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'The first day it holds.' })
  validFrom?: string | null;
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day it no longer holds; null: until further notice.',
  })
  validUntil?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Names a price book.' })
export class RemovePriceBookInput extends MutationInput {
  @Field(() => ID, { description: 'The price book.' })
  id: string;
}

@InputType({ description: 'What a product costs from a quantity on.' })
export class PriceInput {
  @Field(() => ID, { description: 'The product.' })
  productId: string;
  @Field(() => Decimal, { nullable: true, description: 'For one, before tax; null takes the price out of the book.' })
  unitPrice?: string | null;
  @Field(() => Decimal, { defaultValue: '1', description: 'From this quantity on.' })
  minQuantity: string;
}

@InputType({ description: 'Sets prices in a price book; the others stay.' })
export class SetPricesInput extends MutationInput {
  @Field(() => ID, { description: 'The price book.' })
  priceBookId: string;
  @Field(() => [PriceInput], { description: 'Up to 200; each is set or refused by itself.' })
  items: PriceInput[];
}

@InputType({ description: 'What is to be priced.' })
export class WantedProduct {
  @Field(() => ID, { description: 'The product.' })
  productId: string;
  @Field(() => Decimal, { defaultValue: '1', description: 'How many.' })
  quantity: string;
}
