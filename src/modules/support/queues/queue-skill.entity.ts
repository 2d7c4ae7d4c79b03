import { Field, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Reference } from '../../../platform/schema/index.js';
import { Queue } from './queue.entity.js';
import { Skill } from './skill.entity.js';

@ObjectType({ description: 'A skill that the tickets of a queue ask for.', simpleResolvers: true })
@Entity('queue_skills')
@Check('queue_skills_level_check', `(min_level between 1 and 5)`)
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], {
  name: 'queue_skills_queue_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Skill, ['organizationId', 'skillId'], ['organizationId', 'id'], {
  name: 'queue_skills_skill_fkey',
  onDelete: 'CASCADE',
})
export class QueueSkill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_skills_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_skills_pkey' })
  queueId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_skills_pkey' })
  skillId: string;

  @Field(() => Int, { description: 'How well, from 1 to 5.' })
  @Column('integer', { default: 1 })
  minLevel: number;

  @Field({ description: 'Whether nobody gets a ticket without it; otherwise those who have it go first.' })
  @Column('boolean', { default: true })
  isRequired: boolean;

  @Reference(() => Skill, 'skillId', { nullable: true, description: 'The skill.' })
  skill?: Skill;
}
