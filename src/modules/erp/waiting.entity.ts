import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ErpSystem } from './connection.entity.js';

/** What was read but cannot be applied yet: it names what is not there, or was refused. */
@Entity('erp_waiting')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_waiting_connection_fkey',
  onDelete: 'CASCADE',
})
export class ErpWaiting {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_waiting_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_waiting_pkey' })
  connectionId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'erp_waiting_pkey' })
  kind: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'erp_waiting_pkey' })
  externalId: string;

  @Column('jsonb')
  record: Record<string, unknown>;

  @Column('text', { nullable: true })
  missingKind: string | null;

  @Column('text', { nullable: true })
  missingId: string | null;

  @Column('text', { nullable: true })
  problem: string | null;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
