import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Hideable } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { contactPointById, contactPointsOf } from './belongings.loaders.js';
import { ContactPoint, ContactPointKind } from './contact-point.entity.js';
import {
  AddContactPointInput,
  ContactPointPayload,
  RemoveContactPointInput,
  UpdateContactPointInput,
  VerifyContactPointInput,
} from './contact-point.inputs.js';
import {
  addContactPoint,
  removeContactPoint,
  updateContactPoint,
  verifyContactPoint,
} from './contact-point.service.js';
import { Customer } from './customer.entity.js';
import { customerByContactPoint } from './customer.loaders.js';

@Resolver(() => Customer)
export class ContactPointResolver {
  @Hideable(() => Customer)
  @FieldResolver(() => [ContactPoint], { description: 'Ways to reach it, the primary ones first.' })
  contactPoints(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<ContactPoint[]> {
    return context.load(contactPointsOf, customer.id);
  }

  @Permit('customers:read')
  @Query(() => Customer, {
    nullable: true,
    description: 'The customer with this contact point: of several, who proved it, else whose first it is.',
  })
  customerByContactPoint(
    @Arg('kind', () => ContactPointKind, { description: 'What it is.' }) kind: ContactPointKind,
    @Arg('value', () => String, { description: 'The address or number, as people write it.' }) value: string,
    @Ctx() context: RequestContext,
  ): Promise<Customer | null> {
    return customerByContactPoint(context, kind, value);
  }

  @Permit('customers:write')
  @Mutation(() => ContactPointPayload, { description: 'Adds a way to reach a customer.' })
  addContactPoint(
    @Arg('input', () => AddContactPointInput, { description: 'Whose, and what.' }) input: AddContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addContactPoint', input, tx => addContactPoint(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => ContactPointPayload, { description: 'Changes a contact point.' })
  updateContactPoint(
    @Arg('input', () => UpdateContactPointInput, { description: 'Which, and how.' }) input: UpdateContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateContactPoint', input, tx => updateContactPoint(tx, context.viewer, input));
  }

  @Permit('customers:write')
  @Mutation(() => ContactPointPayload, { description: 'Removes a contact point.' })
  removeContactPoint(
    @Arg('input', () => RemoveContactPointInput, { description: 'Which.' }) input: RemoveContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeContactPoint', input, tx => removeContactPoint(tx, context.viewer, input.id));
  }

  @Permit('customers:write')
  @Mutation(() => ContactPointPayload, { description: 'Says whether a contact point is proven to be theirs.' })
  verifyContactPoint(
    @Arg('input', () => VerifyContactPointInput, { description: 'Which.' }) input: VerifyContactPointInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'verifyContactPoint', input, tx => verifyContactPoint(tx, context.viewer, input));
  }
}

@Resolver(() => ContactPointPayload)
export class ContactPointPayloadResolver {
  @FieldResolver(() => ContactPoint, { nullable: true, description: 'The contact point, unless it was removed.' })
  contactPoint(
    @Root() payload: ContactPointPayload,
    @Ctx() context: RequestContext,
  ): Promise<ContactPoint | null> | null {
    return payload.contactPointId ? context.load(contactPointById, payload.contactPointId) : null;
  }
}
