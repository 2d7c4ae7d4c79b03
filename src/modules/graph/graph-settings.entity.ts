import { Field, Float, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/schema/index.js';
import { Organization } from '../access/index.js';
import { InteractionKind } from '../social/index.js';

@ObjectType({ description: 'How much one interaction of a kind says about a tie.', simpleResolvers: true })
export class InteractionWeight {
  @Field(() => InteractionKind, { description: 'The kind of interaction.' })
  kind: InteractionKind;
  @Field(() => Float, { description: 'Its weight; 0 leaves the kind out of the graph.' })
  weight: number;
}

@ObjectType({ description: 'How interactions add up to ties.', simpleResolvers: true })
@Entity('graph_settings')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'graph_settings_organization_fkey',
  onDelete: 'CASCADE',
})
export class GraphSettings {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'graph_settings_pkey' })
  organizationId: string;

  @Field(() => Float, { description: 'Days after which an interaction counts half.' })
  @Column('double precision', { default: 90 })
  halfLifeDays: number;

  /** Those that differ from the defaults, by kind. */
  @Column('jsonb', { default: {} })
  weights: Partial<Record<InteractionKind, number>>;

  @Field(() => Boolean, {
    description:
      'Whether influence and communities are worked out by themselves; otherwise only when a run is started.',
  })
  @Column('boolean', { default: true })
  automaticRuns: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When half-life or weights were last set; nothing while the defaults hold.',
  })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
