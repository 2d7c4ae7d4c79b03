import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../events/index.js';
import { publicId } from '../../platform/ids.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit } from '../access/index.js';
import { Activity } from './activity.entity.js';
import { ActivityFilter } from './activity.inputs.js';
import { activityRecord } from './records.js';

@ObjectType({ description: 'Something that happened to an activity.', simpleResolvers: true })
export class ActivityEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId: string;
  @Reference(() => Activity, 'storedActivityId', { nullable: true, description: 'The activity as it is now.' })
  activity?: Activity;
}

const root = ({ subjectId }: { subjectId: string }, cursor: string) => ({
  cursor,
  activityId: publicId('activity', subjectId),
  storedActivityId: subjectId,
});

defineStream({ field: 'activityChanged', types: ['activity.changed'], record: activityRecord, root });
defineStream({ field: 'activityDue', types: ['activity.due'], record: activityRecord, root });

@ArgsType()
class ActivityStreamArgs {
  @Field(() => ActivityFilter, { nullable: true, description: 'Only activities like these.' })
  filter?: ActivityFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class ActivityStreamResolver {
  @Permit('activities:read')
  @Subscription(() => ActivityEvent, {
    subscribe: overSocket,
    description: 'Activities as they are planned, changed and done, each change once and in order.',
  })
  activityChanged(
    @Root() event: ActivityEvent,
    @Args(() => ActivityStreamArgs) _args: ActivityStreamArgs,
  ): ActivityEvent {
    return event;
  }

  @Permit('activities:read')
  @Subscription(() => ActivityEvent, {
    subscribe: overSocket,
    description: 'Activities whose moment to be reminded of them has come, each once.',
  })
  activityDue(@Root() event: ActivityEvent, @Args(() => ActivityStreamArgs) _args: ActivityStreamArgs): ActivityEvent {
    return event;
  }
}
