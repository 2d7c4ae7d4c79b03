import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { ContactPoint, ContactPointKind } from './contact-point.entity.js';
import { Customer } from './customer.entity.js';

@InputType({ description: 'The parts of a postal address; a country and one part more at least.' })
export class PostalAddressInput {
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

@InputType({ description: 'A way to reach a customer.' })
export class ContactPointInput {
  @Field(() => ContactPointKind, { description: 'What it is.' })
  kind: ContactPointKind;
  @Field(() => String, {
    nullable: true,
    description:
      'The e-mail address, the telephone number (read in the country of the organisation unless it begins with +) or the site. Nothing for a postal address.',
  })
  value?: string | null;
  @Field(() => PostalAddressInput, { nullable: true, description: 'The postal address, where it is one.' })
  address?: PostalAddressInput | null;
  @Field(() => String, { nullable: true, description: 'What it is for, such as "work".' })
  label?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is the first to use of its kind. The first one given is, unless another is said to be.',
  })
  isPrimary?: boolean | null;
}

@InputType({ description: 'Adds a way to reach a customer.' })
export class AddContactPointInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @Field(() => ContactPointInput, { description: 'What to add.' })
  contactPoint: ContactPointInput;
}

@InputType({ description: 'Changes a contact point; what is left out stays. Another value has to be proven again.' })
export class UpdateContactPointInput extends MutationInput {
  @Field(() => ID, { description: 'The contact point.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'The new address, number or site.' })
  value?: string | null;
  @Field(() => PostalAddressInput, { nullable: true, description: 'The new postal address.' })
  address?: PostalAddressInput | null;
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  label?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Make it the first to use of its kind.' })
  isPrimary?: boolean | null;
}

@InputType({ description: 'Removes a contact point.' })
export class RemoveContactPointInput extends MutationInput {
  @Field(() => ID, { description: 'The contact point.' })
  id: string;
}

@InputType({ description: 'Says whether a contact point is proven to be theirs.' })
export class VerifyContactPointInput extends MutationInput {
  @Field(() => ID, { description: 'The contact point.' })
  id: string;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is proven.' })
  verified: boolean;
}

@ObjectType({ description: 'A contact point after it was changed, and whose it is.', simpleResolvers: true })
export class ContactPointPayload extends MutationPayload {
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Whose it is.' })
  customer?: Customer;
  contactPointId?: string;
  @Field(() => ContactPoint, { nullable: true, description: 'The contact point, unless it was removed.' })
  contactPoint?: ContactPoint;
}
