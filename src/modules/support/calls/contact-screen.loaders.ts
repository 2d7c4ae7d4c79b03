import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { recordOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

const MOST_TICKETS = 10;
const LAST_WORDS = 3;

export interface OpenTickets {
  count: number;
  /** Those who wait longest first, ten at most. */
  tickets: Ticket[];
}

/** The open tickets of each customer that the viewer may see. */
export const openTicketsOf: LoaderDefinition<RequestContext, string, OpenTickets> = {
  name: 'contact.openTickets',
  async batch(context, customerIds) {
    const parameters = new Parameters();
    const keys = parameters.add(customerIds, 'uuid[]');
    const conditions = [
      `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
      't.customer_id = k.customer_id',
      `t.status not in ('SOLVED', 'CLOSED')`,
      visibleCondition(context.viewer, 'TICKET', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<Ticket & { __customer: string; __count: number }>(
      `select k.customer_id as "__customer", r.* from unnest(${keys}) as k(customer_id) cross join lateral (
         select ${recordOf(Ticket).columns}, (count(*) over ())::integer as "__count" from tickets t where ${conditions.join(' and ')}
          order by t.waiting_since nulls last, t.opened_at, t.id limit ${MOST_TICKETS}) r`,
      parameters.values,
    );
    const byCustomer = Map.groupBy(rows, row => row.__customer);
    return customerIds.map(id => {
      const tickets = byCustomer.get(id) ?? [];
      return { count: tickets[0]?.__count ?? 0, tickets };
    });
  },
};

/** What each customer said last under any of its identities, the latest first. */
export const lastWordsOf: LoaderDefinition<RequestContext, string, Post[]> = {
  name: 'contact.lastWords',
  async batch(context, customerIds) {
    const parameters = new Parameters();
    const keys = parameters.add(customerIds, 'uuid[]');
    const conditions = [
      't.organization_id = i.organization_id',
      't.author_id = i.id',
      'not t.own',
      'not t.auto',
      't.deleted_at is null',
      visibleCondition(context.viewer, 'POST', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<Post & { __customer: string }>(
      `select k.customer_id as "__customer", r.* from unnest(${keys}) as k(customer_id) cross join lateral (
         select w.* from social_identities i cross join lateral (
           select ${recordOf(Post).columns} from posts t where ${conditions.join(' and ')} order by t.occurred_at desc, t.id desc limit ${LAST_WORDS}) w
          where i.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')} and i.customer_id = k.customer_id
          order by w."occurredAt" desc, w.id desc limit ${LAST_WORDS}) r`,
      parameters.values,
    );
    const byCustomer = Map.groupBy(rows, row => row.__customer);
    return customerIds.map(id => byCustomer.get(id) ?? []);
  },
};

export interface Weight {
  openOpportunityCount: number | null;
  /** Of influence, 0 to 100; null where it is unknown or none of the viewer's business. */
  percentile: number | null;
}

/** How many open opportunities there are with each customer, and how much it moves others. */
export const weightOf: LoaderDefinition<RequestContext, string, Weight> = {
  name: 'contact.weight',
  async batch(context, customerIds) {
    const { viewer } = context;
    const [readsSales, readsGraph] = [viewer.may('sales:read'), viewer.may('graph:read')];
    const parameters = new Parameters();
    const keys = parameters.add(customerIds, 'uuid[]');
    const organization = parameters.add(viewer.organizationId, 'uuid');
    const visible = readsSales && visibleCondition(viewer, 'OPPORTUNITY', 't', parameters);
    const rows = await context.read<Weight & { customerId: string }>(
      `select k.customer_id as "customerId", x.percentile,
              ${readsSales ? `(select count(*)::integer from opportunities t where t.organization_id = ${organization} and t.customer_id = k.customer_id and t.status = 'OPEN'${visible ? ` and ${visible}` : ''})` : 'null'} as "openOpportunityCount"
         from unnest(${keys}) as k(customer_id)
         left join customer_influence x on x.organization_id = ${organization} and x.customer_id = k.customer_id and ${readsGraph}`,
      parameters.values,
    );
    const byCustomer = new Map(rows.map(row => [row.customerId, row]));
    return customerIds.map(id => byCustomer.get(id) ?? { openOpportunityCount: null, percentile: null });
  },
};
