import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from './organization.entity.js';

@Entity('number_series')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'number_series_organization_fkey',
  onDelete: 'CASCADE',
})
export class NumberSeries {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'number_series_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'number_series_pkey' })
  kind: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'number_series_pkey' })
  year: number;

  @Column('integer')
  last: number;
}
