import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('tax_rates')
@Unique('tax_rates_name_key', ['organizationId', 'name'])
@Check('tax_rates_percent_check', `(percent between 0 and 100)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'tax_rates_organization_fkey',
  onDelete: 'CASCADE',
})
export class TaxRate {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tax_rates_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tax_rates_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('numeric', { precision: 7, scale: 4 })
  percent: string;

  @Column('text', { nullable: true })
  country: string | null;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
