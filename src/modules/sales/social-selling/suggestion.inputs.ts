import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  FloatFilter,
  IdFilter,
  MutationInput,
  orderInputOf,
  StringFilter,
} from '../../../platform/schema/index.js';
import { LeadSuggestionState } from './suggestion.entity.js';

export enum LeadSuggestionOrderField {
  STRENGTH = 'STRENGTH',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(LeadSuggestionOrderField, {
  name: 'LeadSuggestionOrderField',
  description: 'What suggested leads are ordered by.',
  valuesConfig: {
    STRENGTH: { description: 'How much they seem to want to buy.' },
    CREATED_AT: { description: 'When they were found.' },
  },
});

export const LeadSuggestionOrder = orderInputOf(LeadSuggestionOrderField, 'LeadSuggestion');
const LeadSuggestionStateFilter = enumFilterOf(LeadSuggestionState, 'LeadSuggestionState');

@InputType({ description: 'Which suggested leads; all conditions must hold.' })
export class LeadSuggestionFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => LeadSuggestionStateFilter, { nullable: true, description: 'By what became of them.' })
  state?: object;
  @Field(() => FloatFilter, { nullable: true, description: 'By how much they seem to want to buy.' })
  strength?: FloatFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By the language it was said in.' })
  language?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who said it.' })
  identityId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By what was said.' })
  postId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were found.' })
  createdAt?: DateTimeFilter;
  @Field(() => [LeadSuggestionFilter], { nullable: true, description: 'All of these.' })
  and?: LeadSuggestionFilter[];
  @Field(() => [LeadSuggestionFilter], { nullable: true, description: 'At least one of these.' })
  or?: LeadSuggestionFilter[];
  @Field(() => LeadSuggestionFilter, { nullable: true, description: 'Not this.' })
  not?: LeadSuggestionFilter;
}

@InputType({ description: 'Makes a lead of a suggestion.' })
export class AcceptLeadSuggestionInput extends MutationInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'The name of the lead; that of the author unless said.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'What they are interested in.' })
  interest?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member; unless said, the rules decide.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
}

@InputType({ description: 'A suggestion that is none.' })
export class DismissLeadSuggestionItem {
  @Field(() => ID, { description: 'The suggestion.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Why it is none.' })
  reason?: string | null;
}

@InputType({ description: 'Says that a suggestion is none.' })
export class DismissLeadSuggestionInput extends DismissLeadSuggestionItem {
  @Field(() => String, {
    nullable: true,
    description:
      'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'Suggestions that are none, up to 200.' })
export class DismissLeadSuggestionsInput extends MutationInput {
  @Field(() => [DismissLeadSuggestionItem], { description: 'Each is dismissed or refused by itself.' })
  items: DismissLeadSuggestionItem[];
}
