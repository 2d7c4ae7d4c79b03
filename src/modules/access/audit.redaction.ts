import type { Viewer } from './viewer.js';
import { RecordKind } from './visibility.defaults.js';

/** Whose rule covers a table's entries; a table that is not here is covered by the audit log's own. */
const KIND_OF_TABLE: Record<string, RecordKind> = {
  customers: RecordKind.CUSTOMER,
  customer_relations: RecordKind.CUSTOMER,
  contact_points: RecordKind.CUSTOMER,
  portal_sessions: RecordKind.CUSTOMER,
  preferences: RecordKind.CUSTOMER,
  consents: RecordKind.CUSTOMER,
  notes: RecordKind.CUSTOMER,
  identity_links: RecordKind.IDENTITY,
  identity_claims: RecordKind.IDENTITY,
  sentiment_corrections: RecordKind.POST,
  replies: RecordKind.POST,
  conversations: RecordKind.CONVERSATION,
  accounts: RecordKind.CHANNEL,
  account_secrets: RecordKind.CHANNEL,
  sources: RecordKind.CHANNEL,
  activities: RecordKind.ACTIVITY,
  activity_series: RecordKind.ACTIVITY,
  leads: RecordKind.LEAD,
  lead_suggestions: RecordKind.LEAD,
  opportunities: RecordKind.OPPORTUNITY,
  opportunity_contacts: RecordKind.OPPORTUNITY,
  opportunity_competitors: RecordKind.OPPORTUNITY,
  opportunity_lines: RecordKind.OPPORTUNITY,
  sales_targets: RecordKind.OPPORTUNITY,
  quotes: RecordKind.QUOTE,
  quote_lines: RecordKind.QUOTE,
  orders: RecordKind.ORDER,
  order_lines: RecordKind.ORDER,
  deliveries: RecordKind.ORDER,
  delivery_lines: RecordKind.ORDER,
  invoices: RecordKind.ORDER,
  payments: RecordKind.ORDER,
  contracts: RecordKind.ORDER,
  contract_renewals: RecordKind.ORDER,
  tickets: RecordKind.TICKET,
  ticket_messages: RecordKind.TICKET,
  ticket_links: RecordKind.TICKET,
  ticket_followers: RecordKind.TICKET,
  ticket_merges: RecordKind.TICKET,
  ticket_views: RecordKind.TICKET,
  incidents: RecordKind.TICKET,
  complaints: RecordKind.TICKET,
  survey_responses: RecordKind.TICKET,
  call_handlings: RecordKind.TICKET,
  products: RecordKind.CATALOGUE,
  bundle_items: RecordKind.CATALOGUE,
  price_books: RecordKind.CATALOGUE,
  price_book_entries: RecordKind.CATALOGUE,
  units: RecordKind.CATALOGUE,
  tax_rates: RecordKind.CATALOGUE,
  // What customers are called and how they are reached, on both sides.
  erp_conflicts: RecordKind.CUSTOMER,
  calendar_feeds: RecordKind.STAFF,
  teams: RecordKind.STAFF,
  members: RecordKind.STAFF,
  team_members: RecordKind.STAFF,
};

/** What proves something to us is nobody's to read, hashed or not. */
const SECRET_COLUMNS = [
  'code_hash',
  'auth_key_id',
  'user_id',
  'hook_key',
  'token_digest',
  'link_digest',
  'code_digest',
];

/** Fields whose rows are kept in a table of another name. */
const FIELD_OF_TABLE: Record<string, string> = { customer_relations: 'relations' };

/** Tables of which the viewer does not see everything: the log would tell what the records do not. */
export function tablesOutOfSight(viewer: Viewer): string[] {
  return Object.entries(KIND_OF_TABLE)
    .filter(([, kind]) => viewer.scopeOf(kind) !== 'ALL')
    .map(([table]) => table);
}

/** A row of the log without what is hidden from the viewer: nothing at all where its whole table is behind a hidden field. */
export function redacted(
  viewer: Viewer,
  table: string,
  row: Record<string, unknown> | null,
): Record<string, unknown> | null {
  if (!row) return null;
  const kind = KIND_OF_TABLE[table] ?? '';
  if (viewer.isHidden(kind, FIELD_OF_TABLE[table] ?? camel(table))) return null;
  return Object.fromEntries(
    Object.entries(row).filter(
      ([column]) =>
        !SECRET_COLUMNS.includes(column) &&
        !viewer.isHidden(kind, camel(column)) &&
        !viewer.isHidden(kind, camel(column.replace(/_id$/, ''))),
    ),
  );
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
