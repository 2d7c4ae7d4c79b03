import { Field, ID, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { PriceBook } from './price-book.entity.js';
import { Product } from './product.entity.js';

@ObjectType({
  implements: Node,
  description: 'What a product costs in a price book, from a quantity on.',
  simpleResolvers: true,
})
@Entity('price_book_entries')
@Unique('price_book_entries_once_key', ['organizationId', 'priceBookId', 'productId', 'minQuantity'])
@Check('price_book_entries_price_check', `(unit_price >= 0)`)
@Check('price_book_entries_quantity_check', `(min_quantity > 0)`)
@ForeignKey(() => PriceBook, ['organizationId', 'priceBookId'], ['organizationId', 'id'], {
  name: 'price_book_entries_book_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'price_book_entries_product_fkey',
  onDelete: 'CASCADE',
})
export class PriceBookEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_book_entries_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the price.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_book_entries_pkey' })
  id: string;

  @Column('uuid')
  priceBookId: string;

  @Column('uuid')
  productId: string;

  @Derived(({ minQuantity }: PriceBookEntry) => printDecimal(minQuantity))
  @Field(() => Decimal, { description: 'From this quantity on.' })
  @Derived(({ minQuantity }: PriceBookEntry) => printDecimal(minQuantity))
  @Field(() => Decimal, { description: 'From this quantity on.' })
  @Column('numeric', { precision: 15, scale: 4, default: 1 })
  minQuantity: string;

  @Derived(({ unitPrice }: PriceBookEntry) => printDecimal(unitPrice))
  @Field(() => Decimal, { description: "For one, before tax, in the book's currency." })
  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Product, 'productId', { nullable: true, description: 'The product.' })
  product?: Product;
}
