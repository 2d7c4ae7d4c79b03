import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('sales_target_revisions')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'sales_target_revisions_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('sales_target_revisions_days_idx', ['organizationId', 'startsOn'])
export class SalesTargetRevision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sales_target_revisions_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sales_target_revisions_pkey' })
  targetId: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'sales_target_revisions_pkey' })
  changedAt: string;

  /** Until the next one, or its removal; nothing for the present. */
  @Column('timestamptz', { nullable: true })
  changedUntil: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('date')
  startsOn: string;

  @Column('date')
  endsOn: string;

  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;
}
