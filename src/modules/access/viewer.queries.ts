import type { Pool } from 'pg';
import type { Verdict } from './credentials/index.js';
import type { Role } from './roles.js';
import { type AccessRuleRow, Viewer } from './viewer.js';

/** What a credential lets its holder be in one organisation. */
export interface Standing {
  slug: string;
  viewer: Viewer;
}

interface HolderRow {
  organization_id: string;
  id: string;
  slug: string;
  role: Role;
  customer_id: string | null;
  team_ids: string[];
  rules: AccessRuleRow[];
}

/** Holders as rows of (organization_id, id, role, customer_id, teams): those of the credential, that are not revoked. */
const HOLDERS: Record<Verdict['kind'], { sql: string; actor: string }> = {
  apiKey: {
    actor: 'key',
    sql: `select organization_id, id, role, customer_id, array_remove(array[team_id], null) as teams from api_keys
           where organization_id = $1::uuid and id = $2::uuid and revoked_at is null`,
  },
  oauthClient: {
    actor: 'client',
    sql: `select organization_id, id, role, null::uuid as customer_id, '{}'::uuid[] as teams from oauth_clients
           where organization_id = $1::uuid and client_id = $2 and revoked_at is null`,
  },
  portal: {
    actor: 'customer',
    sql: `select s.organization_id, s.customer_id as id, 'CUSTOMER'::text as role, s.customer_id, '{}'::uuid[] as teams
            from portal_sessions s
            join portal_settings p on p.organization_id = s.organization_id and p.is_on
           where s.organization_id = $1::uuid and s.id = $2::uuid and s.ended_at is null and s.expires_at > now()`,
  },
  user: {
    actor: 'user',
    sql: `select m.organization_id, m.id, m.role, m.customer_id,
                 array(select tm.team_id from team_members tm where tm.organization_id = m.organization_id and tm.member_id = m.id) as teams
            from members m where $1::uuid is null and m.user_id = $2 and m.deactivated_at is null`,
  },
};

/** A member of a team is also one of the teams below it. Who acts for a customer does so while that is there. */
const standingSql = (holders: string): string => `
  with recursive holder as (${holders}),
  reach as (
    select h.organization_id, t.id from holder h
      join teams t on t.organization_id = h.organization_id and t.id = any (h.teams)
    union
    select t.organization_id, t.id from reach r join teams t on t.organization_id = r.organization_id and t.parent_id = r.id
  )
  select h.organization_id, h.id, o.slug, h.role, h.customer_id,
         array(select r.id from reach r where r.organization_id = h.organization_id) as team_ids,
         (select coalesce(json_agg(json_build_object('role', a.role, 'kind', a.kind, 'scope', a.scope, 'hiddenFields', a.hidden_fields)), '[]')
            from access_rules a where a.organization_id = h.organization_id and a.role = h.role) as rules
    from holder h join organizations o on o.id = h.organization_id
    left join customers c on c.organization_id = h.organization_id and c.id = h.customer_id
   where h.customer_id is null or (c.id is not null and c.deleted_at is null)
   order by o.slug`;

const statements = Object.fromEntries(Object.entries(HOLDERS).map(([kind, { sql }]) => [kind, standingSql(sql)]));

/** Where the holder of a credential stands: one organisation for keys and clients, any number for a person, by slug. */
export async function loadStandings(system: Pool, verdict: Verdict): Promise<Standing[]> {
  const values = {
    apiKey: () => verdict.kind === 'apiKey' && [verdict.organizationId, verdict.apiKeyId],
    oauthClient: () => verdict.kind === 'oauthClient' && [verdict.organizationId, verdict.clientId],
    portal: () => verdict.kind === 'portal' && [verdict.organizationId, verdict.sessionId],
    user: () => verdict.kind === 'user' && [null, verdict.userId],
  }[verdict.kind]();
  const { rows } = await system.query<HolderRow>({
    name: `access.${verdict.kind}`,
    text: statements[verdict.kind]!,
    values: values || [],
  });
  return rows.map(row => ({
    slug: row.slug,
    viewer: viewerOf(row, `${HOLDERS[verdict.kind].actor}:${row.id}`, {
      ...(verdict.kind === 'user' && { memberId: row.id }),
      ...(verdict.kind === 'portal' && { portalSessionId: verdict.sessionId }),
    }),
  }));
}

/** Who a member is to what is read in their name without them; null once they have left. */
export async function memberViewer(system: Pool, organizationId: string, memberId: string): Promise<Viewer | null> {
  const { rows } = await system.query<HolderRow>({
    name: 'access.member',
    text: standingSql(
      `select m.organization_id, m.id, m.role, m.customer_id,
              array(select tm.team_id from team_members tm where tm.organization_id = m.organization_id and tm.member_id = m.id) as teams
         from members m where m.organization_id = $1 and m.id = $2 and m.deactivated_at is null`,
    ),
    values: [organizationId, memberId],
  });
  return rows[0] ? viewerOf(rows[0], `user:${rows[0].id}`, { memberId: rows[0].id }) : null;
}

const viewerOf = (row: HolderRow, actor: string, holder: { memberId?: string; portalSessionId?: string }): Viewer =>
  new Viewer({
    actor,
    organizationId: row.organization_id,
    role: row.role,
    ...holder,
    teamIds: row.team_ids,
    customerId: row.customer_id ?? undefined,
    rules: row.rules,
  });
