import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('discount_limits')
@Check('discount_limits_percent_check', `(max_percent between 0 and 100)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'discount_limits_organization_fkey',
  onDelete: 'CASCADE',
})
export class DiscountLimit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'discount_limits_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'discount_limits_pkey' })
  role: string;

  /** What the role gives without asking. */
  @Column('numeric', { precision: 7, scale: 4 })
  maxPercent: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
