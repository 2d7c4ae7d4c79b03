import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, MutationPayload, Reference } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { change, type Issue, issue } from './change.js';
import { RequestContext } from './context.js';
import { CreateOAuthClientInput } from './credential.inputs.js';
import { OAuthClient } from './oauth-client.entity.js';
import { createOAuthClient, revokeOAuthClient } from './oauth-client.service.js';
import { Permit } from './permissions.rules.js';
import { ByIdInput, CredentialsArgs } from './staff.inputs.js';

export const OAuthClientConnection = connectionOf(OAuthClient, 'OAuthClient');

@ObjectType({ description: 'The client as it is now.', simpleResolvers: true })
export class OAuthClientPayload extends MutationPayload {
  @Reference(() => OAuthClient, 'oauthClientId', {
    nullable: true,
    description: 'The client; nothing when it was not done.',
  })
  oauthClient?: OAuthClient;
}

@ObjectType({ description: 'A new client, with its secret this once.', simpleResolvers: true })
export class CreateOAuthClientPayload extends MutationPayload {
  @Reference(() => OAuthClient, 'oauthClientId', {
    nullable: true,
    description: 'The client; nothing when it was not done.',
  })
  oauthClient?: OAuthClient;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret, for /auth/oauth2/token. It is shown this once and kept nowhere, so an answer repeated by its idempotency key comes without it: revoke that client and make another.',
  })
  clientSecret?: string;
}

@Resolver(() => OAuthClient)
export class OAuthClientResolver {
  constructor(private readonly access: Access) {}

  @Permit('access:manage')
  @Query(() => OAuthClientConnection, {
    description: 'OAuth clients, revoked ones included; the latest first unless said.',
  })
  oauthClients(@Args(() => CredentialsArgs) args: CredentialsArgs, @Ctx() context: RequestContext) {
    return context.page(OAuthClient, args);
  }

  @Permit('access:manage')
  @Mutation(() => CreateOAuthClientPayload, {
    description: 'Makes an OAuth client. It gets access tokens of ten minutes by the grant `client_credentials`.',
  })
  createOAuthClient(
    @Arg('input', () => CreateOAuthClientInput, { description: 'The client.' }) input: CreateOAuthClientInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'createOAuthClient', input, (tx, making: Issue<{ clientSecret: string }>) =>
      createOAuthClient(tx, this.access.credentials, context.viewer, input, making),
    );
  }

  @Permit('access:manage')
  @Mutation(() => OAuthClientPayload, { description: 'Has a client and its tokens refused for good, at once.' })
  async revokeOAuthClient(
    @Arg('input', () => ByIdInput, { description: 'The client.' }) input: ByIdInput,
    @Ctx() context: RequestContext,
  ) {
    const outcome = await change(this.access, context, 'revokeOAuthClient', input, tx =>
      revokeOAuthClient(tx, context.viewer, input.id),
    );
    if (outcome.clientId) await this.access.credentials.revokeOAuthClient(outcome.clientId);
    return outcome;
  }
}
