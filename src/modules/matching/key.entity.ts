import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One of the keys a customer, or an identity nobody has linked, is found by. A key is a hash: it tells nothing by itself. */
@Entity('match_keys')
@Index('match_keys_subject_idx', ['organizationId', 'isCustomer', 'subjectId'])
export class MatchKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'match_keys_pkey' })
  organizationId: string;
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'match_keys_pkey' })
  isCustomer: boolean;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'match_keys_pkey' })
  key: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'match_keys_pkey' })
  subjectId: string;
}

/** A customer or an identity that changed and has not been compared again yet. */
@Entity('match_queue')
export class MatchQueueItem {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'match_queue_pkey' })
  organizationId: string;
  @PrimaryColumn('bigint', {
    primaryKeyConstraintName: 'match_queue_pkey',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
  })
  id: string;
  @Column('boolean')
  isCustomer: boolean;
  @Column('uuid')
  subjectId: string;
}
