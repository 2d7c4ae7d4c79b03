import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('ownership_changes')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ownership_changes_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('ownership_changes_subject_idx', ['organizationId', 'subjectId', 'changedAt', 'id'])
export class OwnershipChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ownership_changes_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ownership_changes_pkey' })
  id: string;

  /** Prefix and stored id of what was given: opportunity, lead, customer. */
  @Column('text')
  subjectPrefix: string;

  @Column('uuid')
  subjectId: string;

  @Column('uuid', { nullable: true })
  fromOwnerId: string | null;

  @Column('uuid', { nullable: true })
  fromTeamId: string | null;

  @Column('uuid', { nullable: true })
  toOwnerId: string | null;

  @Column('uuid', { nullable: true })
  toTeamId: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text')
  changedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  changedAt: string;
}
