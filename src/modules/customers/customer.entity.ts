import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Hideable, Json, Node, Reference } from '../../platform/schema/index.js';
import { Member, Organization, Team } from '../access/index.js';

export enum CustomerKind {
  PERSON = 'PERSON',
  COMPANY = 'COMPANY',
}
registerEnumType(CustomerKind, {
  name: 'CustomerKind',
  description: 'What kind of customer it is.',
  valuesConfig: { PERSON: { description: 'A person.' }, COMPANY: { description: 'A company or another body.' } },
});

@ObjectType({
  implements: Node,
  description: 'A person or company we have to do with, whatever the channel.',
  simpleResolvers: true,
})
@Entity('customers')
@Unique('customers_external_id_key', ['organizationId', 'externalId'])
@Index('customers_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('customers_updated_idx', ['organizationId', 'updatedAt', 'id'])
@Index('customers_name_idx', ['organizationId', 'displayName', 'id'])
@Index('customers_owner_idx', ['organizationId', 'ownerId'])
@Index('customers_team_idx', ['organizationId', 'teamId'])
@Index('customers_search_idx', { synchronize: false })
@Index('customers_merged_into_idx', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'customers_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'customers_owner_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'customers_team_fkey' })
@ForeignKey(() => Customer, ['organizationId', 'mergedIntoId'], ['organizationId', 'id'], {
  name: 'customers_merged_into_fkey',
})
export class Customer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customers_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the customer.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customers_pkey' })
  id: string;

  @Field(() => CustomerKind, { description: 'A person or a company.' })
  @Column('text')
  kind: CustomerKind;

  @Field({ description: 'The name it is shown by.' })
  @Column('text')
  displayName: string;

  @Field(() => String, { nullable: true, description: 'Given names of a person.' })
  @Column('text', { nullable: true })
  givenName: string | null;

  @Field(() => String, { nullable: true, description: 'Family names of a person, all of them.' })
  @Column('text', { nullable: true })
  familyName: string | null;

  @Field(() => String, { nullable: true, description: 'Registered name of a company.' })
  @Column('text', { nullable: true })
  legalName: string | null;

  @Field(() => String, { nullable: true, description: 'What a person does where they work.' })
  @Column('text', { nullable: true })
  jobTitle: string | null;

  @Hideable()
  @Field(() => CalendarDate, { nullable: true, description: 'Date of birth of a person.' })
  @Column('date', { nullable: true })
  birthDate: string | null;

  @Field(() => String, { nullable: true, description: 'Language it is spoken to in, BCP 47.' })
  @Column('text', { nullable: true })
  language: string | null;

  @Field(() => String, { nullable: true, description: 'Time zone it lives in, IANA.' })
  @Column('text', { nullable: true })
  timeZone: string | null;

  @Hideable()
  @Field(() => [String], { description: 'Words it is marked with.' })
  @Column('text', { array: true, default: '{}' })
  tags: string[];

  @Hideable()
  @Field(() => Json, { nullable: true, description: "The organisation's own fields, by key." })
  @Column('jsonb', { default: {} })
  customFields: Record<string, unknown>;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from, such as an ERP.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was deleted.' })
  @Column('timestamptz', { nullable: true })
  deletedAt: string | null;

  /** Nothing brings it back from here: the row only keeps what points to it from dangling. */
  @Column('timestamptz', { nullable: true, select: false })
  erasedAt: string | null;

  /** Whom it was found to be, since when it is deleted. Only undoing the merge brings it back. */
  @Column('uuid', { nullable: true, select: false })
  mergedIntoId: string | null;

  @Hideable()
  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who looks after it.' })
  owner?: Member;

  @Hideable()
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looks after it.' })
  team?: Team;
}
