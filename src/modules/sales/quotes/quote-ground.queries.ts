import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { dayIn, type Viewer, visibleCondition, zoneOf } from '../../access/index.js';

/** What an organisation says about the quotes it writes. */
export interface QuoteSettings {
  language: string;
  currency: string;
  /** The day it is for the organisation. */
  today: string;
}

export async function readQuoteSettings(tx: Tx): Promise<QuoteSettings> {
  const [row] = await tx.query<{
    language: string;
    currency: string;
    country: string;
    settings: Record<string, unknown>;
  }>(
    'select default_language as language, currency, default_country as country, settings from organizations where id = $1',
    [tx.scope.organizationId],
  );
  const { language, currency, country, settings } = row!;
  return { language, currency, today: dayIn(zoneOf(country, settings)) };
}

export interface QuotedCustomer {
  id: string;
  language: string | null;
}

/** A customer that is offered something, held so that it is not merged or erased before the quote is there. */
export async function findCustomer(tx: Tx, viewer: Viewer, stored: string | null): Promise<QuotedCustomer | undefined> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(stored, 'uuid')}`,
    't.deleted_at is null',
    visibleCondition(viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const [row] = await tx.query<QuotedCustomer>(
    `select t.id, t.language from customers t where ${conditions.join(' and ')} for key share of t`,
    parameters.values,
  );
  return row;
}

export interface QuotedOpportunity {
  id: string;
  customerId: string;
  currency: string;
  status: string;
  ownerId: string | null;
  teamId: string | null;
  lines: { productId: string; quantity: string; unitPrice: string; discountPercent: string }[];
}

/** An opportunity by its public id, with its products in order. */
export async function findOpportunity(tx: Tx, viewer: Viewer, id: string): Promise<QuotedOpportunity | undefined> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('opportunity', id), 'uuid')}`,
    visibleCondition(viewer, 'OPPORTUNITY', 't', parameters),
  ].filter(Boolean);
  const [row] = await tx.query<QuotedOpportunity>(
    `select t.id, t.customer_id as "customerId", t.currency, t.status, t.owner_id as "ownerId", t.team_id as "teamId",
            coalesce((select jsonb_agg(jsonb_build_object('productId', l.product_id, 'quantity', l.quantity::text, 'unitPrice', l.unit_price::text,
                        'discountPercent', l.discount_percent::text) order by l.position, l.id)
               from opportunity_lines l where l.organization_id = t.organization_id and l.opportunity_id = t.id), '[]') as lines
       from opportunities t where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return row;
}
