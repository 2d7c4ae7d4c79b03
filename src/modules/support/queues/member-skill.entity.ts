import { Field, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { Skill } from './skill.entity.js';

@ObjectType({ description: 'What somebody can, and how well.', simpleResolvers: true })
@Entity('member_skills')
@Check('member_skills_level_check', `(level between 1 and 5)`)
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'member_skills_member_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Skill, ['organizationId', 'skillId'], ['organizationId', 'id'], {
  name: 'member_skills_skill_fkey',
  onDelete: 'CASCADE',
})
export class MemberSkill {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_skills_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_skills_pkey' })
  memberId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_skills_pkey' })
  skillId: string;

  @Field(() => Int, { description: 'How well, from 1 to 5.' })
  @Column('integer')
  level: number;

  @Reference(() => Skill, 'skillId', { nullable: true, description: 'The skill.' })
  skill?: Skill;
}
