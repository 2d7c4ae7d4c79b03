import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

@ObjectType({ description: 'Something a colleague wrote down about a customer.', simpleResolvers: true })
@Entity('notes')
@Index('notes_customer_idx', ['organizationId', 'customerId', 'createdAt'])
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'notes_customer_fkey',
  onDelete: 'CASCADE',
})
export class Note {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'notes_pkey' })
  organizationId: string;

  @PublicId('note')
  @Field(() => ID, { description: 'Id of the note.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'notes_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Field({ description: 'Who wrote it, as in the audit log.' })
  @Column('text')
  author: string;

  @Field({ description: 'What it says.' })
  @Column('text')
  text: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
