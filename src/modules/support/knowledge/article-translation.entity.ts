import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';

@ObjectType({ description: 'An article in one language, for those who write.', simpleResolvers: true })
@Entity('article_translations')
@Unique('article_translations_language_key', ['organizationId', 'articleId', 'language'])
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_translations_article_fkey',
  onDelete: 'CASCADE',
})
export class ArticleTranslation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_translations_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_translations_pkey' })
  id: string;

  @Column('uuid')
  articleId: string;

  @Field({ description: 'The language: en, es or pt.' })
  @Column('text')
  language: string;

  @Field(() => Int, { description: 'Number of the version that was written last.' })
  @Column('integer')
  latestNumber: number;

  @Field(() => Int, { nullable: true, description: 'Number of the version that is shown; nothing when none is.' })
  @Column('integer', { nullable: true })
  publishedNumber: number | null;

  @Field(() => DateTime, { description: 'When it was last written or published.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
