import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const asMember: [string, (own: { ids: Record<string, string> }) => unknown] = [
  'input.memberId',
  own => own.ids['member'],
];

export const queues: Area = {
  byName: {
    queueId: 'queue',
    overflowQueueId: 'spare_queue',
    toQueueId: 'queue',
    toMemberId: 'member',
    fromMemberId: 'member',
    delegateId: 'member',
    skillId: 'skill',
    categoryIds: 'ticket_category',
    businessCalendarId: 'business_calendar',
  },
  byMutation: [
    [/Queue$/, 'queue'],
    [/Skill$/, 'skill'],
  ],
  byType: { Queue: 'queue', QueueChanged: 'queue', Skill: 'skill' },
  sensible: {
    assignTicket: [['input.assigneeId', own => own.ids['member']]],
    assignTickets: [['input.assigneeId', own => own.ids['member']]],
    transferTicket: [['input.toMemberId', own => own.ids['member']]],
    takeTicket: [asMember, ['input.ticketId', own => own.ids['free_ticket']]],
    takeNextTicket: [asMember],
    setAvailability: [asMember],
    setOutOfOffice: [asMember],
    endOutOfOffice: [asMember],
  },
  async plant(put, { marker, now, customer, member, team, kept }) {
    const queue = await put('support_queues', { name: marker, team_id: team, channels: ['FAX'] }, 'queue');
    kept['queue'] = queue;
    await put('support_queues', { name: `${marker} spare`, team_id: team, channels: ['FAX'] }, 'spare_queue');
    const skill = await put('skills', { name: marker }, 'skill');
    await put('queue_members', { queue_id: queue, member_id: member });
    await put('queue_skills', { queue_id: queue, skill_id: skill });
    await put('member_skills', { member_id: member, skill_id: skill, level: 3 });
    await put('member_languages', { member_id: member, language: 'es' });
    await put('member_availability', { member_id: member, status: 'BUSY' });
    await put('member_absences', { member_id: member, starts_at: now, note: marker });
    await put('queue_turns', { queue_id: queue, member_id: member, turn: 1 });
    // The trigger that keeps `queue_waiting` sees it come.
    await put(
      'tickets',
      {
        number: `${marker} free`,
        subject: marker,
        channel: 'MANUAL',
        customer_id: customer,
        queue_id: queue,
        team_id: team,
        created_by: 'system:test',
      },
      'free_ticket',
    );
  },
  prefixes: { spare_queue: 'queue', free_ticket: 'ticket' },
  rows({ id, name, moment, team }) {
    const queue = newId();
    const own = { name: 'gen_random_uuid()::text', team_id: `'${team}'::uuid`, created_at: moment };
    return {
      first: [['support_queues', { ...own, id: `'${queue}'::uuid`, name: `'Norte'` }]],
      tables: {
        support_queues: { ...own, id, position: 'floor(random() * 4)::int' },
        skills: { id, name: `${name} || gen_random_uuid()` },
      },
      parents: { Queue: publicId('queue', queue) },
    };
  },
};
