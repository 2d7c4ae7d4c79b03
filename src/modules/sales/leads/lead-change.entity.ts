import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Lead } from './lead.entity.js';

@Entity('lead_changes')
@ForeignKey(() => Lead, ['organizationId', 'leadId'], ['organizationId', 'id'], {
  name: 'lead_changes_lead_fkey',
  onDelete: 'CASCADE',
})
@Index('lead_changes_lead_idx', ['organizationId', 'leadId', 'changedAt', 'id'])
export class LeadChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_changes_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_changes_pkey' })
  id: string;

  @Column('uuid')
  leadId: string;

  @Column('text')
  kind: string;

  @Column('jsonb', { default: {} })
  detail: Record<string, unknown>;

  @Column('text')
  changedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  changedAt: string;
}
