import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node } from '../../platform/schema/index.js';

@ObjectType({
  implements: Node,
  description: 'A company that uses Vínculo. Nothing crosses from one to another.',
  simpleResolvers: true,
})
@Entity('organizations')
@Unique('organizations_slug_key', ['slug'])
export class Organization {
  @Field(() => ID, { description: 'Id of the organisation.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organizations_pkey' })
  id: string;

  @Field({ description: 'Short name for addresses and the command line.' })
  @Column('text')
  slug: string;

  @Field({ description: 'Its name.' })
  @Column('text')
  name: string;

  @Field({ description: 'Language of its people, BCP 47.' })
  @Column('text', { default: 'es' })
  defaultLanguage: string;

  @Field({ description: 'Country its phone numbers are read in, ISO 3166-1.' })
  @Column('text', { default: 'ES' })
  defaultCountry: string;

  @Field({ description: 'Currency its sales are added up in, ISO 4217.' })
  @Column('text', { default: 'EUR' })
  currency: string;

  @Column('jsonb', { default: {}, select: false })
  settings: Record<string, unknown>;

  @Field(() => DateTime, { description: 'When it was created.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;
}
