import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a mutation answered the first time its key was used; ids only, never a secret. */
@Entity('idempotency_keys')
@Index('idempotency_keys_created_idx', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  actor: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key: string;

  @Column('text')
  mutation: string;

  @Column('text')
  inputHash: string;

  @Column('jsonb', { nullable: true })
  payload: Record<string, unknown> | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
