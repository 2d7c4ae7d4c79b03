import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';
import type { StoredFailure } from './reply.entity.js';

/** What a network said of a message before it had told us the message's id. */
@Entity('early_receipts')
@Index('early_receipts_received_idx', ['receivedAt'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'early_receipts_organization_fkey',
  onDelete: 'CASCADE',
})
export class EarlyReceipt {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'early_receipts_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'early_receipts_pkey' })
  network: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'early_receipts_pkey' })
  externalId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'early_receipts_pkey' })
  state: string;

  @Column('timestamptz')
  at: string;

  @Column('jsonb', { nullable: true })
  fault: StoredFailure | null;

  @Column('timestamptz', { default: () => 'now()' })
  receivedAt: string;
}
