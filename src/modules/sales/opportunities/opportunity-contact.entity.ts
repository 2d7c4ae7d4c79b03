import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Customer } from '../../customers/index.js';
import { Opportunity } from './opportunity.entity.js';

@Entity('opportunity_contacts')
@Unique('opportunity_contacts_once_key', ['organizationId', 'opportunityId', 'customerId'])
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'opportunity_contacts_opportunity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'opportunity_contacts_customer_fkey',
})
@Index('opportunity_contacts_customer_idx', ['organizationId', 'customerId'])
export class OpportunityContact {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_contacts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_contacts_pkey' })
  id: string;

  @Column('uuid')
  opportunityId: string;

  @Column('uuid')
  customerId: string;

  @Column('text')
  role: string;

  @Column('boolean', { default: false })
  isPrimary: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
