import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { ArticleReader } from './article-enums.entity.js';

/** Every search is counted here; those that were of no use are the ones that are shown. */
@ObjectType({
  implements: Node,
  description: 'Something that was looked for in the knowledge base and not found, or not opened; not by whom.',
  simpleResolvers: true,
})
@Entity('article_searches')
@Unique('article_searches_query_key', ['organizationId', 'query', 'language', 'readerKind'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'article_searches_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('article_searches_last_idx', ['organizationId', 'lastAt', 'id'])
@Index('article_searches_count_idx', ['organizationId', 'searches', 'id'])
export class MissedSearch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_searches_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the search.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_searches_pkey' })
  id: string;

  @Field({ description: 'What was looked for, without accents and capitals.' })
  @Column('text')
  query: string;

  @Field({ description: 'In which language: en, es or pt.' })
  @Column('text')
  language: string;

  @Field(() => ArticleReader, { description: 'By what kind of reader.' })
  @Column('text')
  readerKind: ArticleReader;

  @Field(() => Int, { description: 'How often it was looked for.' })
  @Column('integer')
  searches: number;

  @Field(() => Int, { description: 'How often nothing was found that has all its words.' })
  @Column('integer', { default: 0 })
  foundNothing: number;

  @Field(() => Int, { description: 'How often an article was opened that was found by it.' })
  @Column('integer', { default: 0 })
  opened: number;

  @Field(() => DateTime, { description: 'When it was first looked for.' })
  @Column('timestamptz', { default: () => 'now()' })
  firstAt: string;

  @Field(() => DateTime, { description: 'When it was last looked for.' })
  @Column('timestamptz', { default: () => 'now()' })
  lastAt: string;
}
