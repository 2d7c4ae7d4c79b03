import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const TARGETS = JSON.stringify({ NORMAL: { firstResponse: 60, nextResponse: 60, resolution: 480 } });

export const sla: Area = {
  byName: { calendarId: 'business_calendar', followerId: 'member', categoryIds: 'ticket_category', queueIds: 'queue' },
  byMutation: [
    [/^removeBusinessCalendar$/, 'spare_calendar'],
    [/BusinessCalendar$/, 'business_calendar'],
    [/SlaPolicy$/, 'sla_policy'],
    [/EscalationRule$/, 'escalation_rule'],
  ],
  byType: {
    BusinessCalendar: 'business_calendar',
    SlaPolicy: 'sla_policy',
    EscalationRule: 'escalation_rule',
    TicketDeadlineEvent: 'ticket',
  },
  sensible: {
    createBusinessCalendar: [
      ['input.timeZone', () => 'Europe/Madrid'],
      ['input.isAlwaysOpen', () => true],
    ],
    createSlaPolicy: [['input.targets', () => [{ priority: 'NORMAL', resolutionMinutes: 60 }]]],
    createEscalationRule: [
      ['input.trigger', () => 'UNTOUCHED'],
      ['input.note', () => 'Take it'],
    ],
    slaReport: [
      ['from', () => '2026-01-01T00:00:00Z'],
      ['to', () => '2027-01-01T00:00:00Z'],
    ],
  },
  async plant(put, { marker, now, member, team, kept }) {
    const calendar = await put(
      'business_calendars',
      { name: marker, time_zone: 'Europe/Madrid', is_always_open: true },
      'business_calendar',
    );
    await put(
      'business_calendars',
      { name: `${marker} spare`, time_zone: 'Europe/Madrid', is_always_open: true },
      'spare_calendar',
    );
    await put('calendar_holidays', { id: newId(), calendar_id: calendar, name: marker, date: '2026-12-25' });
    const policy = await put(
      'sla_policies',
      { name: marker, position: 1, segments: [marker], targets: TARGETS, calendar_id: calendar },
      'sla_policy',
    );
    await put('ticket_clocks', {
      ticket_id: kept['ticket'],
      metric: 'RESOLUTION',
      turn: 0,
      policy_id: policy,
      target_minutes: 480,
      started_at: now,
      running_since: now,
      due_at: now,
    });
    const rule = await put(
      'escalation_rules',
      {
        name: marker,
        position: 1,
        trigger: 'UNTOUCHED',
        minutes: 60,
        assignee_id: member,
        team_id: team,
        note: marker,
      },
      'escalation_rule',
    );
    await put('ticket_escalations', { ticket_id: kept['ticket'], rule_id: rule, act_at: null });
  },
  prefixes: { spare_calendar: 'business_calendar' },
  rows({ id, moment, name }) {
    const [calendar, policy] = [newId(), newId()];
    const unique = `${name} || gen_random_uuid()`;
    return {
      first: [
        ['business_calendars', { id: `'${calendar}'::uuid`, name: `'Madrid'`, time_zone: `'Europe/Madrid'` }],
        ['sla_policies', { id: `'${policy}'::uuid`, name: `'Everybody'`, position: '1', targets: `'{}'` }],
      ],
      tables: {
        business_calendars: { id, name: unique, time_zone: `'Europe/Madrid'`, created_at: moment },
        sla_policies: {
          id,
          name: unique,
          position: 'floor(random() * 4)::int',
          targets: `'{}'`,
          calendar_id: `'${calendar}'`,
        },
        escalation_rules: {
          id,
          name: unique,
          position: 'floor(random() * 4)::int',
          trigger: `'UNASSIGNED'`,
          minutes: '60',
          note: name,
        },
      },
      parents: {
        BusinessCalendar: publicId('business_calendar', calendar),
        SlaPolicy: publicId('sla_policy', policy),
      },
    };
  },
};
