import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, MutationPayload } from '../../../platform/schema/index.js';
import { PortalSettings } from './portal-settings.entity.js';

@ObjectType({
  description:
    'That a code was asked for. It is the same whether or not anybody is known by that contact: only whoever reads the message knows.',
  simpleResolvers: true,
})
export class RequestPortalCodePayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true, description: 'That it is being seen to.' })
  accepted?: boolean;
  @Field(() => ID, {
    nullable: true,
    description: 'Give it with the code, and tell it to nobody: a code works with its own request only.',
  })
  requestId?: string;
  @Field(() => DateTime, { nullable: true, description: 'Until when the code would work.' })
  expiresAt?: string;
}

@ObjectType({ description: 'A customer who is signed in.', simpleResolvers: true })
export class SignInToPortalPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: 'Goes into `Authorization: Bearer …`; told this once.' })
  token?: string;
  @Field(() => DateTime, { nullable: true, description: 'Until when it works unless it is renewed.' })
  expiresAt?: string;
  @Field(() => ID, { nullable: true, description: 'Who is signed in; `viewer` shows the rest to them.' })
  customerId?: string;
  @Field(() => String, { nullable: true, description: 'What the customer is called.' })
  displayName?: string;
}

@ObjectType({ description: 'A session with another token.', simpleResolvers: true })
export class RenewPortalSessionPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The token from now on, told this once; nothing when this was done before.',
  })
  token?: string;
  @Field(() => DateTime, { nullable: true, description: 'Until when it works unless it is renewed again.' })
  expiresAt?: string;
}

@ObjectType({ description: 'Sessions that are over.', simpleResolvers: true })
export class EndPortalSessionsPayload extends MutationPayload {
  @Field(() => Int, { nullable: true, description: 'How many ended.' })
  ended?: number;
}

@ObjectType({ description: 'How customers sign in, after it was changed.', simpleResolvers: true })
export class PortalSettingsPayload extends MutationPayload {
  @Field(() => PortalSettings, { nullable: true, description: 'As it is now.' })
  settings?: PortalSettings;
}
