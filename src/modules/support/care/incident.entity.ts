import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Json, Node } from '../../../platform/schema/index.js';
import { Organization, publicActor } from '../../access/index.js';
import { Network } from '../../social/index.js';

export enum IncidentStatus {
  OPEN = 'OPEN',
  ANSWERED = 'ANSWERED',
  ENDED = 'ENDED',
}
registerEnumType(IncidentStatus, {
  name: 'IncidentStatus',
  description: 'Where an incident stands.',
  valuesConfig: {
    OPEN: { description: 'It goes on.' },
    ANSWERED: {
      description: 'Those who spoke of it have been answered, or are being; posts that are alike still join it.',
    },
    ENDED: { description: 'It is over; no post joins it any more.' },
  },
});

export enum IncidentStage {
  SUGGESTED = 'SUGGESTED',
  CONFIRMED = 'CONFIRMED',
}
registerEnumType(IncidentStage, {
  name: 'IncidentStage',
  description: 'Whether an incident is more than a guess.',
  valuesConfig: {
    SUGGESTED: { description: 'A flood of posts that are alike was seen; nobody has said that it is one.' },
    CONFIRMED: { description: 'Somebody, or the settings, said that it is one.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Something that many speak of at once, answered once for all.',
  simpleResolvers: true,
})
@Entity('incidents')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'incidents_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('incidents_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('incidents_open_idx', { synchronize: false })
export class Incident {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incidents_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the incident.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incidents_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  title: string;

  @Field(() => IncidentStatus, { description: 'Where it stands.' })
  @Column('text', { default: 'OPEN' })
  status: IncidentStatus;

  @Field(() => IncidentStage, { description: 'Whether it is more than a guess.' })
  @Column('text', { default: 'CONFIRMED' })
  stage: IncidentStage;

  @Field(() => [String], { description: 'Posts with any of these words join it.' })
  @Column('text', { array: true, default: '{}' })
  words: string[];

  @Field(() => [Network], { description: 'Only posts on these networks join it; on any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  networks: Network[];

  @Column('text', { array: true, default: '{}', select: false })
  signature: string[];

  @Field(() => Json, { description: 'What those who speak of it are answered, by language: `{ "es": "…" }`.' })
  @Column('jsonb', { default: {} })
  answers: Record<string, string>;

  @Derived(({ createdBy }: Incident) => publicActor(createdBy))
  @Field({ description: 'Who opened it, as in the audit log.' })
  @Column('text')
  createdBy: string;

  @Field(() => DateTime, { nullable: true, description: 'When a post joined it last.' })
  @Column('timestamptz', { nullable: true })
  lastPostAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last answered.' })
  @Column('timestamptz', { nullable: true })
  answeredAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was over.' })
  @Column('timestamptz', { nullable: true })
  endedAt: string | null;

  @Field(() => Int, {
    description: 'Rises with every change; give it with a change to be told when somebody else was quicker.',
  })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was opened.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
