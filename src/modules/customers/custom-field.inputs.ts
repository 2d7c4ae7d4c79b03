import { Field, InputType, ObjectType } from 'type-graphql';
import { Json, MutationInput, MutationPayload } from '../../platform/schema/index.js';
import { CustomFieldDefinition, CustomFieldSubject, CustomFieldType } from './custom-field.entity.js';

@InputType({ description: 'Defines a custom field, or changes the label, the options and the rule of one.' })
export class DefineCustomFieldInput extends MutationInput {
  @Field(() => CustomFieldSubject, { defaultValue: CustomFieldSubject.CUSTOMER, description: 'What it is kept of.' })
  subject: CustomFieldSubject;
  @Field({ description: 'Its name in `customFields`: a letter, then letters, digits and underscores, up to 50.' })
  key: string;
  @Field({ description: 'Its name on a screen.' })
  label: string;
  @Field(() => CustomFieldType, { description: 'What it holds; this stays as it was first defined.' })
  type: CustomFieldType;
  @Field(() => [String], { nullable: true, description: 'What can be chosen; for a SELECT only.' })
  options?: string[] | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether every new customer, or ticket that somebody opens by hand, must have it.',
  })
  required: boolean;
}

@InputType({ description: 'Removes a custom field and all its values.' })
export class RemoveCustomFieldInput extends MutationInput {
  @Field(() => CustomFieldSubject, { defaultValue: CustomFieldSubject.CUSTOMER, description: 'What it is kept of.' })
  subject: CustomFieldSubject;
  @Field({ description: 'Its name in `customFields`.' })
  key: string;
}

@InputType({ description: 'A condition on a custom field.' })
export class CustomFieldCondition {
  @Field({ description: 'The name of the field.' })
  key: string;
  @Field(() => Json, { description: 'Is exactly this: a text, a number, true or false.' })
  eq: unknown;
}

@ObjectType({ description: 'A custom field after it was changed.', simpleResolvers: true })
export class CustomFieldPayload extends MutationPayload {
  customFieldKey?: string;
  customFieldSubject?: CustomFieldSubject;
  @Field(() => CustomFieldDefinition, { nullable: true, description: 'The definition, unless it was removed.' })
  customField?: CustomFieldDefinition;
}
