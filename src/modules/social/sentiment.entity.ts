import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Post } from './post.entity.js';

/** A person's verdict on a post: what the organisation's own model learns from. */
@Entity('sentiment_corrections')
@Unique('sentiment_corrections_post_key', ['organizationId', 'postId'])
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], {
  name: 'sentiment_corrections_post_fkey',
  onDelete: 'CASCADE',
})
export class SentimentCorrection {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sentiment_corrections_pkey' })
  organizationId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sentiment_corrections_pkey' })
  id: string;
  @Column('uuid')
  postId: string;
  @Column('text')
  label: string;
  @Column('text')
  previousLabel: string;
  @Column('text')
  correctedBy: string;
  @Column('timestamptz', { default: () => 'now()' })
  correctedAt: string;
}

/** What was learned from an organisation's corrections, and how well it did on those it had not seen. */
@Entity('sentiment_models')
@Index('sentiment_models_trained_idx', ['organizationId', 'trainedAt'])
export class SentimentModelRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sentiment_models_pkey' })
  organizationId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sentiment_models_pkey' })
  id: string;
  @Column('timestamptz', { default: () => 'now()' })
  trainedAt: string;
  @Column('integer')
  examples: number;
  @Column('real')
  macroF1: number;
  @Column('real')
  lexiconMacroF1: number;
  @Column('bytea')
  model: Buffer;
}
