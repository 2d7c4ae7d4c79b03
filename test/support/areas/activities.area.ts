import type { Area } from './area.js';

export const activities: Area = {
  byName: { attendeeId: 'member', attendeeIds: 'member', regardingId: 'post', activityId: 'activity' },
  byMutation: [
    [/^checkIn$/, 'visit'],
    [/^reopenActivity$/, 'done_activity'],
    [/CalendarFeed$/, 'calendar_feed'],
    [/Activit(y|ies)$/, 'activity'],
  ],
  byType: { Activity: 'activity', ActivityEvent: 'activity' },
  prefixes: { visit: 'activity', done_activity: 'activity' },
  sensible: {
    createActivity: [['input.startsAt', () => '2026-12-01T09:00:00Z']],
    createCalendarFeed: [['input.memberId', own => own.ids['member']]],
  },
  async plant(put, { marker, now, customer, member, post, kept }) {
    const own = {
      subject: marker,
      notes: marker,
      customer_id: customer,
      created_by: 'system:test',
      regarding_prefix: 'post',
      regarding_id: post,
    };
    kept['activity'] = await put('activities', { ...own, kind: 'CALL', starts_at: now }, 'activity');
    await put('activities', { ...own, kind: 'VISIT', location: marker }, 'visit');
    await put(
      'activities',
      { ...own, kind: 'TASK', status: 'DONE', outcome: marker, completed_at: now },
      'done_activity',
    );
    await put('activity_attendees', { activity_id: kept['activity'], customer_id: customer }, 'attendee');
    await put(
      'activity_series',
      {
        rule: 'FREQ=DAILY',
        time_zone: 'UTC',
        first_at: now,
        ends_before: now,
        planned_until: now,
        kind: 'CALL',
        subject: marker,
        priority: 'NORMAL',
        is_timed: true,
        customer_id: customer,
        attending_ids: [customer],
      },
      'activity_series',
    );
    await put(
      'calendar_feeds',
      { member_id: member, name: marker, token_digest: `${marker} ${customer}` },
      'calendar_feed',
    );
  },
  rows({ customer, id, moment, name, maybe }) {
    return {
      tables: {
        activities: {
          id,
          kind: `'TASK'`,
          subject: name,
          customer_id: `'${customer}'`,
          starts_at: maybe(moment),
          due_at: maybe(moment),
          completed_at: maybe(moment),
          created_by: `'system:test'`,
          created_at: moment,
          updated_at: moment,
        },
      },
    };
  },
};
