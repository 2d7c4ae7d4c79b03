import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, Exclusion, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({
  implements: Node,
  description: 'What products cost, for whom, in which currency and when.',
  simpleResolvers: true,
})
@Entity('price_books')
@Unique('price_books_name_key', ['organizationId', 'name'])
@Unique('price_books_external_id_key', ['organizationId', 'externalId'])
@Exclusion(
  'price_books_overlap_excl',
  `using gist (organization_id with =, coalesce(segment, '') with =, currency with =, daterange(valid_from, valid_until) with &&)`,
)
@Check('price_books_period_check', `(valid_until > valid_from)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'price_books_organization_fkey',
  onDelete: 'CASCADE',
})
export class PriceBook {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_books_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the price book.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_books_pkey' })
  id: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Field(() => String, { nullable: true, description: 'Customers with this tag; nothing: everybody.' })
  @Column('text', { nullable: true })
  segment: string | null;

  @Field({ description: 'Currency of its prices, ISO 4217.' })
  @Column('text')
  currency: string;

  @Field(() => CalendarDate, { description: 'The first day it holds.' })
  @Column('date')
  validFrom: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day it no longer holds; nothing: until further notice.',
  })
  @Column('date', { nullable: true })
  validUntil: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
