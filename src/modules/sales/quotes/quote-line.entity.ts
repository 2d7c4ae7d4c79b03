import Big from 'big.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Decimal, Derived, Money, moneyOf, PublicId, Reference } from '../../../platform/schema/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Quote } from './quote.entity.js';

const moneyIn = (column: 'unitPrice' | 'listPrice' | 'net' | 'tax' | 'total') =>
  Derived((line: QuoteLine) => moneyOf(line[column], line.currency));

/** `numeric` without the zeros at its end that say nothing: "2.5000" is "2.5". */
const plain = (column: 'quantity' | 'discountPercent' | 'taxPercent') =>
  Derived((line: QuoteLine) => Big(line[column]).toFixed());

@ObjectType({ description: 'One line of a quote.', simpleResolvers: true })
@Entity('quote_lines')
@Check('quote_lines_quantity_check', `(quantity > 0)`)
@Check('quote_lines_price_check', `(unit_price >= 0)`)
@Check('quote_lines_discount_check', `(discount_percent between 0 and 100)`)
@ForeignKey(() => Quote, ['organizationId', 'quoteId'], ['organizationId', 'id'], {
  name: 'quote_lines_quote_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'quote_lines_product_fkey',
})
@Index('quote_lines_quote_idx', ['organizationId', 'quoteId', 'position', 'id'])
export class QuoteLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quote_lines_pkey' })
  organizationId: string;

  @PublicId('quote_line')
  @Field(() => ID, { description: 'Id of the line.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quote_lines_pkey' })
  id: string;

  @Column('uuid')
  quoteId: string;

  @Field(() => Int, { description: 'Its place in the quote, from 1.' })
  @Column('integer')
  position: number;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Field({ description: 'What is offered, in words.' })
  @Column('text')
  description: string;

  @plain('quantity')
  @Field(() => Decimal, { description: 'How many.' })
  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Field(() => String, { nullable: true, description: 'Of what unit.' })
  @Column('text', { nullable: true })
  unit: string | null;

  @moneyIn('unitPrice')
  @Field(() => Money, { description: 'Price of one, before discounts and tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @moneyIn('listPrice')
  @Field(() => Money, {
    nullable: true,
    description:
      'Price of one in the price book when it was quoted, by the exchange rate where it had one in another currency only; nothing where it had none.',
  })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  listPrice: string | null;

  @plain('discountPercent')
  @Field(() => Decimal, { description: 'Taken off this line, in percent.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @plain('taxPercent')
  @Field(() => Decimal, { description: 'Rate of its tax, in percent.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  taxPercent: string;

  @moneyIn('net')
  @Field(() => Money, { description: 'After all discounts, before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @moneyIn('tax')
  @Field(() => Money, { description: 'Its part of the tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @moneyIn('total')
  @Field(() => Money, { description: 'What is to be paid for it.' })
  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  @Reference(() => Product, 'productId', { nullable: true, description: 'The product; a line may be words only.' })
  product?: Product;

  /** That of the quote, which every query of lines brings along. */
  currency: string;
}
