import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateFilter,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  StringFilter,
  StringListFilter,
} from '../../platform/schema/index.js';
import { CustomFieldCondition } from './custom-field.inputs.js';
import { CustomerKind } from './customer.entity.js';

export enum CustomerOrderField {
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  DISPLAY_NAME = 'DISPLAY_NAME',
  FAMILY_NAME = 'FAMILY_NAME',
  RELEVANCE = 'RELEVANCE',
}
registerEnumType(CustomerOrderField, {
  name: 'CustomerOrderField',
  description: 'What customers are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were first kept.' },
    UPDATED_AT: { description: 'When they last changed.' },
    DISPLAY_NAME: { description: 'The name they are shown by.' },
    FAMILY_NAME: { description: 'The family name; companies have none.' },
    RELEVANCE: { description: 'How well they fit the search; only with one.' },
  },
});

export const CustomerOrder = orderInputOf(CustomerOrderField, 'Customer');
const CustomerKindFilter = enumFilterOf(CustomerKind, 'CustomerKind');

@InputType({ description: 'Which customers; all conditions must hold.' })
export class CustomerFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => CustomerKindFilter, { nullable: true, description: 'By kind.' })
  kind?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By the name they are shown by.' })
  displayName?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By given name.' })
  givenName?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By family name.' })
  familyName?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By language.' })
  language?: StringFilter;
  @Field(() => StringListFilter, { nullable: true, description: 'By tag.' })
  tags?: StringListFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By date of birth.' })
  birthDate?: DateFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => [CustomFieldCondition], { nullable: true, description: 'By custom fields; all must hold.' })
  customFields?: CustomFieldCondition[];
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that looks after them.' })
  teamId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were first kept.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => [CustomerFilter], { nullable: true, description: 'All of these.' })
  and?: CustomerFilter[];
  @Field(() => [CustomerFilter], { nullable: true, description: 'At least one of these.' })
  or?: CustomerFilter[];
  @Field(() => CustomerFilter, { nullable: true, description: 'Not this.' })
  not?: CustomerFilter;
}
