import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, publicActor, Team } from '../../access/index.js';
import { ReplyVisibility } from '../../social/index.js';
import { TicketPriority, TicketStatus } from '../tickets/ticket.states.rules.js';
import { MacroActionKind, type StoredAction } from './macro.rules.js';

@ObjectType({ description: 'One step of a macro; only what its kind needs is there.', simpleResolvers: true })
export class MacroAction implements StoredAction {
  @Field(() => MacroActionKind, { description: 'What it does.' })
  kind: MacroActionKind;
  @Field(() => String, { nullable: true, description: 'What is said, or noted.' })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: 'The canned response that is said.' })
  cannedResponseId?: string | null;
  @Field(() => ReplyVisibility, { nullable: true, description: 'Who can read what is said.' })
  visibility?: string | null;
  @Field(() => TicketStatus, { nullable: true, description: 'Where the ticket stands then.' })
  status?: string | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters then.' })
  priority?: string | null;
  @Field(() => ID, { nullable: true, description: 'Its category then.' })
  categoryId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Tags.' })
  tags?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The member who gets it.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets it.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The queue that gets it.' })
  queueId?: string | null;
}

@ObjectType({ implements: Node, description: 'What is done to tickets in one go.', simpleResolvers: true })
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

  @Field(() => ID, { description: 'Id of it.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_macros_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Column('jsonb')
  actions: StoredAction[];

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Derived(({ createdBy }: TicketMacro) => createdBy && publicActor(createdBy))
  @Field({ description: 'Who made it, as in the audit log.' })
  @Column('text')
  createdBy: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team it is for; nothing for everybody.' })
  team?: Team;
}
