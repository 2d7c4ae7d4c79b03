import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization, Team } from '../../access/index.js';

@Entity('canned_responses')
@Unique('canned_responses_shortcut_key', ['organizationId', 'shortcut'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'canned_responses_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'canned_responses_team_fkey',
  onDelete: 'CASCADE',
})
@Index('canned_responses_name_idx', ['organizationId', 'name', 'id'])
@Index('canned_responses_team_idx', ['organizationId', 'teamId'], { where: `team_id is not null` })
export class CannedResponse {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'canned_responses_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'canned_responses_pkey' })
  id: string;

  @Column('text')
  shortcut: string;

  @Column('text')
  name: string;

  @Column('jsonb')
  texts: Record<string, unknown>;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('text')
  createdBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
