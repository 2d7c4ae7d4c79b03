import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

@ObjectType({ description: 'Something a customer likes, such as bread: well baked.', simpleResolvers: true })
@Entity('preferences')
@Unique('preferences_key_key', ['organizationId', 'customerId', 'key'])
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'preferences_customer_fkey',
  onDelete: 'CASCADE',
})
export class Preference {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'preferences_pkey' })
  organizationId: string;

  @PublicId('preference')
  @Field(() => ID, { description: 'Id of the preference.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'preferences_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Field({ description: 'What it is about; a customer has one of each.' })
  @Column('text')
  key: string;

  @Field({ description: 'What they like.' })
  @Column('text')
  value: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
