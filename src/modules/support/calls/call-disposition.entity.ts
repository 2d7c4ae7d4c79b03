import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Derived, Json, Node } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';

@ObjectType({
  implements: Node,
  description: 'What can come of a call, in the words of the organisation.',
  simpleResolvers: true,
})
@Entity('call_dispositions')
@Unique('call_dispositions_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'call_dispositions_organization_fkey',
  onDelete: 'CASCADE',
})
export class CallDisposition {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_dispositions_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the disposition.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_dispositions_pkey' })
  id: string;

  @Derived(({ name, names }: CallDisposition, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'Its name, in the language of the reader where that is known.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Field({ description: 'Whether it is still given.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
