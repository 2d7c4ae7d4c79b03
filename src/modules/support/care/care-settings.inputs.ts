import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../../platform/schema/index.js';
import { CareSetting, FloodMode } from './care-settings.entity.js';

@InputType({ description: 'Says how what is said becomes tickets; what is left out stays.' })
export class UpdateCareSettingsInput extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'What somebody says to us alone goes on with their only open ticket in which anything was said in so many days, 1 to 365; null: never.',
  })
  continueDays?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'What is said in a ticket closed in so many days opens one that follows it up, 1 to 3650; null: never.',
  })
  followUpDays?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'So many acknowledgements an hour go to one person at most, 0 to 20.',
  })
  acknowledgementsPerHour?: number | null;
  @Field(() => FloodMode, { nullable: true, description: 'What becomes of a flood of posts that are alike.' })
  floodMode?: FloodMode | null;
  @Field(() => Int, { nullable: true, description: 'From so many posts that are alike it is a flood, 3 to 1000.' })
  floodPosts?: number | null;
  @Field(() => Int, { nullable: true, description: 'Within so many minutes, 1 to 1440.' })
  floodMinutes?: number | null;
}

@ObjectType({ description: 'Settings after they were changed.', simpleResolvers: true })
export class CareSettingsPayload extends MutationPayload {
  @Field(() => CareSetting, { nullable: true, description: 'The settings.' })
  settings?: CareSetting;
}
