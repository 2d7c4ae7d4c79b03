import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../access/index.js';
import { Post } from './post.entity.js';

/** Something that came with a post and is kept by us; the same bytes once an organisation. */
@Entity('media_files')
@Unique('media_files_once_key', ['organizationId', 'sha256'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'media_files_organization_fkey',
  onDelete: 'CASCADE',
})
export class MediaFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'media_files_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'media_files_pkey' })
  id: string;

  @Column('bytea')
  sha256: Buffer;

  /** As the bytes say, not as it was declared. */
  @Column('text')
  type: string;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('integer')
  size: number;

  @Column('bytea')
  bytes: Buffer;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}

/** A post that has a file: whoever sees one of them sees the file, and with the last of them it goes. */
@Entity('post_media_files')
@Index('post_media_files_file_idx', ['organizationId', 'fileId'])
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], {
  name: 'post_media_files_post_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => MediaFile, ['organizationId', 'fileId'], ['organizationId', 'id'], {
  name: 'post_media_files_file_fkey',
})
export class PostMediaFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_media_files_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_media_files_pkey' })
  postId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_media_files_pkey' })
  fileId: string;
}
