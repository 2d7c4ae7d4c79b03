import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Json, PublicId, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, Team } from '../../access/index.js';

@ObjectType({
  description: 'A filter of tickets that somebody saved under a name, for oneself, for a team or for everybody.',
  simpleResolvers: true,
})
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

  @PublicId('ticket_view')
  @Field(() => ID, { description: 'Id of the view.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_views_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => Json, { description: 'A TicketFilter.' })
  @Column('jsonb', { default: {} })
  filter: Record<string, unknown>;

  @Field(() => Json, { description: 'A list of TicketOrder.' })
  @Column('jsonb', { default: [] })
  orderBy: { field: string; direction: 'ASC' | 'DESC' }[];

  @Field(() => Int, { description: 'Its place among the others, the least first.' })
  @Column('integer', { default: 0 })
  position: number;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Whose own it is.' })
  owner?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that shares it.' })
  team?: Team;
}
