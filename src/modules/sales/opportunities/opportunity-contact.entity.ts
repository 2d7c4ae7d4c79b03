import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId, Reference } from '../../../platform/schema/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from './opportunity.entity.js';
import { OpportunityContactRole } from './opportunity.kinds.rules.js';

@ObjectType({ description: 'Somebody who has a part in a decision to buy.', simpleResolvers: true })
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

  @PublicId('opportunity_contact')
  @Field(() => ID, { description: 'Id of the part.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_contacts_pkey' })
  id: string;

  @Column('uuid')
  opportunityId: string;

  @Column('uuid')
  customerId: string;

  @Field(() => OpportunityContactRole, { description: 'Which part.' })
  @Column('text')
  role: OpportunityContactRole;

  @Field({ description: 'Whether it is whom to speak to first.' })
  @Column('boolean', { default: false })
  isPrimary: boolean;

  @Field(() => DateTime, { description: 'When it was first said.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'Who it is; nothing for who may not see them.',
  })
  customer?: Customer;
}
