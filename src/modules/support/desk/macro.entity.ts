import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization, Team } from '../../access/index.js';

@Entity('ticket_macros')
@Unique('ticket_macros_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_macros_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'ticket_macros_team_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_macros_team_idx', ['organizationId', 'teamId'], { where: `team_id is not null` })
export class TicketMacro {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_macros_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_macros_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('jsonb')
  actions: Record<string, unknown>;

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
