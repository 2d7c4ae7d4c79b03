import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { ErpSystem } from './connection.entity.js';

/** Which record of theirs is which of ours. */
@Entity('erp_links')
@Unique('erp_links_record_key', ['organizationId', 'connectionId', 'kind', 'recordId'])
@Index('erp_links_record_idx', ['organizationId', 'recordId'])
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_links_connection_fkey',
  onDelete: 'CASCADE',
})
export class ErpLink {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_links_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_links_pkey' })
  connectionId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'erp_links_pkey' })
  kind: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'erp_links_pkey' })
  externalId: string;

  /** Nothing once ours was erased: what they say of it is then no longer heard. */
  @Column('uuid', { nullable: true })
  recordId: string | null;

  /** Fields as both sides last had them. */
  @Column('jsonb', { default: {} })
  base: Record<string, unknown>;

  @Column('text')
  hash: string;

  @Column('timestamptz', { nullable: true })
  changedThereAt: string | null;

  @Column('boolean', { default: false })
  isGone: boolean;

  /** Our record's moment of change up to which changes were looked for. */
  @Column('timestamptz', { nullable: true })
  comparedAt: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
