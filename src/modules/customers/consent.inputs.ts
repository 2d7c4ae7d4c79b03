import { Field, ID, InputType } from 'type-graphql';
import { DateTime, MutationInput } from '../../platform/schema/index.js';
import { ConsentChannel, ConsentPurpose, ConsentState } from './consent.entity.js';

@InputType({ description: 'What a customer said to one purpose on one channel.' })
export class ConsentInput {
  @Field(() => ConsentPurpose, { description: 'What for.' })
  purpose: ConsentPurpose;
  @Field(() => ConsentChannel, { description: 'Over which channel.' })
  channel: ConsentChannel;
  @Field(() => ConsentState, { description: 'What was said.' })
  state: ConsentState;
  @Field(() => String, { nullable: true, description: 'Where it was said, such as "sign-up form".' })
  source?: string | null;
  @Field(() => String, { nullable: true, description: 'What proves it, such as the id of a signed form.' })
  evidence?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was said; now unless given.' })
  recordedAt?: Date | null;
}

@InputType({ description: 'Adds to what a customer consented to; what was said before stays as history.' })
export class RecordConsentInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @Field(() => ConsentInput, { description: 'What was said.' })
  consent: ConsentInput;
}
