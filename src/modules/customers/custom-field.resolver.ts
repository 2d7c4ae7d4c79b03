import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { customFieldByKey, customFields } from './belongings.loaders.js';
import { CustomFieldDefinition, CustomFieldSubject } from './custom-field.entity.js';
import { CustomFieldPayload, DefineCustomFieldInput, RemoveCustomFieldInput } from './custom-field.inputs.js';
import { defineCustomField, removeCustomField } from './custom-field.service.js';

@Resolver(() => CustomFieldPayload)
export class CustomFieldResolver {
  @Permit('customers:read')
  @Query(() => [CustomFieldDefinition], {
    description: 'The fields of its own that the organisation keeps of customers, or of tickets.',
  })
  customFieldDefinitions(
    @Arg('subject', () => CustomFieldSubject, {
      defaultValue: CustomFieldSubject.CUSTOMER,
      description: 'What they are kept of.',
    })
    subject: CustomFieldSubject,
    @Ctx() context: RequestContext,
  ): Promise<CustomFieldDefinition[]> {
    return customFields(context, subject);
  }

  @FieldResolver(() => CustomFieldDefinition, { nullable: true, description: 'The definition, unless it was removed.' })
  customField(
    @Root() payload: CustomFieldPayload,
    @Ctx() context: RequestContext,
  ): Promise<CustomFieldDefinition | null> | null {
    const { customFieldKey: key, customFieldSubject: subject } = payload;
    return key ? context.load(customFieldByKey, `${subject ?? CustomFieldSubject.CUSTOMER} ${key}`) : null;
  }

  @Permit('fields:manage')
  @Mutation(() => CustomFieldPayload, { description: 'Defines a custom field, or changes how one is shown.' })
  defineCustomField(
    @Arg('input', () => DefineCustomFieldInput, { description: 'The field.' }) input: DefineCustomFieldInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'defineCustomField', input, tx => defineCustomField(tx, input));
  }

  @Permit('fields:manage')
  @Mutation(() => CustomFieldPayload, { description: 'Removes a custom field and all its values.' })
  removeCustomField(
    @Arg('input', () => RemoveCustomFieldInput, { description: 'Which.' }) input: RemoveCustomFieldInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCustomField', input, tx => removeCustomField(tx, input));
  }
}
