import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { publicId } from '../../platform/ids.js';
import { connectionOf, Node, PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { Activity } from './activity.entity.js';
import { ActivityFilter, ActivityOrder } from './activity.inputs.js';
import { activitiesOfCustomer, attendeesOfActivity, recurrenceById } from './activity.loaders.js';
import { ActivityAttendee } from './attendee.entity.js';
import { ActivitySeries } from './series.entity.js';

export const ActivityConnection = connectionOf(Activity, 'Activity');

@ArgsType()
class ActivitiesArgs extends PageArgs {
  @Field(() => ActivityFilter, { nullable: true, description: 'Only these.' })
  filter?: ActivityFilter;
  @Field(() => [ActivityOrder], { nullable: true, description: 'In this order; those planned last first unless said.' })
  orderBy?: InstanceType<typeof ActivityOrder>[];
}

@Resolver(() => Activity)
export class ActivityResolver {
  @Permit('activities:read')
  @Query(() => Activity, { nullable: true, description: 'One activity, or nothing when there is none you may see.' })
  activity(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Activity | null> {
    return context.recordByPublicId(Activity, id);
  }

  @Permit('activities:read')
  @Query(() => ActivityConnection, {
    description:
      'Activities you may see. A day of somebody is `filter: { ownerId, status: { eq: OPEN }, at: { gte, lt } }, orderBy: { field: AT }`.',
  })
  activities(@Args(() => ActivitiesArgs) args: ActivitiesArgs, @Ctx() context: RequestContext) {
    return context.page(Activity, args);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What else it is about: an opportunity, a lead, a post, … where you may see it.',
  })
  regarding(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<object | null> | null {
    const { regardingPrefix, regardingId } = activity;
    return regardingPrefix && regardingId ? context.node(publicId(regardingPrefix, regardingId)) : null;
  }

  @FieldResolver(() => [ActivityAttendee], { description: 'Who is asked to it.' })
  attendees(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<ActivityAttendee[]> {
    return context.load(attendeesOfActivity, activity.id);
  }

  @FieldResolver(() => ActivitySeries, { nullable: true, description: 'How it comes again, where it does.' })
  recurrence(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<ActivitySeries | null> | null {
    return activity.seriesId ? context.load(recurrenceById, activity.seriesId) : null;
  }
}

@Resolver(() => Customer)
export class CustomerActivitiesResolver {
  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: 'Activities about it that you may see; nothing for who sees no activities.',
  })
  activities(
    @Root() customer: Customer,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.viewer.may('activities:read')
      ? context.pageOf(Activity, activitiesOfCustomer, customer.id, args)
      : null;
  }
}
