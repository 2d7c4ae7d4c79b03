import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('units')
@Unique('units_code_key', ['organizationId', 'code'])
@Check('units_decimals_check', `(decimals between 0 and 6)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'units_organization_fkey', onDelete: 'CASCADE' })
export class Unit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'units_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'units_pkey' })
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  /** How many digits a quantity in it has after the point. */
  @Column('integer', { default: 0 })
  decimals: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
