import type { Tx } from '../../../platform/database/database.js';
import type { Lead, Qualification } from './lead.entity.js';
import { type ScoreFacts, type ScoreReason, scoreLead } from './score.rules.js';
import { type TerritoryRule, territoryOf } from './territory.rules.js';

type ScoredLead = Pick<
  Lead,
  | 'id'
  | 'name'
  | 'companyName'
  | 'jobTitle'
  | 'email'
  | 'phone'
  | 'website'
  | 'country'
  | 'postalCode'
  | 'language'
  | 'interest'
  | 'industry'
  | 'employees'
  | 'score'
  | 'postId'
  | 'identityId'
  | 'customerId'
  | 'territoryId'
> & { hasEstimate: boolean; qualification: Qualification };

/** What was said and done under the identities of one lead. */
interface Doings {
  posts: number;
  interactions: number;
  quietDays: number | null;
  influencePercentile: number | null;
}

export const readTerritories = (tx: Tx): Promise<TerritoryRule[]> =>
  tx.query<TerritoryRule>(
    `select id, parent_id as "parentId", countries, postal_prefixes as "postalPrefixes", languages, industries
       from territories where organization_id = $1 order by id`,
    [tx.scope.organizationId],
  );

/**
 * Works out where leads (stored ids) lie and how promising they are, and stores it. Answers those of which something changed; the
 * caller tells of them.
 */
export async function scoreLeads(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const leads = await tx.query<ScoredLead>(
    `select id, name, company_name as "companyName", job_title as "jobTitle", email, phone, website, country,
            postal_code as "postalCode", language, interest, industry, employees, score, post_id as "postId",
            identity_id as "identityId", customer_id as "customerId", territory_id as "territoryId", qualification,
            estimated_amount is not null as "hasEstimate"
       from leads where organization_id = $1 and id = any ($2::uuid[]) order by id for update`,
    [tx.scope.organizationId, ids],
  );
  const territories = await readTerritories(tx);
  const industries = new Set(territories.flatMap(({ industries }) => industries.map(name => name.toLowerCase())));
  const [doings, asking] = [await doingsOf(tx, leads), await askingPosts(tx, leads)];
  const scored = leads.map(lead => {
    const territoryId = territoryOf(territories, lead);
    const facts: ScoreFacts = {
      ...lead,
      hasTerritory: territoryId !== null,
      isTargetIndustry: industries.has(lead.industry?.trim().toLowerCase() ?? ''),
      isFromPost: lead.postId !== null,
      asks: asking.has(lead.postId ?? ''),
      ...doings.get(lead.id)!,
    };
    return { lead, territoryId, ...scoreLead(facts) };
  });
  await store(tx, scored);
  return scored
    .filter(({ lead, score, territoryId }) => score !== lead.score || territoryId !== lead.territoryId)
    .map(({ lead }) => lead.id);
}

async function store(
  tx: Tx,
  scored: { lead: ScoredLead; territoryId: string | null; score: number; reasons: ScoreReason[] }[],
): Promise<void> {
  await tx.query(
    `update leads l set score = s.score, score_reasons = s.reasons, territory_id = s.territory_id, scored_at = now()
       from unnest($2::uuid[], $3::int[], $4::jsonb[], $5::uuid[]) as s(id, score, reasons, territory_id)
      where l.organization_id = $1 and l.id = s.id`,
    [
      tx.scope.organizationId,
      scored.map(({ lead }) => lead.id),
      scored.map(({ score }) => score),
      scored.map(({ reasons }) => JSON.stringify(reasons)),
      scored.map(({ territoryId }) => territoryId),
    ],
  );
}

/** Step by step, by values that are at hand: on tables that were just filled one statement would be planned badly. */
async function doingsOf(tx: Tx, leads: readonly ScoredLead[]): Promise<Map<string, Doings>> {
  const organization = tx.scope.organizationId;
  const own = leads.flatMap(lead => lead.identityId ?? []);
  const linked =
    own.length === 0
      ? []
      : await tx.query<{ id: string; customerId: string }>(
          `select id, customer_id as "customerId" from social_identities
            where organization_id = $1 and id = any ($2::uuid[]) and customer_id is not null`,
          [organization, own],
        );
  const customerOf = new Map(linked.map(({ id, customerId }) => [id, customerId]));
  const customers = [...customerOf.values(), ...leads.flatMap(lead => lead.customerId ?? [])];
  const others =
    customers.length === 0
      ? []
      : await tx.query<{ id: string; customerId: string }>(
          `select id, customer_id as "customerId" from social_identities where organization_id = $1 and customer_id = any ($2::uuid[])`,
          [organization, customers],
        );
  const byCustomer = Map.groupBy(others, ({ customerId }) => customerId);
  const identitiesOf = (lead: ScoredLead): string[] => {
    const behind = [lead.customerId, customerOf.get(lead.identityId ?? '')].flatMap(
      id => byCustomer.get(id ?? '')?.map(one => one.id) ?? [],
    );
    return [...new Set([...(lead.identityId ? [lead.identityId] : []), ...behind])];
  };
  const everybody = [...new Set(leads.flatMap(identitiesOf))];
  const said = await saidBy(tx, everybody);
  return new Map(
    leads.map(lead => {
      const found = identitiesOf(lead).flatMap(id => said.get(id) ?? []);
      const sum = (count: (one: Doings) => number) => found.reduce((all, one) => all + count(one), 0);
      const quiet = found.flatMap(one => one.quietDays ?? []);
      const influence = found.flatMap(one => one.influencePercentile ?? []);
      return [
        lead.id,
        {
          posts: sum(one => one.posts),
          interactions: sum(one => one.interactions),
          quietDays: quiet.length > 0 ? Math.max(0, Math.floor(Math.min(...quiet))) : null,
          influencePercentile: influence.length > 0 ? Math.max(...influence) : null,
        },
      ];
    }),
  );
}

/** By identity. What is no mere publication of their own was said to us, or about us. */
async function saidBy(tx: Tx, identityIds: string[]): Promise<Map<string, Doings>> {
  if (identityIds.length === 0) return new Map();
  const rows = await tx.query<Doings & { id: string }>(
    `select s.id, coalesce(p.posts, 0)::int as posts, coalesce(p.interactions, 0)::int as interactions,
            p.quiet::float8 as "quietDays", x.percentile as "influencePercentile"
       from unnest($2::uuid[]) as s(id)
       left join lateral (
         select count(*) as posts, count(*) filter (where kind not in ('POST', 'REPOST')) as interactions,
                extract(epoch from now() - max(occurred_at)) / 86400 as quiet
           from posts where organization_id = $1 and author_id = s.id and occurred_at > now() - interval '90 days'
            and not own and deleted_at is null) p on true
       left join identity_influence x on x.organization_id = $1 and x.identity_id = s.id`,
    [tx.scope.organizationId, identityIds],
  );
  return new Map(rows.map(row => [row.id, row]));
}

/** Those of the posts leads came from that ask something. */
async function askingPosts(tx: Tx, leads: readonly ScoredLead[]): Promise<Set<string>> {
  const posts = leads.flatMap(lead => lead.postId ?? []);
  if (posts.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select id from posts where organization_id = $1 and id = any ($2::uuid[]) and priority_reasons @> '[{"code": "QUESTION"}]'`,
    [tx.scope.organizationId, posts],
  );
  return new Set(rows.map(row => row.id));
}
