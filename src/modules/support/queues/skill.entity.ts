import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ implements: Node, description: 'Something that not everybody can.', simpleResolvers: true })
@Entity('skills')
@Unique('skills_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'skills_organization_fkey', onDelete: 'CASCADE' })
export class Skill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skills_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the skill.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skills_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field({ description: 'Whether queues still ask for it.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
