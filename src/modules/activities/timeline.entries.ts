import { Field, ObjectType } from 'type-graphql';
import type { Parameters } from '../../platform/paging/index.js';
import { Reference } from '../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import { TimelineEntry, timelineSource } from '../customers/index.js';
import { Activity } from './activity.entity.js';
import { ActivityKind } from './activity.kinds.rules.js';
import { activityWords } from './activity.words.js';

interface Told {
  kind: ActivityKind;
  subject: string;
  outcome?: string | null;
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
};

/** Of the customer and of those to which it is asked; `moment` is a column of `a` that is there. */
const select =
  (moment: string, condition = 'true') =>
  (viewer: Viewer, parameters: Parameters) => {
    if (!viewer.may('activities:read')) return null;
    const rule = visibleCondition(viewer, 'ACTIVITY', 'a', parameters);
    return `select a.${moment} as occurred_at, a.id,
                 jsonb_build_object('kind', a.kind, 'subject', left(a.subject, 200), 'outcome', left(a.outcome, 200), 'activityId', a.id) as detail
            from activities a
           where a.id in (select o.id from activities o where o.customer_id = k.parent
                          union select t.activity_id from activity_attendees t where t.customer_id = k.parent)
             and a.${moment} is not null and ${condition}${rule ? ` and ${rule}` : ''}`;
  };

const line = (what: string, { subject, outcome }: Told): string =>
  short([what, subject].filter(Boolean).join(': ') + (outcome ? ` – ${outcome}` : ''));

@ObjectType({
  implements: TimelineEntry,
  description: 'Something was planned with the customer.',
  simpleResolvers: true,
})
export class ActivityPlanned extends TimelineEntry {
  @Field(() => ActivityKind, { description: 'What.' })
  kind: ActivityKind;
  @Reference(() => Activity, 'activityId', { nullable: true, description: 'The activity; of a series the first.' })
  activity?: Activity;
}

timelineSource<Told>({
  type: ActivityPlanned,
  prefix: 'activity',
  // A series is planned once, not each time again.
  sql: select(
    'created_at',
    `(a.series_id is null or a.occurrence_at = (select s.first_at from activity_series s where s.id = a.series_id))`,
  ),
  summary: {
    en: told => line(activityWords.en.planned[told.kind], { ...told, outcome: null }),
    es: told => line(activityWords.es.planned[told.kind], { ...told, outcome: null }),
    pt: told => line(activityWords.pt.planned[told.kind], { ...told, outcome: null }),
  },
});

@ObjectType({ implements: TimelineEntry, description: 'Something with the customer was done.', simpleResolvers: true })
export class ActivityCompleted extends TimelineEntry {
  @Field(() => ActivityKind, { description: 'What.' })
  kind: ActivityKind;
  @Field(() => String, { nullable: true, description: 'What came of it.' })
  outcome: string | null;
  @Reference(() => Activity, 'activityId', { nullable: true, description: 'The activity.' })
  activity?: Activity;
}

timelineSource<Told>({
  type: ActivityCompleted,
  prefix: 'activity_completion',
  sql: select('completed_at'),
  summary: {
    en: told => line(activityWords.en.done[told.kind], told),
    es: told => line(activityWords.es.done[told.kind], told),
    pt: told => line(activityWords.pt.done[told.kind], told),
  },
});

@ObjectType({ implements: TimelineEntry, description: 'Somebody arrived at the customer’s.', simpleResolvers: true })
export class VisitCheckedIn extends TimelineEntry {
  @Reference(() => Activity, 'activityId', { nullable: true, description: 'The visit.' })
  activity?: Activity;
}

timelineSource<Told>({
  type: VisitCheckedIn,
  prefix: 'activity_arrival',
  sql: select('checked_in_at'),
  summary: {
    en: told => line(activityWords.en.arrived, { ...told, outcome: null }),
    es: told => line(activityWords.es.arrived, { ...told, outcome: null }),
    pt: told => line(activityWords.pt.arrived, { ...told, outcome: null }),
  },
});
