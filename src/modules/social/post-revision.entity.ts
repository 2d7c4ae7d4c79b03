import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/schema/index.js';
import { Post } from './post.entity.js';

@ObjectType({ description: 'What a post said before an edit.', simpleResolvers: true })
@Entity('post_revisions')
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], {
  name: 'post_revisions_post_fkey',
  onDelete: 'CASCADE',
})
export class PostRevision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_revisions_pkey' })
  organizationId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_revisions_pkey' })
  postId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'post_revisions_pkey' })
  revision: string;
  @Field({ description: 'What it said, as plain text.' })
  @Column('text')
  text: string;
  @Field(() => DateTime, { description: 'When it was replaced, as far as we know.' })
  @Column('timestamptz', { default: () => 'now()' })
  replacedAt: string;
}
