import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { storedId } from '../../../platform/ids.js';
import { Permit, RequestContext } from '../../access/index.js';
import { normaliseEmail, normalisePhone } from '../../customers/index.js';
import { SocialIdentity } from '../../social/index.js';
import { duplicatesOfLead, type FoundDuplicate, findDuplicates } from './duplicate.queries.js';
import { LeadDuplicate, LeadDuplicatesInput } from './duplicate.types.js';
import { Lead } from './lead.entity.js';

@Resolver(() => Lead)
export class LeadDuplicateResolver {
  @Permit('sales:write')
  @Query(() => [LeadDuplicate], {
    description:
      'Customers and leads you may see that have the same address, number or identity as somebody you are about to keep.',
  })
  async leadDuplicates(
    @Arg('input', () => LeadDuplicatesInput, { description: 'What is known of them so far.' })
    input: LeadDuplicatesInput,
    @Ctx() context: RequestContext,
  ): Promise<FoundDuplicate[]> {
    // What cannot be read as what it says it is, such as half a number, counts as not given yet.
    const [home] = await context.read<{ country: string }>(
      'select default_country as country from organizations',
      [],
      'home.country',
    );
    const identity = input.identityId ? await context.recordByPublicId(SocialIdentity, input.identityId) : null;
    const probe = {
      key: '',
      leadId: null,
      email: normaliseEmail((input.email ?? '').slice(0, 2000)),
      phone: normalisePhone((input.phone ?? '').slice(0, 2000), home?.country),
      identityId: identity && storedId('identity', input.identityId!),
    };
    return (await findDuplicates(context.run, context.viewer, [probe])).get('') ?? [];
  }

  @FieldResolver(() => [LeadDuplicate], {
    description: 'Customers and other leads you may see that may be the same, those that certainly are first.',
  })
  duplicates(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<FoundDuplicate[]> {
    return context.load(duplicatesOfLead, lead.id);
  }
}
