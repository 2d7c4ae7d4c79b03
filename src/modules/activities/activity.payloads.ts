import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../platform/schema/index.js';
import { Activity } from './activity.entity.js';

@ObjectType({ description: 'An activity after it was changed.', simpleResolvers: true })
export class ActivityPayload extends MutationPayload {
  @Reference(() => Activity, 'activityId', {
    nullable: true,
    description: 'The activity, where you may still see it; of a series the first.',
  })
  activity?: Activity;
}

@ObjectType({ description: 'What became of one activity of a batch.', simpleResolvers: true })
export class ActivityBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Activity, 'activityId', {
    nullable: true,
    description: 'The activity, unless the item was refused.',
  })
  activity?: Activity;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each activity of a batch.', simpleResolvers: true })
export class ActivitiesPayload extends MutationPayload {
  @Field(() => [ActivityBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ActivityBatchResult[];
}
