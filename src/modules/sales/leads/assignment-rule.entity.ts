import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization, Team } from '../../access/index.js';
import { Territory } from './territory.entity.js';

@Entity('assignment_rules')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'assignment_rules_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Territory, ['organizationId', 'territoryId'], ['organizationId', 'id'], {
  name: 'assignment_rules_territory_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'assignment_rules_team_fkey' })
@Index('assignment_rules_position_idx', ['organizationId', 'position', 'id'])
export class AssignmentRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assignment_rules_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assignment_rules_pkey' })
  id: string;

  @Column('text')
  name: string;

  /** Tried in this order; the first that fits decides. */
  @Column('integer')
  position: number;

  /** TERRITORY, ROUND_ROBIN, LOAD: who of the members is next. */
  @Column('text')
  method: string;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { array: true, default: '{}' })
  memberIds: string[];

  @Column('text', { array: true, default: '{}' })
  sources: string[];

  @Column('integer', { nullable: true })
  minScore: number | null;

  @Column('uuid', { nullable: true })
  lastMemberId: string | null;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
