import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { CalendarDate, Json, MutationInput } from '../../platform/schema/index.js';
import { ConsentInput } from './consent.inputs.js';
import { ContactPointInput } from './contact-point.inputs.js';
import { CustomerKind } from './customer.entity.js';
import { PreferenceInput } from './preference.inputs.js';

/** What can be said of a customer, new or known. */
@InputType()
export abstract class CustomerFields {
  @Field(() => String, {
    nullable: true,
    description: 'The name it is shown by; made of the given and family names, or the legal name, unless said.',
  })
  displayName?: string | null;
  @Field(() => String, { nullable: true, description: 'Given names of a person.' })
  givenName?: string | null;
  @Field(() => String, { nullable: true, description: 'Family names of a person, all of them.' })
  familyName?: string | null;
  @Field(() => String, { nullable: true, description: 'Registered name of a company.' })
  legalName?: string | null;
  @Field(() => String, { nullable: true, description: 'What a person does where they work.' })
  jobTitle?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'Date of birth of a person.' })
  birthDate?: string | null;
  @Field(() => String, { nullable: true, description: 'Language it is spoken to in, BCP 47.' })
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'Time zone it lives in, IANA.' })
  timeZone?: string | null;
  @Field(() => [String], { nullable: true, description: 'Words it is marked with; replaces those there are.' })
  tags?: string[] | null;
  @Field(() => Json, {
    nullable: true,
    description: "The organisation's own fields, by key; null clears one, and those left out stay.",
  })
  customFields?: Record<string, unknown> | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
  @Field(() => [ContactPointInput], { nullable: true, description: 'Ways to reach it, added to those there are.' })
  contactPoints?: ContactPointInput[] | null;
  @Field(() => [PreferenceInput], { nullable: true, description: 'What it likes, added to what is known.' })
  preferences?: PreferenceInput[] | null;
  @Field(() => [ConsentInput], { nullable: true, description: 'What it consented to or not, added to the history.' })
  consents?: ConsentInput[] | null;
}

const kindOptions = { nullable: true, description: 'A person or a company; a person unless said.' };
const externalIdOptions = { nullable: true, description: 'Its id in the system it came from; one customer has it.' };
const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'A customer to keep.' })
export class CreateCustomerItem extends CustomerFields {
  @Field(() => CustomerKind, kindOptions)
  kind?: CustomerKind | null;
  @Field(() => String, externalIdOptions)
  externalId?: string | null;
}

@InputType({ description: 'Keeps a customer.' })
export class CreateCustomerInput extends CreateCustomerItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'What to change of a customer; what is left out stays.' })
export class UpdateCustomerItem extends CreateCustomerItem {
  @Field(() => ID, { description: 'The customer.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Changes a customer; what is left out stays.' })
export class UpdateCustomerInput extends UpdateCustomerItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Names a customer.' })
export class CustomerIdInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  id: string;
}

@InputType({ description: 'Customers to keep, up to 200.' })
export class CreateCustomersInput extends MutationInput {
  @Field(() => [CreateCustomerItem], { description: 'Each is kept or refused by itself.' })
  items: CreateCustomerItem[];
}

@InputType({ description: 'Customers to change, up to 200.' })
export class UpdateCustomersInput extends MutationInput {
  @Field(() => [UpdateCustomerItem], { description: 'Each is changed or refused by itself.' })
  items: UpdateCustomerItem[];
}

export enum CustomerMatch {
  EXTERNAL_ID = 'EXTERNAL_ID',
  EMAIL = 'EMAIL',
}
registerEnumType(CustomerMatch, {
  name: 'CustomerMatch',
  description: 'How a customer is recognised as one we know.',
  valuesConfig: {
    EXTERNAL_ID: { description: 'By its id in the system it came from.' },
    EMAIL: {
      description: 'By the first e-mail address given, where it is the primary or a verified one of one customer.',
    },
  },
});

@InputType({ description: 'Customers to keep or, where they are known, to change; up to 200.' })
export class UpsertCustomersInput extends MutationInput {
  @Field(() => CustomerMatch, {
    defaultValue: CustomerMatch.EXTERNAL_ID,
    description: 'How known ones are recognised.',
  })
  matchBy: CustomerMatch;
  @Field(() => [CreateCustomerItem], { description: 'Each is kept, changed or refused by itself.' })
  items: CreateCustomerItem[];
}
