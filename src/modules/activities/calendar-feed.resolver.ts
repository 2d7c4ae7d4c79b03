import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { columnsOf, MutationInput, MutationPayload } from '../../platform/schema/index.js';
import { type Issue, issue, mutate, Permit, RequestContext } from '../access/index.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { createCalendarFeed, removeCalendarFeed } from './calendar-feed.service.js';

@InputType({ description: 'An address for another calendar.' })
export class CreateCalendarFeedInput extends MutationInput {
  @Field({ description: 'What you call it, such as the device that reads it.' })
  name: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Whose activities it is of: your own unless said. Of a colleague only for who manages access.',
  })
  memberId?: string | null;
}

@InputType({ description: 'Names a calendar feed.' })
export class RemoveCalendarFeedInput extends MutationInput {
  @Field(() => ID, { description: 'The feed.' })
  id: string;
}

@ObjectType({ description: 'A calendar feed that was made.', simpleResolvers: true })
export class CreateCalendarFeedPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Its secret address, told this once: whoever has it reads your activities. Nothing when this was done before.',
  })
  url?: string;
}

@ObjectType({ description: 'A calendar feed that is no more.', simpleResolvers: true })
export class RemoveCalendarFeedPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Its id.' })
  removedCalendarFeedId?: string;
}

@Resolver(() => CalendarFeed)
export class CalendarFeedResolver {
  constructor(private readonly publicUrl: string) {}

  @Permit('activities:read')
  @Query(() => [CalendarFeed], { description: 'Your own calendar feeds, ten at the most; the oldest first.' })
  async calendarFeeds(@Ctx() context: RequestContext): Promise<CalendarFeed[]> {
    const { memberId } = context.viewer;
    return memberId
      ? context.read<CalendarFeed>(
          `select ${columnsOf(CalendarFeed)} from calendar_feeds t where t.member_id = $1 order by t.created_at, t.id`,
          [memberId],
        )
      : [];
  }

  @Permit('activities:read')
  @Mutation(() => CreateCalendarFeedPayload, {
    description: 'Makes a secret address under which another calendar (iCalendar) reads your activities.',
  })
  createCalendarFeed(
    @Arg('input', () => CreateCalendarFeedInput, { description: 'What it is called.' }) input: CreateCalendarFeedInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'createCalendarFeed', input, (tx, making: Issue<{ url: string }>) =>
      createCalendarFeed(tx, context.viewer, input, this.publicUrl, making),
    );
  }

  @Permit('activities:read')
  @Mutation(() => RemoveCalendarFeedPayload, {
    description: 'Closes the address of a calendar feed at once: your own, or anybody’s for who manages access.',
  })
  removeCalendarFeed(
    @Arg('input', () => RemoveCalendarFeedInput, { description: 'Which.' }) input: RemoveCalendarFeedInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCalendarFeed', input, tx => removeCalendarFeed(tx, context.viewer, input.id));
  }
}
