import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Post } from './post.entity.js';

/** What a post said before an edit. */
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
  @Column('text')
  text: string;
  @Column('timestamptz', { default: () => 'now()' })
  replacedAt: string;
}
