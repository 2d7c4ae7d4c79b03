import { Field, ID, InputType } from 'type-graphql';
import { DateTime, MutationInput } from '../../platform/schema/index.js';
import { Role } from './roles.js';

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput extends MutationInput {
  @Field({ description: 'What it is for.' })
  name: string;
  @Field(() => Role, { description: 'What it may do; not more than you may.' })
  role: Role;
  @Field(() => ID, {
    nullable: true,
    description: 'The team it acts for: what a role sees of its teams, the key sees of this one.',
  })
  teamId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The customer it acts for; needed for the role CUSTOMER, and only there.',
  })
  customerId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'A new OAuth client.' })
export class CreateOAuthClientInput extends MutationInput {
  @Field({ description: 'Whose program it is.' })
  name: string;
  @Field(() => Role, { description: 'What it may do; not more than you may.' })
  role: Role;
}
