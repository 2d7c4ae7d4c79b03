import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { BusinessCalendar, CalendarHoliday } from './business-calendar.entity.js';
import {
  BusinessCalendarPayload,
  CreateBusinessCalendarInput,
  RemoveBusinessCalendarInput,
  RemoveBusinessCalendarPayload,
  UpdateBusinessCalendarInput,
} from './business-calendar.inputs.js';
import { createBusinessCalendar, removeBusinessCalendar, updateBusinessCalendar } from './business-calendar.service.js';
import { holidaysOfCalendar } from './sla.loaders.js';

const BusinessCalendarConnection = connectionOf(BusinessCalendar, 'BusinessCalendar');

@Resolver(() => BusinessCalendar)
export class BusinessCalendarResolver {
  @Permit('support:read')
  @Query(() => BusinessCalendar, {
    nullable: true,
    description: 'One calendar, or nothing when there is none that you may see.',
  })
  businessCalendar(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(BusinessCalendar, id);
  }

  @Permit('support:read')
  @Query(() => BusinessCalendarConnection, { description: 'When the organisation works.' })
  businessCalendars(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(BusinessCalendar, args);
  }

  @FieldResolver(() => [CalendarHoliday], { description: 'Its holidays: those of every year, then those of one.' })
  holidays(@Root() calendar: BusinessCalendar, @Ctx() context: RequestContext): Promise<CalendarHoliday[]> {
    return context.load(holidaysOfCalendar, calendar.id);
  }

  @Permit('support:manage')
  @Mutation(() => BusinessCalendarPayload, { description: 'Makes a calendar of business hours.' })
  createBusinessCalendar(
    @Arg('input', () => CreateBusinessCalendarInput, { description: 'When it is open.' })
    input: CreateBusinessCalendarInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createBusinessCalendar', input, tx => createBusinessCalendar(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => BusinessCalendarPayload, { description: 'Changes a calendar; times that run are reckoned anew.' })
  updateBusinessCalendar(
    @Arg('input', () => UpdateBusinessCalendarInput, { description: 'Which, and how.' })
    input: UpdateBusinessCalendarInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateBusinessCalendar', input, tx => updateBusinessCalendar(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => RemoveBusinessCalendarPayload, { description: 'Removes a calendar that nothing goes by any more.' })
  removeBusinessCalendar(
    @Arg('input', () => RemoveBusinessCalendarInput, { description: 'Which.' }) input: RemoveBusinessCalendarInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeBusinessCalendar', input, tx => removeBusinessCalendar(tx, input.id));
  }
}
