import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';
import type { TicketChannel } from '../tickets/ticket.states.rules.js';
import type { OutOfOffice } from './absence.entity.js';
import type { AvailabilityStatus } from './assignment.rules.js';
import type { MemberSkill } from './member-skill.entity.js';
import { IS_PRESENT } from './queue.queries.js';
import type { MemberAvailability } from './staffing.inputs.js';

interface AvailabilityRow {
  id: string;
  status: AvailabilityStatus;
  since: string | null;
  isPresent: boolean;
  capacities: Partial<Record<TicketChannel, number>>;
}

export const availabilityOfMember: LoaderDefinition<RequestContext, string, MemberAvailability> = {
  name: 'member.availability',
  async batch(context, ids) {
    const rows = await context.read<AvailabilityRow>(
      `select m.id, coalesce(v.status, 'AVAILABLE') as status, v.since, m.deactivated_at is null and ${IS_PRESENT} as "isPresent",
              coalesce(v.capacities, '{}') as capacities
         from members m
         left join member_availability v on v.organization_id = m.organization_id and v.member_id = m.id
         left join member_absences a on a.organization_id = m.organization_id and a.member_id = m.id
        where m.organization_id = $1 and m.id = any ($2)`,
      [context.viewer.organizationId, ids],
      'member.availability',
    );
    const byId = new Map(
      rows.map(({ id, status, since, isPresent, capacities }) => {
        const own = Object.entries(capacities).map(([channel, most]) => ({ channel: channel as TicketChannel, most }));
        return [id, { status, since, isPresent, capacities: own }];
      }),
    );
    return ids.map(id => byId.get(id)!);
  },
};

/** An absence that is over is told no more. */
export const absenceOfMember: LoaderDefinition<RequestContext, string, OutOfOffice | null> = {
  name: 'member.outOfOffice',
  async batch(context, ids) {
    const rows = await context.read<OutOfOffice>(
      `select member_id as "memberId", starts_at as "startsAt", ends_at as "endsAt", delegate_id as "delegateId", note
         from member_absences where organization_id = $1 and member_id = any ($2) and (ends_at is null or ends_at > now())`,
      [context.viewer.organizationId, ids],
      'member.outOfOffice',
    );
    const byId = new Map(rows.map(row => [row.memberId, row]));
    return ids.map(id => byId.get(id) ?? null);
  },
};

export const skillsOfMember: LoaderDefinition<RequestContext, string, MemberSkill[]> = {
  name: 'member.skills',
  async batch(context, ids) {
    const rows = await context.read<MemberSkill>(
      `select s.member_id as "memberId", s.skill_id as "skillId", s.level from member_skills s
         join skills k on k.organization_id = s.organization_id and k.id = s.skill_id
        where s.organization_id = $1 and s.member_id = any ($2) order by k.name, k.id`,
      [context.viewer.organizationId, ids],
      'member.skills',
    );
    const byMember = Map.groupBy(rows, row => row.memberId);
    return ids.map(id => byMember.get(id) ?? []);
  },
};

export const languagesOfMember: LoaderDefinition<RequestContext, string, string[]> = {
  name: 'member.languages',
  async batch(context, ids) {
    const rows = await context.read<{ memberId: string; language: string }>(
      `select member_id as "memberId", language from member_languages
        where organization_id = $1 and member_id = any ($2) order by language`,
      [context.viewer.organizationId, ids],
      'member.languages',
    );
    const byMember = Map.groupBy(rows, row => row.memberId);
    return ids.map(id => (byMember.get(id) ?? []).map(({ language }) => language));
  },
};

/** What counts against a capacity: neither done nor put off. */
export const openTicketsOfMember: LoaderDefinition<RequestContext, string, number> = {
  name: 'member.openTickets',
  async batch(context, ids) {
    const rows = await context.read<{ id: string; count: number }>(
      `select t.assignee_id as id, count(*)::integer as count from tickets t
        where t.organization_id = $1 and t.assignee_id = any ($2) and t.status not in ('SOLVED', 'CLOSED') and t.snoozed_until is null
        group by 1`,
      [context.viewer.organizationId, ids],
      'member.openTickets',
    );
    const byId = new Map(rows.map(({ id, count }) => [id, count]));
    return ids.map(id => byId.get(id) ?? 0);
  },
};
