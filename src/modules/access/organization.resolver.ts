import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { change } from './change.js';
import { RequestContext } from './context.js';
import { Organization } from './organization.entity.js';
import { updateOrganization } from './organization.service.js';
import { Permit } from './permissions.rules.js';

@InputType({ description: 'What to change about the organisation; what is left out stays.' })
export class UpdateOrganizationInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of its people, BCP 47.' })
  defaultLanguage?: string | null;
  @Field(() => String, { nullable: true, description: 'Country its phone numbers are read in, ISO 3166-1.' })
  defaultCountry?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Currency its sales are added up in, ISO 4217; exchange rates are then those of the new one.',
  })
  currency?: string | null;
}

@ObjectType({ description: 'The organisation as it is now.', simpleResolvers: true })
export class OrganizationPayload extends MutationPayload {
  @Reference(() => Organization, 'organizationId', {
    nullable: true,
    description: 'The organisation; nothing when it was not done.',
  })
  organization?: Organization;
}

@Resolver(() => Organization)
export class OrganizationResolver {
  constructor(private readonly access: Access) {}

  @Permit('organization:read')
  @Query(() => Organization, { description: 'The organisation you act in.' })
  organization(@Ctx() context: RequestContext) {
    return context.recordById(Organization, context.viewer.organizationId);
  }

  @Permit('access:manage')
  @Mutation(() => OrganizationPayload, { description: 'Changes the organisation you act in.' })
  updateOrganization(
    @Arg('input', () => UpdateOrganizationInput, { description: 'What changes.' }) input: UpdateOrganizationInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'updateOrganization', input, tx => updateOrganization(tx, input));
  }
}
