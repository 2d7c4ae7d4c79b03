import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Opportunity } from './opportunity.entity.js';

@ObjectType({ description: 'An opportunity after it was changed.', simpleResolvers: true })
export class OpportunityPayload extends MutationPayload {
  @Reference(() => Opportunity, 'opportunityId', {
    nullable: true,
    description: 'The opportunity, where you may still see it.',
  })
  opportunity?: Opportunity;
}

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class OpportunityBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Opportunity, 'opportunityId', {
    nullable: true,
    description: 'The opportunity, unless the item was refused.',
  })
  opportunity?: Opportunity;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each item of a batch.', simpleResolvers: true })
export class OpportunitiesPayload extends MutationPayload {
  @Field(() => [OpportunityBatchResult], {
    nullable: true,
    description: 'One answer an item, in the order of the input.',
  })
  results?: OpportunityBatchResult[];
}
