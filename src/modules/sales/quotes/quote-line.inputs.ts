import { Field, ID, InputType } from 'type-graphql';
import { Decimal, MoneyInput } from '../../../platform/schema/index.js';

@InputType({ description: 'One line of a quote: a product, or words with a price.' })
export class QuoteLineInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The product; without one, `description` and `unitPrice` are needed.',
  })
  productId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What is offered, in words; the product's name in the language of the quote unless said.",
  })
  description?: string | null;
  @Field(() => Decimal, { defaultValue: '1', description: 'How many, more than 0, with up to four decimals.' })
  quantity: string;
  @Field(() => String, { nullable: true, description: "Of what unit; the product's unless said." })
  unit?: string | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description:
      'Price of one, before discounts and tax, in the currency of the quote; that of the price book unless said. A lower one counts as a discount.',
  })
  unitPrice?: MoneyInput | null;
  @Field(() => Decimal, { nullable: true, description: 'Taken off this line, in percent from 0 to 100.' })
  discountPercent?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Rate of its tax, in percent; the product's unless said." })
  taxPercent?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a bundle becomes a line for each of its components, the price split over them; one line unless said.',
  })
  explode?: boolean | null;
}
