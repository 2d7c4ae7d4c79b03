import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from '../../platform/schema/index.js';

@InputType({ description: 'Something a customer likes.' })
export class PreferenceInput {
  @Field({ description: 'What it is about, such as "bread".' })
  key: string;
  @Field({ description: 'What they like, such as "well baked".' })
  value: string;
}

@InputType({ description: 'Keeps what a customer likes; what was kept under the same key is replaced.' })
export class SetPreferenceInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @Field({ description: 'What it is about, such as "bread".' })
  key: string;
  @Field({ description: 'What they like, such as "well baked".' })
  value: string;
}

@InputType({ description: 'Forgets what a customer likes.' })
export class RemovePreferenceInput extends MutationInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @Field({ description: 'What it is about.' })
  key: string;
}
