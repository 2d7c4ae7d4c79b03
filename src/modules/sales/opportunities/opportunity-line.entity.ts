import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Product } from '../catalogue/product.entity.js';
import { Opportunity } from './opportunity.entity.js';

@Entity('opportunity_lines')
@Check('opportunity_lines_quantity_check', `(quantity > 0)`)
@Check('opportunity_lines_price_check', `(unit_price >= 0)`)
@Check('opportunity_lines_discount_check', `(discount_percent between 0 and 100)`)
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'opportunity_lines_opportunity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'opportunity_lines_product_fkey',
})
@Index('opportunity_lines_opportunity_idx', ['organizationId', 'opportunityId', 'position', 'id'])
export class OpportunityLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_lines_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_lines_pkey' })
  id: string;

  @Column('uuid')
  opportunityId: string;

  @Column('integer')
  position: number;

  @Column('uuid')
  productId: string;

  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;
}
