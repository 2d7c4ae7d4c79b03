import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Customer } from '../../customers/index.js';
import { Article } from './article.entity.js';

/** That a customer who is signed in read an article on one day, and when last. Of others it is not kept who read what. */
@Entity('article_reads')
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'article_reads_customer_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_reads_article_fkey',
  onDelete: 'CASCADE',
})
@Index('article_reads_customer_idx', ['organizationId', 'customerId', 'articleId', 'readAt'])
@Index('article_reads_article_idx', ['organizationId', 'articleId'])
@Index('article_reads_read_idx', ['organizationId', 'readAt'])
export class ArticleRead {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_reads_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_reads_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid')
  articleId: string;

  @Column('timestamptz', { default: () => 'now()' })
  readAt: string;
}
