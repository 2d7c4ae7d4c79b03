import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, MutationPayload, Reference } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { ApiKey } from './api-key.entity.js';
import { createApiKey, revokeApiKey } from './api-key.service.js';
import { change, type Issue, issue } from './change.js';
import { RequestContext } from './context.js';
import { CreateApiKeyInput } from './credential.inputs.js';
import { Permit } from './permissions.rules.js';
import { ByIdInput, CredentialsArgs } from './staff.inputs.js';

export const ApiKeyConnection = connectionOf(ApiKey, 'ApiKey');

@ObjectType({ description: 'The key as it is now.', simpleResolvers: true })
export class ApiKeyPayload extends MutationPayload {
  @Reference(() => ApiKey, 'apiKeyId', { nullable: true, description: 'The key; nothing when it was not done.' })
  apiKey?: ApiKey;
}

@ObjectType({ description: 'A new key, with its secret this once.', simpleResolvers: true })
export class CreateApiKeyPayload extends MutationPayload {
  @Reference(() => ApiKey, 'apiKeyId', { nullable: true, description: 'The key; nothing when it was not done.' })
  apiKey?: ApiKey;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret, for `Authorization: Bearer …`. It is shown this once and kept nowhere, so an answer repeated by its idempotency key comes without it: revoke that key and make another.',
  })
  key?: string;
}

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  constructor(private readonly access: Access) {}

  @Permit('access:manage')
  @Query(() => ApiKeyConnection, { description: 'API keys, revoked ones included; the latest first unless said.' })
  apiKeys(@Args(() => CredentialsArgs) args: CredentialsArgs, @Ctx() context: RequestContext) {
    return context.page(ApiKey, args);
  }

  @Permit('access:manage')
  @Mutation(() => CreateApiKeyPayload, { description: 'Makes an API key.' })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The key.' }) input: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'createApiKey', input, (tx, making: Issue<{ key: string }>) =>
      createApiKey(tx, this.access.credentials, context.viewer, input, making),
    );
  }

  @Permit('access:manage')
  @Mutation(() => ApiKeyPayload, {
    description: 'Has a key refused for good, at once. Subscriptions that were opened with it end within seconds.',
  })
  async revokeApiKey(
    @Arg('input', () => ByIdInput, { description: 'The key.' }) input: ByIdInput,
    @Ctx() context: RequestContext,
  ) {
    const outcome = await change(this.access, context, 'revokeApiKey', input, tx =>
      revokeApiKey(tx, context.viewer, input.id),
    );
    if (outcome.authKeyId) await this.access.credentials.revokeApiKey(outcome.authKeyId);
    return outcome;
  }
}
