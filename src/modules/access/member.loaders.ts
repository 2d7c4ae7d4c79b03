import type { LoaderDefinition } from '../../platform/loaders.js';
import { columnsOf } from '../../platform/schema/index.js';
import type { RequestContext } from './context.js';
import { Member } from './member.entity.js';
import { Team } from './team.entity.js';

/** The teams each member belongs to themselves, by name. */
export const teamsOfMember: LoaderDefinition<RequestContext, string, Team[]> = {
  name: 'member.teams',
  async batch(context, memberIds) {
    const rows = await context.read<Team & { memberId: string }>(
      `select ${columnsOf(Team)}, tm.member_id as "memberId" from team_members tm
         join teams t on t.organization_id = tm.organization_id and t.id = tm.team_id
        where tm.member_id = any ($1::uuid[]) order by t.name`,
      [memberIds],
      'member.teams',
    );
    const byMember = Map.groupBy(rows, row => row.memberId);
    return memberIds.map(id => byMember.get(id) ?? []);
  },
};

/** Members whatever the caller sees of staff: everybody may see themselves. */
export const ownMember: LoaderDefinition<RequestContext, string, Member | null> = {
  name: 'member.own',
  async batch(context, ids) {
    const rows = await context.read<Member>(
      `select ${columnsOf(Member)} from members t where t.id = any ($1::uuid[])`,
      [ids],
      'member.own',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? null);
  },
};
