import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { invalid } from '../../../platform/errors.js';
import { Json } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext, withUserErrors } from '../../access/index.js';
import { CustomerPayload, customerExport } from '../../customers/index.js';
import { TicketPayload } from '../tickets/ticket.payloads.js';
import type { Entrance } from './entrance.js';
import { RequestPortalCodePayload } from './portal.payloads.js';
import { askToVerify } from './request.service.js';
import {
  AddMyContactPointInput,
  RemoveMyContactPointInput,
  RequestMyErasureInput,
  SetMyConsentInput,
  SetMyPreferenceInput,
  UpdateMyProfileInput,
  VerifyMyContactPointInput,
} from './self.inputs.js';
import {
  keepOwnContact,
  ownId,
  proveContact,
  removeOwnContact,
  requestErasure,
  setOwnConsent,
  setOwnPreference,
  updateProfile,
} from './self.service.js';
import { askerOf } from './session.resolver.js';
import { countTries } from './tally.service.js';

const MOST_EXPORTS = 10;
const HOUR_SECONDS = 3600;

/** What customers do with what is kept about them. None of it takes an id of a customer: it is always the one who asks. */
@Resolver()
export class SelfResolver {
  constructor(private readonly entrance: Entrance) {}

  @Permit('self:manage')
  @Mutation(() => CustomerPayload, { description: 'Corrects what is kept about you.' })
  updateMyProfile(
    @Arg('input', () => UpdateMyProfileInput, { description: 'What is right.' }) input: UpdateMyProfileInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateMyProfile', input, tx => updateProfile(tx, context.viewer, input));
  }

  @Permit('self:manage')
  @Mutation(() => CustomerPayload, { description: 'Keeps something you like, or forgets it.' })
  setMyPreference(
    @Arg('input', () => SetMyPreferenceInput, { description: 'What.' }) input: SetMyPreferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setMyPreference', input, tx => setOwnPreference(tx, context.viewer, input));
  }

  @Permit('self:manage')
  @Mutation(() => RequestPortalCodePayload, {
    description: 'Sends a code to an address or number that you say is yours; `verifyMyContactPoint` then keeps it.',
  })
  async addMyContactPoint(
    @Arg('input', () => AddMyContactPointInput, { description: 'Which.' }) input: AddMyContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    const { ask, ...refused } = await withUserErrors(async () => {
      ownId(context.viewer);
      return { ask: await askToVerify(this.entrance, context.viewer, input, askerOf(context)) };
    });
    return ask ? mutate(context, 'addMyContactPoint', input, ask) : refused;
  }

  @Permit('self:manage')
  @Mutation(() => CustomerPayload, { description: 'Keeps an address or number that the code proves to be yours.' })
  async verifyMyContactPoint(
    @Arg('input', () => VerifyMyContactPointInput, { description: 'The proof.' }) input: VerifyMyContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    const { viewer, options } = context;
    const { contact, ...refused } = await withUserErrors(async () => {
      const proven = await proveContact(this.entrance, options.database, viewer, input, askerOf(context));
      if (!proven) throw invalid('code', 'This is not right, or it is no longer valid. Ask for another one.');
      return { contact: proven };
    });
    return contact ? mutate(context, 'verifyMyContactPoint', {}, tx => keepOwnContact(tx, viewer, contact)) : refused;
  }

  @Permit('self:manage')
  @Mutation(() => CustomerPayload, { description: 'Forgets a way to reach you.' })
  removeMyContactPoint(
    @Arg('input', () => RemoveMyContactPointInput, { description: 'Which.' }) input: RemoveMyContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeMyContactPoint', input, tx => removeOwnContact(tx, context.viewer, input.id));
  }

  @Permit('self:manage')
  @Mutation(() => CustomerPayload, { description: 'Records what you consent to, or no longer.' })
  setMyConsent(
    @Arg('input', () => SetMyConsentInput, { description: 'What you say.' }) input: SetMyConsentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setMyConsent', input, tx => setOwnConsent(tx, context.viewer, input));
  }

  @Permit('self:manage')
  @Query(() => Json, {
    nullable: true,
    description: `Everything that is kept about you and is yours to see, as one document; ${MOST_EXPORTS} times an hour.`,
  })
  async myExport(@Ctx() context: RequestContext): Promise<object | null> {
    const { customerId } = context.viewer;
    if (!customerId) return null;
    const subject = this.entrance.digest(`export ${customerId}`);
    await countTries(context.options.database, context.scope, [{ subject, most: MOST_EXPORTS, seconds: HOUR_SECONDS }]);
    return customerExport(context, ownId(context.viewer));
  }

  @Permit('self:manage')
  @Mutation(() => TicketPayload, {
    description:
      'Asks for everything about you to be erased: a ticket in which a person decides, one of the 10 an hour that you may open. Nothing is erased by it.',
  })
  requestMyErasure(
    @Arg('input', () => RequestMyErasureInput, { description: 'What you want to say.' }) input: RequestMyErasureInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'requestMyErasure', input, tx =>
      requestErasure(tx, context.viewer, input, context.language),
    );
  }
}
