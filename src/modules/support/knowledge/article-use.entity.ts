import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Reference } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { Article } from './article.entity.js';

@ObjectType({ description: 'That an article was part of the answer in a ticket.', simpleResolvers: true })
@Entity('article_uses')
@Unique('article_uses_ticket_key', ['organizationId', 'ticketId', 'articleId'])
@ForeignKey(() => Article, ['organizationId', 'articleId'], ['organizationId', 'id'], {
  name: 'article_uses_article_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'article_uses_ticket_fkey',
  onDelete: 'CASCADE',
})
@Index('article_uses_article_idx', ['organizationId', 'articleId', 'usedAt'])
@Index('article_uses_used_idx', ['organizationId', 'usedAt'])
export class ArticleUse {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_uses_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'article_uses_pkey' })
  id: string;

  @Column('uuid')
  articleId: string;

  @Column('uuid')
  ticketId: string;

  @Field({ description: 'In which language it was used: en, es or pt.' })
  @Column('text')
  language: string;

  @Derived(({ usedBy }: ArticleUse) => publicActor(usedBy))
  @Field({ description: 'Who used it: id of a member or of an API key.' })
  @Column('text')
  usedBy: string;

  @Field(() => DateTime, { description: 'When it was first used in this ticket.' })
  @Column('timestamptz', { default: () => 'now()' })
  usedAt: string;

  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
}
