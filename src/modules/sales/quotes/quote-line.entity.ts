import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Product } from '../catalogue/product.entity.js';
import { Quote } from './quote.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quote_lines_pkey' })
  id: string;

  @Column('uuid')
  quoteId: string;

  @Column('integer')
  position: number;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Column('text')
  description: string;

  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  /** As the price book had it, when it was quoted. */
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  listPrice: string | null;

  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  taxPercent: string;

  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Column('numeric', { precision: 19, scale: 4 })
  total: string;
}
