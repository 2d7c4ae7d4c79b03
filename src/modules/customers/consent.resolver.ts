import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { consentHistory } from './belongings.lists.js';
import { consentsOf } from './belongings.loaders.js';
import { Consent } from './consent.entity.js';
import { RecordConsentInput } from './consent.inputs.js';
import { recordConsent } from './consent.service.js';
import { Customer } from './customer.entity.js';
import { CustomerPayload } from './customer.payloads.js';
import { belongingsPage } from './list.loaders.js';

const ConsentConnection = connectionOf(Consent, 'Consent');

@Resolver(() => Customer)
export class ConsentResolver {
  @FieldResolver(() => [Consent], { description: 'What it said last to each purpose on each channel.' })
  consents(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Consent[]> {
    return context.load(consentsOf, customer.id);
  }

  @FieldResolver(() => ConsentConnection, { description: 'Everything it ever said, the newest first.' })
  consentHistory(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return belongingsPage(context, consentHistory, customer.id, args);
  }

  @Permit('customers:write')
  @Mutation(() => CustomerPayload, { description: 'Records that a customer consented to something, or withdrew it.' })
  recordConsent(
    @Arg('input', () => RecordConsentInput, { description: 'Who, and what was said.' }) input: RecordConsentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'recordConsent', input, tx => recordConsent(tx, context.viewer, input));
  }
}
