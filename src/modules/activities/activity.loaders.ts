import type { LoaderDefinition } from '../../platform/loaders.js';
import { columnsOf } from '../../platform/schema/index.js';
import type { ListOfParent, RequestContext } from '../access/index.js';
import { ActivityAttendee } from './attendee.entity.js';
import { ActivitySeries } from './series.entity.js';

/** Who is asked to each activity: members before customers. */
export const attendeesOfActivity: LoaderDefinition<RequestContext, string, ActivityAttendee[]> = {
  name: 'activity.attendees',
  async batch(context, activityIds) {
    const rows = await context.read<ActivityAttendee>(
      `select ${columnsOf(ActivityAttendee)} from activity_attendees t where t.activity_id = any ($1) order by t.member_id, t.customer_id`,
      [activityIds],
      'activity.attendees',
    );
    const byActivity = Map.groupBy(rows, row => row.activityId);
    // Two customers that were merged are one, who may have been asked as both.
    return activityIds.map(id => [
      ...new Map((byActivity.get(id) ?? []).map(row => [row.memberId ?? row.customerId, row])).values(),
    ]);
  },
};

/** How the series comes again; only for activities that the viewer sees. */
export const recurrenceById: LoaderDefinition<RequestContext, string, ActivitySeries | null> = {
  name: 'activity.recurrence',
  async batch(context, seriesIds) {
    const rows = await context.read<ActivitySeries>(
      `select t.id, t.rule, t.time_zone as "timeZone", t.first_at as "firstAt", t.ends_before as "endsBefore", t.planned_until as "plannedUntil"
         from activity_series t where t.id = any ($1)`,
      [seriesIds],
      'activity.recurrence',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return seriesIds.map(id => byId.get(id) ?? null);
  },
};

export const activitiesOfCustomer: ListOfParent = {
  name: 'customer.activities',
  condition: 't.customer_id = k.parent',
};
