import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CustomerMerge } from './merge.entity.js';

/** One row that a merge changed or removed, as it was and as it then became. */
@Entity('customer_merge_changes')
@Index('customer_merge_changes_row_idx', ['organizationId', 'rowId'])
@ForeignKey(() => CustomerMerge, ['organizationId', 'mergeId'], ['organizationId', 'id'], {
  name: 'customer_merge_changes_merge_fkey',
  onDelete: 'CASCADE',
})
export class CustomerMergeChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_merge_changes_pkey' })
  organizationId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_merge_changes_pkey' })
  mergeId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'customer_merge_changes_pkey' })
  tableName: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_merge_changes_pkey' })
  rowId: string;
  /** By column: what was changed, with what names a customer; of a removed row everything. */
  @Column('jsonb')
  before: Record<string, unknown>;
  /** The same columns; null for a removed row. */
  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;
  /** Stands for rows that were the same, and that were removed. */
  @Column('boolean', { default: false })
  holdsFolded: boolean;
}
