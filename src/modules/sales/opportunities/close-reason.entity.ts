import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('close_reasons')
@Unique('close_reasons_name_key', ['organizationId', 'outcome', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'close_reasons_organization_fkey',
  onDelete: 'CASCADE',
})
export class CloseReason {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'close_reasons_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'close_reasons_pkey' })
  id: string;

  /** WON or LOST. */
  @Column('text')
  outcome: string;

  @Column('text')
  name: string;

  @Column('jsonb', { default: {} })
  names: Record<string, unknown>;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
