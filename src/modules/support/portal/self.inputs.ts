import { Field, ID, InputType } from 'type-graphql';
import { CalendarDate, MutationInput } from '../../../platform/schema/index.js';
import { ConsentChannel, ConsentPurpose, ConsentState } from '../../customers/index.js';
import { PortalContactKind } from './portal-enums.entity.js';

@InputType({ description: 'What to correct of what is kept about you; what is left out stays.' })
export class UpdateMyProfileInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'The name you are shown by.' })
  displayName?: string | null;
  @Field(() => String, { nullable: true, description: 'Your given names.' })
  givenName?: string | null;
  @Field(() => String, { nullable: true, description: 'Your family names, all of them.' })
  familyName?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'Your date of birth.' })
  birthDate?: string | null;
  @Field(() => String, { nullable: true, description: 'The language you are spoken to in, BCP 47.' })
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'The time zone you live in, IANA.' })
  timeZone?: string | null;
}

@InputType({ description: 'Something you like.' })
export class SetMyPreferenceInput extends MutationInput {
  @Field({ description: 'What it is about, such as "bread".' })
  key: string;
  @Field(() => String, { nullable: true, description: 'What you like, such as "well baked"; nothing to forget it.' })
  value?: string | null;
}

@InputType({ description: 'A way to reach you, to be kept once you have proven that it is yours.' })
export class AddMyContactPointInput extends MutationInput {
  @Field(() => PortalContactKind, { description: 'What it is.' })
  kind: PortalContactKind;
  @Field({ description: 'The e-mail address, or the telephone number with its country as in +34 612 345 678.' })
  value: string;
}

@InputType({ description: 'What proves that a contact is yours.' })
export class VerifyMyContactPointInput {
  @Field(() => ID, { description: 'The request that the code was sent for.' })
  requestId: string;
  @Field({ description: 'The code; spaces do not matter.' })
  code: string;
}

@InputType({ description: 'A way by which you are to be reached no more.' })
export class RemoveMyContactPointInput extends MutationInput {
  @Field(() => ID, { description: 'The contact point.' })
  id: string;
}

@InputType({ description: 'What you say to one purpose on one channel; what you said before stays as history.' })
export class SetMyConsentInput extends MutationInput {
  @Field(() => ConsentPurpose, { description: 'What for.' })
  purpose: ConsentPurpose;
  @Field(() => ConsentChannel, { description: 'Over which channel.' })
  channel: ConsentChannel;
  @Field(() => ConsentState, { description: 'What you say.' })
  state: ConsentState;
}

@InputType({ description: 'A wish that everything about you is erased.' })
export class RequestMyErasureInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'What you want to say about it.' })
  reason?: string | null;
}
