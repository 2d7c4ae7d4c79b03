import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, PublicId, Reference } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

export enum RelationKind {
  EMPLOYEE_OF = 'EMPLOYEE_OF',
  CONTACT_OF = 'CONTACT_OF',
  SUBSIDIARY_OF = 'SUBSIDIARY_OF',
  SUPPLIER_OF = 'SUPPLIER_OF',
  REFERRED_BY = 'REFERRED_BY',
  FAMILY = 'FAMILY',
  FRIEND = 'FRIEND',
  OTHER = 'OTHER',
}
registerEnumType(RelationKind, {
  name: 'RelationKind',
  description: 'How one customer stands to another.',
  valuesConfig: {
    EMPLOYEE_OF: { description: 'Works for the other.' },
    CONTACT_OF: { description: 'Speaks for the other, such as a company.' },
    SUBSIDIARY_OF: { description: 'Belongs to the other.' },
    SUPPLIER_OF: { description: 'Supplies the other.' },
    REFERRED_BY: { description: 'Came through the other.' },
    FAMILY: { description: 'Is of the same family; holds both ways.' },
    FRIEND: { description: 'Is a friend; holds both ways.' },
    OTHER: { description: 'Something else, said in the detail.' },
  },
});

/** Which way a relation is read from the customer it is listed under. */
export enum RelationDirection {
  OUTGOING = 'OUTGOING',
  INCOMING = 'INCOMING',
  MUTUAL = 'MUTUAL',
}
registerEnumType(RelationDirection, {
  name: 'RelationDirection',
  description: 'Which way a relation is read from the customer it is listed under.',
  valuesConfig: {
    OUTGOING: { description: 'This one is, for example, an employee of the other.' },
    INCOMING: { description: 'The other is, for example, an employee of this one.' },
    MUTUAL: { description: 'It holds both ways.' },
  },
});

@ObjectType({ description: 'A tie between two customers, seen from one of them.', simpleResolvers: true })
@Entity('customer_relations')
@Unique('customer_relations_once_key', ['organizationId', 'fromCustomerId', 'toCustomerId', 'kind'])
@Index('customer_relations_to_idx', ['organizationId', 'toCustomerId'])
@ForeignKey(() => Customer, ['organizationId', 'fromCustomerId'], ['organizationId', 'id'], {
  name: 'customer_relations_from_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'toCustomerId'], ['organizationId', 'id'], {
  name: 'customer_relations_to_fkey',
  onDelete: 'CASCADE',
})
export class CustomerRelation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_relations_pkey' })
  organizationId: string;

  @PublicId('relation')
  @Field(() => ID, { description: 'Id of the relation; the same from both ends.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customer_relations_pkey' })
  id: string;

  @Column('uuid')
  fromCustomerId: string;

  @Column('uuid')
  toCustomerId: string;

  @Field(() => RelationKind, { description: 'How they stand to each other.' })
  @Column('text')
  kind: RelationKind;

  @Field(() => RelationDirection, { description: 'Which way it is read from the customer it is listed under.' })
  direction: RelationDirection;

  @Field(() => String, { nullable: true, description: 'More about it, such as "sister".' })
  @Column('text', { nullable: true })
  detail: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when.' })
  @Column('date', { nullable: true })
  since: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Until when.' })
  @Column('date', { nullable: true })
  until: string | null;

  @Field(() => DateTime, { description: 'When it was written down.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  otherId: string;

  @Reference(() => Customer, 'otherId', { nullable: true, description: 'The customer at the other end.' })
  other?: Customer;
}
