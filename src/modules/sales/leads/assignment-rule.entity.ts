import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, Team } from '../../access/index.js';
import { LeadSource } from './lead.entity.js';
import { Territory } from './territory.entity.js';

export enum AssignmentMethod {
  TERRITORY = 'TERRITORY',
  ROUND_ROBIN = 'ROUND_ROBIN',
  LOAD = 'LOAD',
}
registerEnumType(AssignmentMethod, {
  name: 'AssignmentMethod',
  description: 'How an assignment rule finds who gets a lead.',
  valuesConfig: {
    TERRITORY: { description: 'The team of the territory the lead lies in.' },
    ROUND_ROBIN: { description: 'Each member in turn.' },
    LOAD: { description: 'The member with the fewest open leads.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Says who gets leads that nobody was named for.',
  simpleResolvers: true,
})
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

  @Field(() => ID, { description: 'Id of the rule.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assignment_rules_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field(() => Int, { description: 'Rules are tried from the lowest on; the first that fits decides.' })
  @Column('integer')
  position: number;

  @Field(() => AssignmentMethod, { description: 'How it finds who gets a lead.' })
  @Column('text')
  method: AssignmentMethod;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { array: true, default: '{}' })
  memberIds: string[];

  @Field(() => [LeadSource], { description: 'Only leads that came from these; from anywhere when there is none.' })
  @Column('text', { array: true, default: '{}' })
  sources: LeadSource[];

  @Field(() => Int, { nullable: true, description: 'Only leads with this score or a higher one.' })
  @Column('integer', { nullable: true })
  minScore: number | null;

  @Column('uuid', { nullable: true, select: false })
  lastMemberId: string | null;

  @Field({ description: 'Whether it is followed.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Territory, 'territoryId', {
    nullable: true,
    description: 'Only leads of this territory and those below it.',
  })
  territory?: Territory;

  @Reference(() => Team, 'teamId', {
    nullable: true,
    description: 'The team that gets them, whose members take turns unless some are named.',
  })
  team?: Team;
}
