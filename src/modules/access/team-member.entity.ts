import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from './member.entity.js';
import { Team } from './team.entity.js';

/** Who belongs to which team. */
@Entity('team_members')
@Index('team_members_member_idx', ['organizationId', 'memberId'])
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'team_members_team_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'team_members_member_fkey',
  onDelete: 'CASCADE',
})
export class TeamMember {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'team_members_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'team_members_pkey' })
  teamId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'team_members_pkey' })
  memberId: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
