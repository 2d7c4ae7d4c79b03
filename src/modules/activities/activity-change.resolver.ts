import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { eachItem, mutate, Permit, RequestContext } from '../access/index.js';
import {
  CancelActivityInput,
  CheckInInput,
  CompleteActivitiesInput,
  CompleteActivityInput,
  CreateActivitiesInput,
  CreateActivityInput,
  ReopenActivityInput,
  UpdateActivityInput,
} from './activity.inputs.js';
import { ActivitiesPayload, ActivityPayload } from './activity.payloads.js';
import {
  cancelActivity,
  checkIn,
  completeActivity,
  createActivity,
  reopenActivity,
  updateActivity,
} from './activity.service.js';

@Resolver()
export class ActivityChangeResolver {
  @Permit('activities:write')
  @Mutation(() => ActivityPayload, {
    description: 'Plans a task, a call, a meeting or a visit, also one that comes again.',
  })
  createActivity(
    @Arg('input', () => CreateActivityInput, { description: 'What, when and for whom.' }) input: CreateActivityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createActivity', input, tx => createActivity(tx, context.viewer, input));
  }

  @Permit('activities:write')
  @Mutation(() => ActivitiesPayload, { description: 'Plans up to 200 activities, each by itself.' })
  createActivities(
    @Arg('input', () => CreateActivitiesInput, { description: 'The activities.' }) input: CreateActivitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createActivities', input, async tx => ({
      results: await eachItem(tx, input.items, item => createActivity(tx, context.viewer, item)),
    }));
  }

  @Permit('activities:write')
  @Mutation(() => ActivityPayload, { description: 'Changes an activity, or it and those of its series after it.' })
  updateActivity(
    @Arg('input', () => UpdateActivityInput, { description: 'Which, and how.' }) input: UpdateActivityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateActivity', input, tx => updateActivity(tx, context.viewer, input));
  }

  @Permit('activities:write')
  @Mutation(() => ActivityPayload, { description: 'Says that an activity was done; twice is a CONFLICT.' })
  completeActivity(
    @Arg('input', () => CompleteActivityInput, { description: 'Which, and what came of it.' })
    input: CompleteActivityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'completeActivity', input, tx => completeActivity(tx, context.viewer, input));
  }

  @Permit('activities:write')
  @Mutation(() => ActivitiesPayload, {
    description: 'Says of up to 200 activities that they were done, each by itself.',
  })
  completeActivities(
    @Arg('input', () => CompleteActivitiesInput, { description: 'Which.' }) input: CompleteActivitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'completeActivities', input, async tx => ({
      results: await eachItem(tx, input.items, item => completeActivity(tx, context.viewer, item)),
    }));
  }

  @Permit('activities:write')
  @Mutation(() => ActivityPayload, { description: 'Calls an activity off, or it and those of its series after it.' })
  cancelActivity(
    @Arg('input', () => CancelActivityInput, { description: 'Which.' }) input: CancelActivityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'cancelActivity', input, tx => cancelActivity(tx, context.viewer, input));
  }

  @Permit('activities:write')
  @Mutation(() => ActivityPayload, { description: 'Opens an activity again that was done or called off.' })
  reopenActivity(
    @Arg('input', () => ReopenActivityInput, { description: 'Which.' }) input: ReopenActivityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reopenActivity', input, tx => reopenActivity(tx, context.viewer, input));
  }

  @Permit('activities:write')
  @Mutation(() => ActivityPayload, { description: 'Says that somebody arrived for a visit; once.' })
  checkIn(
    @Arg('input', () => CheckInInput, { description: 'Which, when and where.' }) input: CheckInInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'checkIn', input, tx => checkIn(tx, context.viewer, input));
  }
}
