import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post, SocialIdentity } from '../../social/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Lead } from './lead.entity.js';
import { LeadsArgs } from './lead.inputs.js';
import { leadOfPost, productsOfLead } from './lead.loaders.js';
import { LeadChange } from './lead-change.entity.js';

export const LeadConnection = connectionOf(Lead, 'Lead');
const LeadChangeConnection = connectionOf(LeadChange, 'LeadChange');

@Resolver(() => Lead)
export class LeadResolver {
  @Permit('sales:read')
  @Query(() => Lead, { nullable: true, description: 'One lead, or nothing when there is none that you may see.' })
  lead(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Lead | null> {
    return context.recordByPublicId(Lead, id);
  }

  @Permit('sales:read')
  @Query(() => LeadConnection, { description: 'Leads you may see.' })
  leads(@Args(() => LeadsArgs) args: LeadsArgs, @Ctx() context: RequestContext) {
    return context.page(Lead, args);
  }

  @FieldResolver(() => [Product], { description: 'Products they are interested in.' })
  products(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<Product[]> {
    return productsOfLead(context, lead.id);
  }

  @FieldResolver(() => LeadChangeConnection, { description: 'What became of it, the latest first.' })
  history(@Root() lead: Lead, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(LeadChange, { name: 'lead.history', condition: 't.lead_id = k.parent' }, lead.id, args);
  }
}

/** Those that became the customer, and those that its identities are. */
const OF_CUSTOMER = `lateral (select * from leads a where a.customer_id = k.parent
   union all select b.* from leads b join social_identities i on i.organization_id = b.organization_id and i.id = b.identity_id
              where i.customer_id = k.parent and b.customer_id is distinct from k.parent) t`;

@Resolver(() => Customer)
export class CustomerLeadsResolver {
  @FieldResolver(() => LeadConnection, {
    description: 'Leads that became the customer, or that one of its identities is.',
  })
  leads(@Root() customer: Customer, @Args(() => LeadsArgs) args: LeadsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Lead, { name: 'customer.leads', condition: 'true', from: OF_CUSTOMER }, customer.id, args);
  }
}

@Resolver(() => SocialIdentity)
export class IdentityLeadsResolver {
  @FieldResolver(() => LeadConnection, { description: 'Leads that it is.' })
  leads(@Root() identity: SocialIdentity, @Args(() => LeadsArgs) args: LeadsArgs, @Ctx() context: RequestContext) {
    const list = { name: 'identity.leads', condition: 't.identity_id = k.parent' };
    return context.pageOf(Lead, list, identity.id, args);
  }
}

@Resolver(() => Post)
export class PostLeadResolver {
  @FieldResolver(() => Lead, { nullable: true, description: 'The lead that was made of it, where you may see it.' })
  lead(@Root() post: Post, @Ctx() context: RequestContext): Promise<Lead | null> {
    return context.load(leadOfPost, post.id);
  }
}
