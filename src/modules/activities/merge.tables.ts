import { mergedTable } from '../customers/index.js';

const isSeen = (viewer: { scopeOf(kind: 'ACTIVITY'): string }) => viewer.scopeOf('ACTIVITY') !== 'NONE';

mergedTable({
  table: 'activity_series',
  prefix: 'activity_series',
  kind: 'activitySeries',
  columns: ['customer_id'],
  isSeen,
});
mergedTable({ table: 'activities', prefix: 'activity', kind: 'activities', columns: ['customer_id'], isSeen });
// Whoever was asked as two customers is asked as both: it is one customer all the same, and undoing the merge finds them again.
mergedTable({ table: 'activity_attendees', prefix: 'attendee', kind: 'attendees', columns: ['customer_id'], isSeen });
