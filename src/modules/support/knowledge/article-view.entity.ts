import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Article } from './article.entity.js';

/** How often an article was opened on one day. */
@Entity('article_views')
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_views_article_fkey',
  onDelete: 'CASCADE',
})
@Index('article_views_day_idx', ['organizationId', 'day'])
export class ArticleView {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_views_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_views_pkey' })
  articleId: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'article_views_pkey' })
  day: string;

  @Column('integer')
  views: number;
}
