import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, Team } from '../../access/index.js';

@ObjectType({
  implements: Node,
  description: 'A part of the market. What lies in it must fit every list that it, and each territory above it, has.',
  simpleResolvers: true,
})
@Entity('territories')
@Unique('territories_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'territories_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Territory, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'territories_parent_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'territories_team_fkey' })
export class Territory {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'territories_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the territory.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'territories_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => [String], { description: 'Countries, ISO 3166-1; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  countries: string[];

  @Field(() => [String], { description: 'What postal codes begin with; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  postalPrefixes: string[];

  @Field(() => [String], { description: 'Languages, BCP 47, with all their regions; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  languages: string[];

  @Field(() => [String], { description: 'Industries; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  industries: string[];

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Reference(() => Territory, 'parentId', { nullable: true, description: 'The territory it is a part of.' })
  parent?: Territory;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that sells there.' })
  team?: Team;
}
