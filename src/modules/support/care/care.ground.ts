import type { Tx } from '../../../platform/database/database.js';
import type { TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import type { IntakeConditions } from './intake.rules.js';

export interface CareSettings {
  continueDays: number | null;
  followUpDays: number | null;
  acknowledgementsPerHour: number;
  floodMode: 'OFF' | 'SUGGEST' | 'AUTOMATIC';
  floodPosts: number;
  floodMinutes: number;
}

/** What holds for an organisation that never said otherwise. */
export const DEFAULT_SETTINGS: CareSettings = {
  continueDays: 14,
  followUpDays: 90,
  acknowledgementsPerHour: 3,
  floodMode: 'OFF',
  floodPosts: 10,
  floodMinutes: 30,
};

/** A rule as it is followed; ids are stored ones. */
export interface ActiveRule extends IntakeConditions {
  id: string;
  name: string;
  action: 'OPEN' | 'IGNORE';
  type: TicketType | null;
  priority: TicketPriority | null;
  categoryId: string | null;
  tags: string[];
  teamId: string | null;
  queueId: string | null;
  assigneeId: string | null;
  subject: string | null;
  acknowledges: boolean;
}

export interface CareGround {
  settings: CareSettings;
  rules: ActiveRule[];
  hasTickets: boolean;
  hasIncidents: boolean;
  defaultLanguage: string;
}

const RULE = `'id', r.id, 'name', r.name, 'channels', r.channels, 'networks', r.networks, 'kinds', r.kinds, 'accountIds', r.account_ids,
  'sourceIds', r.source_ids, 'wordsAny', r.words_any, 'wordsAll', r.words_all, 'wordsNone', r.words_none, 'languages', r.languages,
  'sentimentBelow', r.sentiment_below, 'priorityAtLeast', r.priority_at_least, 'followersAtLeast', r.followers_at_least,
  'isCustomer', r.is_customer, 'customerTags', r.customer_tags, 'action', r.action, 'type', r.type, 'priority', r.priority,
  'categoryId', r.category_id, 'tags', r.tags, 'teamId', r.team_id, 'queueId', r.queue_id, 'assigneeId', r.assignee_id,
  'subject', r.subject, 'acknowledges', r.acknowledges`;

/** All that decides what becomes of posts, in one look: for most organisations nothing is there, and nothing more is asked. */
export async function careGround(tx: Pick<Tx, 'query' | 'scope'>): Promise<CareGround> {
  const [row] = await tx.query<{
    settings: CareSettings | null;
    rules: ActiveRule[];
    hasTickets: boolean;
    hasIncidents: boolean;
    defaultLanguage: string;
  }>(
    `select (select jsonb_build_object('continueDays', s.continue_days, 'followUpDays', s.follow_up_days,
                      'acknowledgementsPerHour', s.acknowledgements_per_hour, 'floodMode', s.flood_mode, 'floodPosts', s.flood_posts,
                      'floodMinutes', s.flood_minutes)
               from care_settings s where s.organization_id = o.id) as settings,
            (select coalesce(jsonb_agg(jsonb_build_object(${RULE}) order by r.position, r.id), '[]')
               from intake_rules r where r.organization_id = o.id and r.is_active) as rules,
            exists (select 1 from tickets t where t.organization_id = o.id) as "hasTickets",
            exists (select 1 from incidents i where i.organization_id = o.id and i.status <> 'ENDED') as "hasIncidents",
            o.default_language as "defaultLanguage"
       from organizations o where o.id = $1`,
    [tx.scope.organizationId],
  );
  return {
    settings: row?.settings ?? DEFAULT_SETTINGS,
    rules: row?.rules ?? [],
    hasTickets: row?.hasTickets ?? false,
    hasIncidents: row?.hasIncidents ?? false,
    defaultLanguage: row?.defaultLanguage ?? 'es',
  };
}
