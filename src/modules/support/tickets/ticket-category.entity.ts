import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';

@ObjectType({ description: 'A name in one language.', simpleResolvers: true })
export class LocalName {
  @Field({ description: 'The language: en, es or pt.' })
  language: string;
  @Field({ description: 'The name.' })
  name: string;
}

@ObjectType({
  implements: Node,
  description: "What tickets are about, in the organisation's own order.",
  simpleResolvers: true,
})
@Entity('ticket_categories')
@Unique('ticket_categories_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_categories_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => TicketCategory, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'ticket_categories_parent_fkey',
})
export class TicketCategory {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_categories_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the category.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_categories_pkey' })
  id: string;

  @Field({ description: 'What it is called by default; no two have one name.' })
  @Column('text')
  name: string;

  @Derived(({ names }: TicketCategory) => Object.entries(names).map(([language, name]) => ({ language, name })))
  @Field(() => [LocalName], { description: 'What it is called in other languages.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Derived(({ names, name }: TicketCategory, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'What it is called in the language of the reader.' })
  label: string;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Field({ description: 'Whether new tickets may have it.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => TicketCategory, 'parentId', { nullable: true, description: 'The category it is a part of.' })
  parent?: TicketCategory;
}
