import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';
import { ArticleReader } from './article-enums.entity.js';

@ObjectType({
  implements: Node,
  description: 'What one reader thought of one version of an article.',
  simpleResolvers: true,
})
@Entity('article_feedback')
@Unique('article_feedback_reader_key', ['organizationId', 'articleId', 'language', 'number', 'reader'])
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_feedback_article_fkey',
  onDelete: 'CASCADE',
})
@Index('article_feedback_given_idx', ['organizationId', 'givenAt', 'id'])
@Index('article_feedback_reader_idx', ['organizationId', 'reader'])
export class ArticleFeedback {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_feedback_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the feedback.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_feedback_pkey' })
  id: string;

  @Column('uuid')
  articleId: string;

  @Field({ description: 'The language it was read in: en, es or pt.' })
  @Column('text')
  language: string;

  @Field(() => Int, { description: 'Number of the version that was read.' })
  @Column('integer')
  number: number;

  @Field(() => ArticleReader, { description: 'What kind of reader it was.' })
  @Column('text')
  readerKind: ArticleReader;

  @Column('text', { select: false })
  reader: string;

  @Field({ description: 'Whether it helped.' })
  @Column('boolean')
  helpful: boolean;

  @Field(() => String, { nullable: true, description: 'What they said.' })
  @Column('text', { nullable: true })
  comment: string | null;

  @Field(() => DateTime, { description: 'When they last said so.' })
  @Column('timestamptz', { default: () => 'now()' })
  givenAt: string;

  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
}
