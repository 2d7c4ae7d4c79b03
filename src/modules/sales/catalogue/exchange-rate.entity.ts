import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('exchange_rates')
@Check('exchange_rates_rate_check', `(rate > 0)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'exchange_rates_organization_fkey',
  onDelete: 'CASCADE',
})
export class ExchangeRate {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  currency: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  validFrom: string;

  /** How much of the organisation's own currency one of this is. */
  @Column('numeric', { precision: 20, scale: 10 })
  rate: string;
}
