import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { DateTime, MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { type Issue, issue, mutate, Permit, RequestContext, visibleId } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { claimIdentity } from './claim.service.js';
import { wordsOf } from './evidence.rules.js';
import { SocialIdentity } from './identity.entity.js';
import { EvidenceKind, LinkMethod, PROOF_BITS } from './linking.rules.js';
import { linkIdentity, unlinkIdentity } from './linking.service.js';

@InputType({ description: 'Which identity is which customer.' })
export class LinkIdentityInput extends MutationInput {
  @Field(() => ID, { description: 'The identity.' })
  identityId: string;
  @Field(() => ID, { description: 'The customer it is.' })
  customerId: string;
  @Field(() => String, { nullable: true, description: 'How you know; kept as evidence.' })
  note?: string;
}

@InputType({ description: 'Which identity is no longer taken for its customer.' })
export class UnlinkIdentityInput extends MutationInput {
  @Field(() => ID, { description: 'The identity.' })
  identityId: string;
  @Field(() => String, { nullable: true, description: 'Why; kept in the history.' })
  reason?: string;
}

@InputType({ description: 'A customer who says an identity is theirs.' })
export class ClaimIdentityInput extends MutationInput {
  @Field(() => ID, { description: 'The identity they claim.' })
  identityId: string;
  @Field(() => ID, { description: 'The customer who claims it.' })
  customerId: string;
}

@ObjectType({ description: 'What became of linking an identity.', simpleResolvers: true })
export class LinkIdentityPayload extends MutationPayload {
  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'The identity as it is now.' })
  identity?: SocialIdentity;
}

@ObjectType({ description: 'What became of unlinking an identity.', simpleResolvers: true })
export class UnlinkIdentityPayload extends MutationPayload {
  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'The identity as it is now.' })
  identity?: SocialIdentity;
}

@ObjectType({ description: 'A claim that waits to be confirmed.', simpleResolvers: true })
export class ClaimIdentityPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The code the customer publishes, or sends us, from that identity. As soon as it reaches us, the two are linked. It is shown this once and kept nowhere, so an answer repeated by its idempotency key comes without it: claim again for another.',
  })
  code?: string;
  @Field(() => DateTime, { nullable: true, description: 'Until when the code counts.' })
  expiresAt?: string;
}

@Resolver()
export class LinkResolver {
  @Permit('linking:write')
  @Mutation(() => LinkIdentityPayload, { description: 'Links an identity to a customer, by hand.' })
  linkIdentity(
    @Arg('input', { description: 'What to link.' }) input: LinkIdentityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'linkIdentity', input, async tx => {
      const identityId = await visibleId(tx, context.viewer, SocialIdentity, input.identityId, 'identityId');
      const customerId = await visibleId(tx, context.viewer, Customer, input.customerId, 'customerId');
      const note = input.note?.trim().slice(0, 1000);
      const words = note ? { detail: note } : { detail: wordsOf(EvidenceKind.MANUAL), code: EvidenceKind.MANUAL };
      const evidence = [{ kind: EvidenceKind.MANUAL, ...words, weight: PROOF_BITS }];
      await linkIdentity(tx, { identityId, customerId, method: LinkMethod.MANUAL, confidence: 1, evidence });
      return { identityId };
    });
  }

  @Permit('linking:write')
  @Mutation(() => UnlinkIdentityPayload, { description: 'Ends the link of an identity; its history is kept.' })
  unlinkIdentity(
    @Arg('input', { description: 'What to unlink.' }) input: UnlinkIdentityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'unlinkIdentity', input, async tx => {
      const identityId = await visibleId(tx, context.viewer, SocialIdentity, input.identityId, 'identityId');
      await unlinkIdentity(tx, identityId, input.reason?.trim().slice(0, 1000) || null);
      return { identityId };
    });
  }

  @Permit('linking:write')
  @Mutation(() => ClaimIdentityPayload, {
    description:
      'Gives a code by which a customer proves that an identity is theirs: published from it, it links the two.',
  })
  claimIdentity(
    @Arg('input', { description: 'Who claims what.' }) input: ClaimIdentityInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'claimIdentity', input, async (tx, making: Issue<{ code: string }>) => {
      const identityId = await visibleId(tx, context.viewer, SocialIdentity, input.identityId, 'identityId');
      const customerId = await visibleId(tx, context.viewer, Customer, input.customerId, 'customerId');
      return claimIdentity(tx, identityId, customerId, making);
    });
  }
}
