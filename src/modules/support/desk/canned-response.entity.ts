import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, publicActor, Team } from '../../access/index.js';

@ObjectType({ description: 'What a canned response says in one language.', simpleResolvers: true })
export class CannedText {
  @Field({ description: 'The language, BCP 47.' })
  language: string;
  @Field({ description: 'What is said, with its variables.' })
  text: string;
}

@ObjectType({ implements: Node, description: 'An answer that is given often.', simpleResolvers: true })
@Entity('canned_responses')
@Unique('canned_responses_shortcut_key', ['organizationId', 'shortcut'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'canned_responses_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'canned_responses_team_fkey',
  onDelete: 'CASCADE',
})
@Index('canned_responses_name_idx', ['organizationId', 'name', 'id'])
@Index('canned_responses_team_idx', ['organizationId', 'teamId'], { where: `team_id is not null` })
export class CannedResponse {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'canned_responses_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of it.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'canned_responses_pkey' })
  id: string;

  @Field({ description: 'What one types to find it.' })
  @Column('text')
  shortcut: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Column('jsonb')
  texts: Record<string, string>;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Derived(({ createdBy }: CannedResponse) => createdBy && publicActor(createdBy))
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
