import { ArgsType, Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import {
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
} from '../../platform/schema/index.js';
import { LinkSuggestion, LinkSuggestionState } from './suggestion.entity.js';

enum LinkSuggestionOrderField {
  CONFIDENCE = 'CONFIDENCE',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(LinkSuggestionOrderField, {
  name: 'LinkSuggestionOrderField',
  description: 'What suggestions are ordered by.',
  valuesConfig: {
    CONFIDENCE: { description: 'How likely they are.' },
    CREATED_AT: { description: 'When they were first made.' },
  },
});
const LinkSuggestionOrder = orderInputOf(LinkSuggestionOrderField, 'LinkSuggestion');
const LinkSuggestionStateFilter = enumFilterOf(LinkSuggestionState, 'LinkSuggestionState');

@InputType({ description: 'Which suggestions; all conditions must hold.' })
export class LinkSuggestionFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By identity.' })
  identityId?: IdFilter;
  @Field(() => LinkSuggestionStateFilter, { nullable: true, description: 'By state; those that wait unless said.' })
  state?: object;
  @Field(() => Float, { nullable: true, description: 'At least this likely, 0 to 1.' })
  minConfidence?: number;
}

@ArgsType()
export class LinkSuggestionsArgs extends PageArgs {
  @Field(() => LinkSuggestionFilter, { nullable: true, description: 'Only these; those that wait unless said.' })
  filter?: LinkSuggestionFilter;
  @Field(() => [LinkSuggestionOrder], {
    nullable: true,
    description: 'In this order; the likeliest first unless said.',
  })
  orderBy?: InstanceType<typeof LinkSuggestionOrder>[];
}

@InputType({ description: 'Which suggestion is right.' })
export class AcceptLinkSuggestionInput extends MutationInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id: string;
}

@InputType({ description: 'Which suggestion is wrong.' })
export class RejectLinkSuggestionInput extends MutationInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Suggest no other customer for this identity either, from now on.',
  })
  neverAskAgain?: boolean | null;
}

@InputType({ description: 'Which rejection is taken back.' })
export class ReopenLinkSuggestionInput extends MutationInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id: string;
}

@ObjectType({ description: 'A suggestion after it was decided.', simpleResolvers: true })
export class LinkSuggestionPayload extends MutationPayload {
  @Reference(() => LinkSuggestion, 'suggestionId', { nullable: true, description: 'The suggestion.' })
  suggestion?: LinkSuggestion;
}
