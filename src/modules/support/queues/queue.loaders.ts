import { Field, Int, ObjectType } from 'type-graphql';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf, DateTime } from '../../../platform/schema/index.js';
import { Member, type RequestContext, visibleCondition } from '../../access/index.js';
import { CAN_WORK, IS_PRESENT, WORKERS } from './queue.queries.js';
import type { QueueSkill } from './queue-skill.entity.js';

@ObjectType({ description: 'How a queue stands now.', simpleResolvers: true })
export class QueueStats {
  @Field(() => Int, { description: 'How many of its tickets nobody has.' })
  waiting: number;
  @Field(() => DateTime, { nullable: true, description: 'Since when the first of them waits.' })
  longestWaitSince: string | null;
  @Field(() => Int, { description: 'How many of its members are neither busy, away nor out of office.' })
  availableMembers: number;
  @Field(() => Int, { description: 'How many members it has.' })
  members: number;
}

/** How many queues stand, in one statement. */
export const statsOfQueue: LoaderDefinition<RequestContext, string, QueueStats> = {
  name: 'queue.stats',
  async batch(context, ids) {
    const rows = await context.read<QueueStats & { id: string }>(
      `select q.id, coalesce(s.waiting, 0) as waiting, s.since as "longestWaitSince",
              coalesce(p.members, 0) as members, coalesce(p.present, 0) as "availableMembers"
         from support_queues q
         left join lateral (
           select count(*)::integer as waiting, min(w.since) as since from queue_waiting w
            where w.organization_id = q.organization_id and w.queue_id = q.id) s on true
         left join lateral (
           select count(*)::integer as members, (count(*) filter (where ${IS_PRESENT}))::integer as present
             from ${WORKERS} join members m on m.organization_id = q.organization_id and m.id = w.member_id and ${CAN_WORK}
             left join member_availability v on v.organization_id = m.organization_id and v.member_id = m.id
             left join member_absences a on a.organization_id = m.organization_id and a.member_id = m.id) p on true
        where q.organization_id = $1 and q.id = any ($2)`,
      [context.viewer.organizationId, ids],
      'queue.stats',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id)!);
  },
};

export const skillsOfQueue: LoaderDefinition<RequestContext, string, QueueSkill[]> = {
  name: 'queue.skills',
  async batch(context, ids) {
    const rows = await context.read<QueueSkill>(
      `select s.queue_id as "queueId", s.skill_id as "skillId", s.min_level as "minLevel", s.is_required as "isRequired"
         from queue_skills s join skills k on k.organization_id = s.organization_id and k.id = s.skill_id
        where s.organization_id = $1 and s.queue_id = any ($2) order by k.name, k.id`,
      [context.viewer.organizationId, ids],
      'queue.skills',
    );
    const byQueue = Map.groupBy(rows, row => row.queueId);
    return ids.map(id => byQueue.get(id) ?? []);
  },
};

const MOST_MEMBERS = 500;

/** Under the rule for staff: whoever may not see a member is not told of them. */
export const membersOfQueue: LoaderDefinition<RequestContext, string, Member[]> = {
  name: 'queue.members',
  async batch(context, ids) {
    const parameters = new Parameters();
    const [organization, queues] = [
      parameters.add(context.viewer.organizationId, 'uuid'),
      parameters.add(ids, 'uuid[]'),
    ];
    const visible = visibleCondition(context.viewer, 'STAFF', 't', parameters) ?? 'true';
    const rows = await context.read<Member & { queueId: string }>(
      `select q.id as "queueId", o.* from support_queues q cross join lateral (
         select ${columnsOf(Member)} from ${WORKERS}
           join members t on t.organization_id = q.organization_id and t.id = w.member_id and t.deactivated_at is null and ${visible}
          order by t.name, t.id limit ${MOST_MEMBERS}) o
        where q.organization_id = ${organization} and q.id = any (${queues})`,
      parameters.values,
    );
    const byQueue = Map.groupBy(rows, row => row.queueId);
    return ids.map(id => byQueue.get(id) ?? []);
  },
};
