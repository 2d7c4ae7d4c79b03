import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ErpSystem } from './connection.entity.js';
import type { StoredErpProblem } from './problem.rules.js';

/** How far a kind is read, written in the transaction of what it covers. */
@Entity('erp_cursors')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_cursors_connection_fkey',
  onDelete: 'CASCADE',
})
export class ErpCursor {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_cursors_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_cursors_pkey' })
  connectionId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'erp_cursors_pkey' })
  kind: string;

  @Column('text', { nullable: true })
  cursor: string | null;

  /** Counts replays: what was read before one must not move the cursor after it. */
  @Column('integer', { default: 0 })
  generation: number;

  @Column('boolean', { default: false })
  isReplay: boolean;

  @Column('bigint', { default: 0 })
  readCount: number;

  @Column('jsonb', { nullable: true })
  problem: StoredErpProblem | null;

  @Column('timestamptz', { nullable: true })
  syncedAt: string | null;
}
