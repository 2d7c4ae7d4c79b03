import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

/** How often something was asked in one span of time. */
@Entity('portal_tallies')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'portal_tallies_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('portal_tallies_since_idx', ['since'])
export class PortalTally {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_tallies_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'portal_tallies_pkey' })
  subject: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'portal_tallies_pkey' })
  since: string;

  @Column('integer')
  count: number;
}
