import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization } from '../../access/index.js';
import { ArticleCategory } from './article-category.entity.js';
import { ArticleAudience, ArticleState } from './article-enums.entity.js';

@ObjectType({
  implements: Node,
  description: 'Something that is known, written down once and in several languages, for those it is meant for.',
  simpleResolvers: true,
})
@Entity('articles')
@Unique('articles_slug_key', ['organizationId', 'slug'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'articles_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => ArticleCategory, ['organizationId', 'categoryId'], ['organizationId', 'id'], {
  name: 'articles_category_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'articles_owner_fkey' })
@Index('articles_updated_idx', ['organizationId', 'updatedAt', 'id'])
@Index('articles_category_idx', ['organizationId', 'categoryId'])
@Index('articles_owner_idx', ['organizationId', 'ownerId'])
@Index('articles_review_idx', ['organizationId', 'reviewDueAt', 'id'])
export class Article {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'articles_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the article.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'articles_pkey' })
  id: string;

  @Field({ description: 'Its name in addresses; no two have one.' })
  @Column('text')
  slug: string;

  @Field(() => ArticleAudience, { description: 'For whom it is.' })
  @Column('text', { default: 'STAFF' })
  audience: ArticleAudience;

  @Column('uuid', { nullable: true })
  categoryId: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Field(() => ArticleState, { description: 'Whether it is read.' })
  @Column('text', { default: 'DRAFT' })
  state: ArticleState;

  @Column('timestamptz', { nullable: true })
  reviewDueAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last published in any language.' })
  @Column('timestamptz', { nullable: true })
  publishedAt: string | null;

  @Column('text')
  createdBy: string;

  @Field(() => Int, { description: 'Rises with every change of the article itself.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first written.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => ArticleCategory, 'categoryId', { nullable: true, description: 'Where it stands.' })
  category?: ArticleCategory;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who answers for it.' })
  owner?: Member;
}
