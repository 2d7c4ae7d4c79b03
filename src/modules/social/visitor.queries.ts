import type pg from 'pg';
import { Network } from './networks.js';

export interface VisitorMessage {
  externalId: string;
  /** Said by us. */
  own: boolean;
  text: string;
  at: Date;
  isDeleted: boolean;
  isDelivered: boolean;
  isRead: boolean;
}

interface Row extends Omit<VisitorMessage, 'at'> {
  at: string | Date;
}

/**
 * What a visitor of a site wrote to one account and what it answered them, the last `count`, oldest first. For the owner's
 * connection: the visitor is nobody's member, and sees their own conversation only.
 */
export async function visitorMessages(
  pool: pg.Pool,
  { organizationId, accountId, visitor }: { organizationId: string; accountId: string; visitor: string },
  count: number,
): Promise<VisitorMessage[]> {
  const { rows } = await pool.query<Row>(
    `with visitor as materialized (
       select id from social_identities where organization_id = $1 and network = $4 and external_id = $3)
     select * from (
       select p.external_id as "externalId", false as own, p.text, p.occurred_at as at, p.deleted_at is not null as "isDeleted",
              true as "isDelivered", true as "isRead"
         from visitor v join posts p on p.organization_id = $1 and p.author_id = v.id
        where p.account_id = $2 and not p.own
        union all
       select r.external_id, true, coalesce(p.text, r.rendered ->> 'text', r.text), r.sent_at,
              r.state = 'DELETED' or p.deleted_at is not null, r.delivered_at is not null, r.read_at is not null
         from visitor v join replies r on r.organization_id = $1 and r.recipient_identity_id = v.id
         left join posts p on p.organization_id = r.organization_id and p.id = r.sent_post_id
        where r.account_id = $2 and r.external_id is not null and r.sent_at is not null) said
      order by at desc, "externalId" desc limit $5`,
    [organizationId, accountId, visitor, Network.WEB, count],
  );
  return rows.map(row => ({ ...row, at: new Date(row.at) })).reverse();
}

/** To which visitors' conversations these posts and replies belong, by id; others' are left out. */
export async function touchedVisitors(pool: pg.Pool, organizationId: string, ids: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ visitor: string }>(
    `select distinct split_part(said.external_id, ':', 1) as visitor from (
       select external_id from posts where organization_id = $1 and id = any ($2) and network = $3
        union all
       select external_id from replies where organization_id = $1 and id = any ($2) and network = $3 and external_id is not null) said`,
    [organizationId, ids, Network.WEB],
  );
  return rows.map(row => row.visitor);
}
