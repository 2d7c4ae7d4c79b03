import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { ArticleTranslation } from './article-translation.entity.js';
import { renderMarkdown } from './markdown.rules.js';

@ObjectType({ description: 'What was written at one time, and is never changed.', simpleResolvers: true })
@Entity('article_versions')
@Unique('article_versions_number_key', ['organizationId', 'articleId', 'language', 'number'])
@ForeignKey(
  () => ArticleTranslation,
  ['organizationId', 'articleId', 'language'],
  ['organizationId', 'articleId', 'language'],
  { name: 'article_versions_translation_fkey', onDelete: 'CASCADE' },
)
export class ArticleVersion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_versions_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_versions_pkey' })
  id: string;

  @Column('uuid')
  articleId: string;

  @Field({ description: 'The language: en, es or pt.' })
  @Column('text')
  language: string;

  @Field(() => Int, { description: 'Counts the versions in this language from 1.' })
  @Column('integer')
  number: number;

  @Field({ description: 'The title.' })
  @Column('text')
  title: string;

  @Field({ description: 'What it is about, in a sentence or two; empty when nobody said.' })
  @Column('text', { default: '' })
  summary: string;

  @Field({ description: 'The text, in Markdown.' })
  @Column('text')
  body: string;

  @Derived(({ body }: ArticleVersion) => renderMarkdown(body).html)
  @Field({ description: 'The text as HTML that is safe to show.' })
  bodyHtml: string;

  @Field(() => [String], { description: 'Other words it is to be found by.' })
  @Column('text', { array: true, default: '{}' })
  keywords: string[];

  @Field(() => Int, { nullable: true, description: 'The older version that it repeats, where it does.' })
  @Column('integer', { nullable: true })
  restoredFrom: number | null;

  @Derived(({ author }: ArticleVersion) => publicActor(author))
  @Field({ description: 'Who wrote it: id of a member or of an API key.' })
  @Column('text')
  author: string;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  madeAt: string;
}
