import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, Json, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Theme } from './theme.entity.js';

@InputType({ description: 'A theme to be looked for.' })
export class CreateThemeInput extends MutationInput {
  @Field({ description: 'Its name, up to 100 characters.' })
  name: string;
  @Field(() => Json, { nullable: true, description: 'Its name in other languages, by BCP 47.' })
  names?: unknown;
  @Field(() => [String], { description: 'Words and phrases, any of which speaks of it; 1 to 50.' })
  words: string[];
}

@InputType({ description: 'How a theme changes; what is left out stays.' })
export class UpdateThemeInput extends MutationInput {
  @Field(() => ID, { description: 'The theme.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Json, { nullable: true, description: 'Its name in other languages; all of them.' })
  names?: unknown;
  @Field(() => [String], { nullable: true, description: 'Words and phrases; all of them.' })
  words?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is looked for.' })
  isActive?: boolean | null;
}

@ObjectType({ description: 'A theme after it was changed.', simpleResolvers: true })
export class ThemePayload extends MutationPayload {
  @Reference(() => Theme, 'themeId', { nullable: true, description: 'The theme.' })
  theme?: Theme;
}

@ArgsType()
export class PeriodArgs {
  @Field(() => DateTime, { description: 'From this moment on.' })
  from: string;
  @Field(() => DateTime, { description: 'Up to this moment, itself not included.' })
  to: string;
}

@ObjectType({ description: 'How much a theme was spoken of, of what you may see.', simpleResolvers: true })
export class ThemeReportRow {
  themeId: string;
  @Reference(() => Theme, 'themeId', { nullable: true, description: 'The theme.' })
  theme?: Theme;
  @Field(() => Int, { description: 'In how many posts, the latest 10,000 looked at.' })
  posts: number;
  @Field(() => Int, {
    description:
      'In how many tickets: in their subject, in what was written down when they were opened, or in what their customer said, whatever the channel; the latest 10,000 looked at. Our answers and notes do not count, and what became a part of another ticket counts for that one.',
  })
  tickets: number;
  @Field(() => Int, { description: 'In how many answers to surveys.' })
  surveyResponses: number;
  @Field(() => Int, {
    description: 'By how many people, in posts and tickets; who is known as one customer counts once.',
  })
  people: number;
  @Field(() => Int, { description: 'In how many posts in as long a time before.' })
  postsBefore: number;
  @Field(() => Int, { description: 'In how many tickets in as long a time before.' })
  ticketsBefore: number;
  @Field(() => Float, {
    nullable: true,
    description: 'How it was spoken of in posts, from -1 to 1; nothing when it was not.',
  })
  sentiment: number | null;
}

@ObjectType({ description: 'Words that are spoken more than before, and may be a theme.', simpleResolvers: true })
export class SuggestedTheme {
  @Field({ description: 'The word, or two that stand side by side.' })
  words: string;
  @Field(() => Int, { description: 'In how many posts and tickets they stand.' })
  now: number;
  @Field(() => Int, { description: 'In how many they stood in as long a time before.' })
  before: number;
}
