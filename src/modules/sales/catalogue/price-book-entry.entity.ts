import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PriceBook } from './price-book.entity.js';
import { Product } from './product.entity.js';

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

  /** The price holds from this quantity on. */
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
}
