import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { MutationPayload } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { RequestContext } from './context.js';
import { setUpFirstOwner } from './first-owner.service.js';
import { acceptInvitation } from './invitation.service.js';
import { withUserErrors } from './mutation.js';
import { Permit } from './permissions.rules.js';

@InputType({ description: 'The first owner of an instance that has none.' })
export class SetUpFirstOwnerInput {
  @Field({ description: 'The token of the link that the server printed when it started.' })
  token: string;
  @Field({ description: 'Their name.' })
  name: string;
  @Field({ description: 'Their e-mail address, with which they will sign in.' })
  email: string;
  @Field({ description: 'Their password, of 10 to 128 characters.' })
  password: string;
  @Field(() => String, {
    nullable: true,
    description: 'Slug of the organisation they own; needed where there are several. It is made where there is none.',
  })
  organization?: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the organisation, where it is made.' })
  organizationName?: string | null;
}

@ObjectType({ description: 'Where the first owner signs in, at /auth/sign-in/email.', simpleResolvers: true })
export class SetUpFirstOwnerPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: 'Slug of the organisation; nothing when it was not done.' })
  organization?: string;
  @Field(() => String, { nullable: true, description: 'The address they sign in with.' })
  email?: string;
}

@InputType({ description: 'What somebody who was invited answers.' })
export class AcceptInvitationInput {
  @Field({ description: 'The token of their link.' })
  token: string;
  @Field({
    description:
      'Their new password, of 10 to 128 characters; or the one they have, where they sign in to another organisation with the same address.',
  })
  password: string;
  @Field(() => String, { nullable: true, description: 'Their name, where the invitation has another.' })
  name?: string | null;
}

@ObjectType({ description: 'How the new member signs in, at /auth/sign-in/email.', simpleResolvers: true })
export class AcceptInvitationPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: 'The address they sign in with; nothing when it was not done.' })
  email?: string;
}

@Resolver()
export class SetupResolver {
  constructor(private readonly access: Access) {}

  @Permit('PUBLIC')
  @Mutation(() => SetUpFirstOwnerPayload, {
    description:
      'Sets up the first owner, by the one-time link that an instance without an owner prints when it starts.',
  })
  setUpFirstOwner(
    @Arg('input', () => SetUpFirstOwnerInput, { description: 'Who.' }) input: SetUpFirstOwnerInput,
    @Ctx() { options }: RequestContext,
  ) {
    return withUserErrors(() => setUpFirstOwner(this.access, input, options.clientIp ?? ''));
  }

  @Permit('PUBLIC')
  @Mutation(() => AcceptInvitationPayload, { description: 'Lets somebody in who was invited, by their one-time link.' })
  acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'The answer.' }) input: AcceptInvitationInput,
    @Ctx() { options }: RequestContext,
  ) {
    return withUserErrors(() => acceptInvitation(this.access, input, options.clientIp ?? ''));
  }
}
