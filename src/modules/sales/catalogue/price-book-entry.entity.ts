import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived, Reference } from '../../../platform/schema/index.js';
import { PriceBook } from './price-book.entity.js';
import { Product } from './product.entity.js';

@ObjectType('Price', {
  description: 'What a product costs in a price book, from a quantity on.',
  simpleResolvers: true,
})
@Entity('price_book_entries')
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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_book_entries_pkey' })
  priceBookId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_book_entries_pkey' })
  productId: string;

  @Derived(({ minQuantity }: PriceBookEntry) => printDecimal(minQuantity))
  @Field(() => Decimal, { description: 'From this quantity on.' })
  @PrimaryColumn('numeric', {
    primaryKeyConstraintName: 'price_book_entries_pkey',
    precision: 15,
    scale: 4,
    default: 1,
  })
  minQuantity: string;

  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Product, 'productId', { nullable: true, description: 'The product.' })
  product?: Product;
}
