import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

export enum ContactPointKind {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  ADDRESS = 'ADDRESS',
  WEBSITE = 'WEBSITE',
}
registerEnumType(ContactPointKind, {
  name: 'ContactPointKind',
  description: 'How somebody can be reached.',
  valuesConfig: {
    EMAIL: { description: 'An e-mail address, in lower case.' },
    PHONE: { description: 'A telephone number, E.164.' },
    ADDRESS: { description: 'A postal address.' },
    WEBSITE: { description: 'A site of their own.' },
  },
});

@ObjectType({ description: 'A postal address.', simpleResolvers: true })
export class PostalAddress {
  @Field(() => String, { nullable: true, description: 'Street, number and what else finds the door.' })
  street?: string | null;
  @Field(() => String, { nullable: true, description: 'Town.' })
  city?: string | null;
  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  region?: string | null;
  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode?: string | null;
  @Field({ description: 'Country, ISO 3166-1 with two letters.' })
  country: string;
}

@ObjectType({ description: 'A way to reach a customer.', simpleResolvers: true })
@Entity('contact_points')
@Unique('contact_points_once_key', ['organizationId', 'customerId', 'kind', 'value'])
@Index('contact_points_value_idx', ['organizationId', 'kind', 'value'])
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'contact_points_customer_fkey',
  onDelete: 'CASCADE',
})
export class ContactPoint {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contact_points_pkey' })
  organizationId: string;

  @PublicId('contact')
  @Field(() => ID, { description: 'Id of the contact point.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contact_points_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Field(() => ContactPointKind, { description: 'What it is.' })
  @Column('text')
  kind: ContactPointKind;

  @Field({
    description:
      'In its one normal spelling: an address in lower case, a number as E.164, a postal address in one line.',
  })
  @Column('text')
  value: string;

  @Field(() => String, { nullable: true, description: 'What it is for, such as "work".' })
  @Column('text', { nullable: true })
  label: string | null;

  @Field(() => PostalAddress, { nullable: true, description: 'Its parts, where it is a postal address.' })
  @Column('jsonb', { nullable: true })
  address: PostalAddress | null;

  @Field(() => Boolean, { description: 'Whether it is the first to use of its kind.' })
  @Column('boolean', { default: false })
  isPrimary: boolean;

  @Field(() => Boolean, { description: 'Whether it is proven to be theirs.' })
  verified: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When that was proven.' })
  @Column('timestamptz', { nullable: true })
  verifiedAt: string | null;

  @Field(() => DateTime, { description: 'When it was added.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
