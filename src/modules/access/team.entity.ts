import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../platform/schema/index.js';
import { Organization } from './organization.entity.js';

@ObjectType({ implements: Node, description: 'People who look after the same customers.', simpleResolvers: true })
@Entity('teams')
@Unique('teams_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'teams_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Team, ['organizationId', 'parentId'], ['organizationId', 'id'], { name: 'teams_parent_fkey' })
export class Team {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'teams_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the team.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'teams_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Team, 'parentId', {
    nullable: true,
    description: 'The team above it, whose members are also members of this one.',
  })
  parent?: Team;
}
