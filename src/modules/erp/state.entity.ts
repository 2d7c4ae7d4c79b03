import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ErpSystem } from './connection.entity.js';
import type { StoredErpProblem } from './problem.rules.js';

/** How a connection fares, as the engine finds it. */
@Entity('erp_states')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_states_connection_fkey',
  onDelete: 'CASCADE',
})
export class ErpState {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_states_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_states_pkey' })
  connectionId: string;

  @Column('text', { nullable: true })
  erpName: string | null;

  @Column('text', { nullable: true })
  erpVersion: string | null;

  @Column('jsonb', { nullable: true })
  problem: StoredErpProblem | null;

  @Column('integer', { default: 0 })
  failures: number;

  @Column('uuid', { nullable: true })
  lease: string | null;

  @Column('timestamptz', { nullable: true })
  leasedUntil: string | null;

  @Column('timestamptz', { nullable: true })
  lastSyncedAt: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  nextSyncAt: string;
}
