import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Lead } from '../leads/lead.entity.js';
import { LeadSuggestion } from './suggestion.entity.js';

@ObjectType({ description: 'A suggestion after it was decided on.', simpleResolvers: true })
export class LeadSuggestionPayload extends MutationPayload {
  @Reference(() => LeadSuggestion, 'suggestionId', { nullable: true, description: 'The suggestion.' })
  suggestion?: LeadSuggestion;
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead it became, where it did.' })
  lead?: Lead;
}

@ObjectType({ description: 'What became of one suggestion of a batch.', simpleResolvers: true })
export class LeadSuggestionBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => LeadSuggestion, 'suggestionId', {
    nullable: true,
    description: 'The suggestion, unless the item was refused.',
  })
  suggestion?: LeadSuggestion;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each suggestion of a batch.', simpleResolvers: true })
export class LeadSuggestionsPayload extends MutationPayload {
  @Field(() => [LeadSuggestionBatchResult], {
    nullable: true,
    description: 'One answer an item, in the order of the input.',
  })
  results?: LeadSuggestionBatchResult[];
}
