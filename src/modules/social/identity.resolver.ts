import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, Hideable, PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { SocialIdentity } from './identity.entity.js';
import {
  InteractionDirection,
  InteractionFilter,
  SocialIdentityFilter,
  SocialIdentityOrder,
} from './identity.inputs.js';
import { identitiesOfCustomer, linkOfIdentity, linksOfIdentity } from './identity.loaders.js';
import { Interaction } from './interaction.entity.js';
import { IdentityLink } from './link.entity.js';

const SocialIdentityConnection = connectionOf(SocialIdentity, 'SocialIdentity');
const InteractionConnection = connectionOf(Interaction, 'Interaction');

@ArgsType()
class SocialIdentitiesArgs extends PageArgs {
  @Field(() => SocialIdentityFilter, { nullable: true, description: 'Only these.' })
  filter?: SocialIdentityFilter;
  @Field(() => [SocialIdentityOrder], {
    nullable: true,
    description: 'In this order; those we met last first unless said.',
  })
  orderBy?: InstanceType<typeof SocialIdentityOrder>[];
}

@ArgsType()
class InteractionsArgs extends PageArgs {
  @Field(() => InteractionDirection, { defaultValue: InteractionDirection.BOTH, description: 'Which way.' })
  direction: InteractionDirection;
  @Field(() => InteractionFilter, { nullable: true, description: 'Only these.' })
  filter?: InteractionFilter;
}

/** Both sides are read from their own index and merged; one condition with `or` would read all of them. What somebody did to itself is on both. */
const BOTH_SIDES = `lateral (select * from interactions a where a.from_identity_id = k.parent
   union all select * from interactions b where b.to_identity_id = k.parent and b.from_identity_id <> k.parent) t`;

@Resolver(() => SocialIdentity)
export class IdentityResolver {
  @Permit('social:read')
  @Query(() => SocialIdentity, {
    nullable: true,
    description: 'One identity, or nothing when there is none that you may see.',
  })
  socialIdentity(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<SocialIdentity | null> {
    return context.recordByPublicId(SocialIdentity, id);
  }

  @Permit('social:read')
  @Query(() => SocialIdentityConnection, { description: 'Identities you may see, on every network.' })
  socialIdentities(@Args(() => SocialIdentitiesArgs) args: SocialIdentitiesArgs, @Ctx() context: RequestContext) {
    return context.page(SocialIdentity, args);
  }

  @Hideable(() => SocialIdentity)
  @FieldResolver(() => IdentityLink, {
    nullable: true,
    description: 'The link that says whose it is, if there is one.',
  })
  link(@Root() identity: SocialIdentity, @Ctx() context: RequestContext): Promise<IdentityLink | null> {
    return context.load(linkOfIdentity, identity.id);
  }

  @Hideable(() => SocialIdentity)
  @FieldResolver(() => [IdentityLink], { description: 'Every link it ever had, the latest first.' })
  linkHistory(@Root() identity: SocialIdentity, @Ctx() context: RequestContext): Promise<IdentityLink[]> {
    return context.load(linksOfIdentity, identity.id);
  }

  @FieldResolver(() => InteractionConnection, {
    description: 'What it did to others and others to it, the latest first.',
  })
  interactions(
    @Root() identity: SocialIdentity,
    @Args(() => InteractionsArgs) args: InteractionsArgs,
    @Ctx() context: RequestContext,
  ) {
    const { direction } = args;
    if (direction === InteractionDirection.BOTH) {
      const list = { name: 'identity.interactions', condition: 'true', from: BOTH_SIDES };
      return context.pageOf(Interaction, list, identity.id, args);
    }
    const seen = direction === InteractionDirection.FROM ? 'from_identity_id' : 'to_identity_id';
    const list = { name: `identity.interactions.${direction}`, condition: `t.${seen} = k.parent`, seen };
    return context.pageOf(Interaction, list, identity.id, args);
  }
}

@Resolver(() => Customer)
export class CustomerIdentitiesResolver {
  @FieldResolver(() => [SocialIdentity], { description: 'Its identities on every network, the most followed first.' })
  identities(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<SocialIdentity[]> {
    return context.load(identitiesOfCustomer, customer.id);
  }
}
