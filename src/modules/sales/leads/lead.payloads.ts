import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Lead } from './lead.entity.js';

@ObjectType({ description: 'A lead after it was changed.', simpleResolvers: true })
export class LeadPayload extends MutationPayload {
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead, where you may still see it.' })
  lead?: Lead;
}

@ObjectType({ description: 'What became of one lead of a batch.', simpleResolvers: true })
export class LeadBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Lead, 'leadId', {
    nullable: true,
    description: 'The lead, unless the item was refused or you may not see it any more.',
  })
  lead?: Lead;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each lead of a batch.', simpleResolvers: true })
export class LeadsPayload extends MutationPayload {
  @Field(() => [LeadBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: LeadBatchResult[];
}
