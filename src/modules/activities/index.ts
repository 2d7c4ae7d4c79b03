import { Activity } from './activity.entity.js';
import { ActivityResolver, CustomerActivitiesResolver } from './activity.resolver.js';
import { ActivityStreamResolver } from './activity.streams.js';
import { ActivityChangeResolver } from './activity-change.resolver.js';
import { ActivityAttendee } from './attendee.entity.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarFeedResolver } from './calendar-feed.resolver.js';
import { ActivitySeries } from './series.entity.js';

import './csv.kinds.js';
import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './records.js';
import './timeline.entries.js';

export { Activity } from './activity.entity.js';
export { ACTIVITIES_CRONTAB, activityTasks } from './background.js';
export { readCalendar } from './calendar.queries.js';
export { moveRegarding } from './regarding.service.js';
export { remindOf } from './reminder.service.js';
export { planAllSeries } from './series.planning.js';

/** Every stored class of this module, for TypeORM. */
export const activityEntities = [ActivitySeries, Activity, ActivityAttendee, CalendarFeed];

/** Everything of this module that answers a field; without the server's address it makes the schema only. */
export const activityResolvers = (publicUrl = ''): object[] => [
  new ActivityResolver(),
  new ActivityChangeResolver(),
  new CustomerActivitiesResolver(),
  new ActivityStreamResolver(),
  new CalendarFeedResolver(publicUrl),
];
