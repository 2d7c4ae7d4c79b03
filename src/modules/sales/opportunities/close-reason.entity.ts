import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Derived, Json, Node } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';
import { CloseOutcome } from './opportunity.kinds.rules.js';

@ObjectType({ implements: Node, description: 'Why opportunities are won or lost.', simpleResolvers: true })
@Entity('close_reasons')
@Unique('close_reasons_name_key', ['organizationId', 'outcome', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'close_reasons_organization_fkey',
  onDelete: 'CASCADE',
})
export class CloseReason {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'close_reasons_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the reason.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'close_reasons_pkey' })
  id: string;

  @Field(() => CloseOutcome, { description: 'Whether it is why they are won or why they are lost.' })
  @Column('text')
  outcome: CloseOutcome;

  @Derived(({ name, names }: CloseReason, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'Its name, in the language of the reader where that is known.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Field({ description: 'Whether it is still given.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
