import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import type { RequestContext } from './context.js';
import { Member } from './member.entity.js';
import { Team } from './team.entity.js';
import { visibleCondition } from './visibility.rules.js';

/** Of the teams each member belongs to themselves those the viewer may see, by name; everybody sees their own. */
export const teamsOfMember: LoaderDefinition<RequestContext, string, Team[]> = {
  name: 'member.teams',
  async batch(context, memberIds) {
    const { viewer } = context;
    const parameters = new Parameters();
    const named = `tm.member_id = any (${parameters.add(memberIds, 'uuid[]')})`;
    const visible = visibleCondition(viewer, 'STAFF', 't', parameters);
    const own = visible && ` and (${visible} or tm.member_id = ${parameters.add(viewer.memberId ?? null, 'uuid')})`;
    const rows = await context.read<Team & { memberId: string }>(
      `select ${columnsOf(Team)}, tm.member_id as "memberId" from team_members tm
         join teams t on t.organization_id = tm.organization_id and t.id = tm.team_id
        where ${named}${own ?? ''} order by t.name`,
      parameters.values,
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
