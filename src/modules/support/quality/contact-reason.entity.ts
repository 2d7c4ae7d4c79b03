import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Derived, Json, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';

export enum ContactReasonKind {
  REASON = 'REASON',
  ROOT_CAUSE = 'ROOT_CAUSE',
}
registerEnumType(ContactReasonKind, {
  name: 'ContactReasonKind',
  description: 'What a code says of a ticket.',
  valuesConfig: {
    REASON: { description: 'Why the customer turned to us.' },
    ROOT_CAUSE: { description: 'What that comes from in the end.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A code for why people turn to us, or for what that comes from.',
  simpleResolvers: true,
})
@Entity('contact_reasons')
@Unique('contact_reasons_name_key', ['organizationId', 'kind', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'contact_reasons_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => ContactReason, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'contact_reasons_parent_fkey',
})
export class ContactReason {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contact_reasons_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the code.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contact_reasons_pkey' })
  id: string;

  @Field(() => ContactReasonKind, { description: 'Which of the two.' })
  @Column('text')
  kind: ContactReasonKind;

  @Derived(({ name, names }: ContactReason, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'Its name, in the language of the reader where that is known.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Field(() => [String], { description: 'Words that speak for it.' })
  @Column('text', { array: true, default: '{}' })
  words: string[];

  @Field({ description: 'Whether it is still given.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => ContactReason, 'parentId', { nullable: true, description: 'The wider one it belongs to.' })
  parent?: ContactReason;
}
