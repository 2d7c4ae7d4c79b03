import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member, Organization, Team } from '../../access/index.js';

@Entity('ticket_views')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_views_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], {
  name: 'ticket_views_owner_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'ticket_views_team_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_views_position_idx', ['organizationId', 'position', 'id'])
export class TicketView {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_views_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_views_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('jsonb', { default: {} })
  filter: Record<string, unknown>;

  @Column('jsonb', { default: [] })
  orderBy: Record<string, unknown>;

  @Column('integer', { default: 0 })
  position: number;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
