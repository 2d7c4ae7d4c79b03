import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';

@InputType({ description: 'Somebody who wants to sign in.' })
export class RequestPortalCodeInput {
  @Field({ description: 'Slug or id of the organisation.' })
  organization: string;
  @Field({
    description:
      'Their e-mail address, or telephone number with its country as in +34 612 345 678. It must be known here as proven to be theirs.',
  })
  contact: string;
  @Field(() => String, {
    nullable: true,
    description: 'Language of the message: en, es or pt; unless given, that of the request.',
  })
  language?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether a link goes with the code.' })
  link?: boolean | null;
}

@InputType({ description: 'What proves who somebody is: a code with its request, or the token of a link.' })
export class SignInToPortalInput {
  @Field(() => ID, { nullable: true, description: 'The request that the code was sent for.' })
  requestId?: string | null;
  @Field(() => String, { nullable: true, description: 'The code; spaces do not matter.' })
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'The token of a link, in the place of both.' })
  token?: string | null;
}

@InputType({ description: 'An act on one’s own session.' })
export class PortalSessionInput extends MutationInput {}

@InputType({ description: 'Whom to sign out.' })
export class EndPortalSessionsInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
}

@InputType({ description: 'What to change of how customers sign in; what is not given stays as it is.' })
export class SetPortalSettingsInput extends MutationInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether customers are let in.' })
  isOn?: boolean | null;
  @Field(() => ID, { nullable: true, description: 'The account that codes are mailed from; null for none.' })
  emailAccountId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The account that codes are texted from; null for none.' })
  smsAccountId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'An https page of your own that links lead to; null for our own page.',
  })
  pageUrl?: string | null;
  @Field(() => Int, { nullable: true, description: 'Hours somebody stays signed in, from 1 to 720.' })
  sessionHours?: number | null;
  @Field(() => Int, { nullable: true, description: 'The version you read; another one by now is a CONFLICT.' })
  version?: number | null;
}
