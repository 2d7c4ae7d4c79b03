import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Derived, Json, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, type RequestContext } from '../../access/index.js';
import { ArticleAudience } from './article-enums.entity.js';

@ObjectType({
  implements: Node,
  description: 'A shelf of the knowledge base; shelves stand in one another.',
  simpleResolvers: true,
})
@Entity('article_categories')
@Unique('article_categories_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'article_categories_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => ArticleCategory, ['organizationId', 'parentId'], ['organizationId', 'id'], {
  name: 'article_categories_parent_fkey',
})
export class ArticleCategory {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_categories_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the category.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_categories_pkey' })
  id: string;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Field({ description: 'What it is called by default; no two have one name.' })
  @Column('text')
  name: string;

  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Derived(({ name, names }: ArticleCategory, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'What it is called in the language of the reader.' })
  label: string;

  @Field(() => ArticleAudience, { description: 'Who is told its name; its articles have audiences of their own.' })
  @Column('text', { default: 'PUBLIC' })
  audience: ArticleAudience;

  @Field(() => Int, { description: 'Its place beside others, the lowest first.' })
  @Column('integer', { default: 0 })
  position: number;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => ArticleCategory, 'parentId', { nullable: true, description: 'The category it stands in.' })
  parent?: ArticleCategory;
}
