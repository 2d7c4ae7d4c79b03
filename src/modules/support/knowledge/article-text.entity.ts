import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';
import { ArticleAudience } from './article-enums.entity.js';

@ObjectType({ description: 'An article as it is read, in one language.', simpleResolvers: true })
@Entity('article_texts')
@Unique('article_texts_language_key', ['organizationId', 'articleId', 'language'])
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_texts_article_fkey',
  onDelete: 'CASCADE',
})
@Index('article_texts_wanted_idx', ['organizationId', 'language', 'audience'])
@Index('article_texts_search_idx', { synchronize: false })
@Index('article_texts_title_idx', { synchronize: false })
@Index('article_texts_similar_idx', { synchronize: false })
export class ArticleText {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_texts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_texts_pkey' })
  id: string;

  @Column('uuid')
  articleId: string;

  @Field({ description: 'Its language: en, es or pt.' })
  @Column('text')
  language: string;

  @Field({ description: 'Whether it is in another language than was asked for, because there is none in that.' })
  isOtherLanguage: boolean;

  @Field(() => Int, { description: 'Number of the version that is shown.' })
  @Column('integer')
  number: number;

  /** As its article's: kept here, so that what readers may not read is never looked through. */
  @Column('text')
  audience: ArticleAudience;

  @Field({ description: 'The title.' })
  @Column('text')
  title: string;

  @Field({ description: 'What it is about, in a sentence or two; empty when nobody said.' })
  @Column('text', { default: '' })
  summary: string;

  @Field(() => [String], { description: 'Other words it is found by.' })
  @Column('text', { array: true, default: '{}' })
  keywords: string[];

  @Field({ description: 'The text as HTML that is safe to show.' })
  @Column('text')
  bodyHtml: string;

  @Field({ description: 'The text without any markup.' })
  @Column('text')
  bodyText: string;

  @Field(() => DateTime, { description: 'When this version was published.' })
  @Column('timestamptz', { default: () => 'now()' })
  publishedAt: string;

  @Column('tsvector', { select: false, default: '' })
  titleSearch: string;

  @Column('tsvector', { select: false, default: '' })
  search: string;
}
