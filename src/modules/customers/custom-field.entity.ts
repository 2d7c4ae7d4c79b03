import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Organization } from '../access/index.js';

export enum CustomFieldType {
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  BOOLEAN = 'BOOLEAN',
  DATE = 'DATE',
  SELECT = 'SELECT',
}
registerEnumType(CustomFieldType, {
  name: 'CustomFieldType',
  description: 'What a custom field holds.',
  valuesConfig: {
    TEXT: { description: 'A text.' },
    NUMBER: { description: 'A number.' },
    BOOLEAN: { description: 'Yes or no.' },
    DATE: { description: 'A calendar day, as in 2026-11-22.' },
    SELECT: { description: 'One of the options of its definition.' },
  },
});

/** What fields of its own an organisation keeps of. */
export enum CustomFieldSubject {
  CUSTOMER = 'CUSTOMER',
  TICKET = 'TICKET',
}
registerEnumType(CustomFieldSubject, {
  name: 'CustomFieldSubject',
  description: 'What a custom field is kept of.',
  valuesConfig: { CUSTOMER: { description: 'Customers.' }, TICKET: { description: 'Tickets.' } },
});

@ObjectType({
  description: 'A field of its own that an organisation keeps of its customers or its tickets.',
  simpleResolvers: true,
})
@Entity('custom_field_definitions')
@Unique('custom_field_definitions_key_key', ['organizationId', 'subject', 'key'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'custom_field_definitions_organization_fkey',
  onDelete: 'CASCADE',
})
export class CustomFieldDefinition {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'custom_field_definitions_pkey' })
  organizationId: string;

  @PublicId('field')
  @Field(() => ID, { description: 'Id of the definition.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'custom_field_definitions_pkey' })
  id: string;

  @Field(() => CustomFieldSubject, { description: 'What it is kept of.' })
  @Column('text', { default: 'CUSTOMER' })
  subject: CustomFieldSubject;

  @Field({ description: 'Its name in `customFields`.' })
  @Column('text')
  key: string;

  @Field({ description: 'Its name on a screen.' })
  @Column('text')
  label: string;

  @Field(() => CustomFieldType, { description: 'What it holds.' })
  @Column('text')
  type: CustomFieldType;

  @Field(() => [String], { description: 'What can be chosen, where it is a SELECT.' })
  @Column('text', { array: true, default: '{}' })
  options: string[];

  @Field(() => Boolean, {
    description: 'Whether every new customer, or ticket that somebody opens by hand, must have it.',
  })
  @Column('boolean', { default: false })
  required: boolean;

  @Field(() => DateTime, { description: 'When it was defined.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
