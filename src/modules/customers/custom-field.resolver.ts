import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { customFieldByKey, customFields } from './belongings.loaders.js';
import { CustomFieldDefinition } from './custom-field.entity.js';
import { CustomFieldPayload, DefineCustomFieldInput, RemoveCustomFieldInput } from './custom-field.inputs.js';
import { defineCustomField, removeCustomField } from './custom-field.service.js';

@Resolver(() => CustomFieldPayload)
export class CustomFieldResolver {
  @Permit('customers:read')
  @Query(() => [CustomFieldDefinition], {
    description: 'The fields of its own that the organisation keeps of customers.',
  })
  customFieldDefinitions(@Ctx() context: RequestContext): Promise<CustomFieldDefinition[]> {
    return customFields(context);
  }

  @FieldResolver(() => CustomFieldDefinition, { nullable: true, description: 'The definition, unless it was removed.' })
  customField(
    @Root() payload: CustomFieldPayload,
    @Ctx() context: RequestContext,
  ): Promise<CustomFieldDefinition | null> | null {
    return payload.customFieldKey ? context.load(customFieldByKey, payload.customFieldKey) : null;
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
  @Mutation(() => CustomFieldPayload, { description: 'Removes a custom field and its values from every customer.' })
  removeCustomField(
    @Arg('input', () => RemoveCustomFieldInput, { description: 'Which.' }) input: RemoveCustomFieldInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCustomField', input, tx => removeCustomField(tx, input.key));
  }
}
