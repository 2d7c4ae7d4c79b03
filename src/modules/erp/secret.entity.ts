import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ErpSystem } from './connection.entity.js';

/** A connection's secrets, sealed. Requests write them; only the owner's connections read them. */
@Entity('erp_secrets')
@ForeignKey(() => ErpSystem, ['organizationId', 'connectionId'], ['organizationId', 'id'], {
  name: 'erp_secrets_connection_fkey',
  onDelete: 'CASCADE',
})
export class ErpSecret {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_secrets_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erp_secrets_pkey' })
  connectionId: string;

  @Column('text')
  sealed: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
