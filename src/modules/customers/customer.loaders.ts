import { AppError } from '../../platform/errors.js';
import { type ListSpec, loadPages, type Page, type PageArguments, Parameters } from '../../platform/paging/index.js';
import { cleanLine } from '../../platform/text.js';
import { Organization, type RequestContext, visibleCondition } from '../access/index.js';
import { ContactPointKind } from './contact-point.entity.js';
import { normaliseEmail, normalisePhone, normaliseWebsite } from './contact-point.rules.js';
import { Customer } from './customer.entity.js';
import { customerRecord } from './records.js';

const MOST_QUERY = 200;
const MOST_FOUND = 1000;

const searchSpec: ListSpec = {
  ...customerRecord,
  name: 'customers.search',
  orders: { ...customerRecord.orders, RELEVANCE: { sql: 's.rank', type: 'real', nullable: false } },
  defaultOrder: [{ field: 'RELEVANCE', direction: 'DESC' }],
};

/** Customers the viewer may see; with `search` those that fit it best, best first unless another order is asked for. */
export async function customersPage(
  context: RequestContext,
  args: PageArguments & { search?: string | null },
): Promise<Page<Customer>> {
  const query = cleanLine(args.search ?? '').slice(0, MOST_QUERY);
  if (!query) return context.page(Customer, args);
  const contact = await contactCondition(context, query);
  const { viewer, run, options } = context;
  const pages = await loadPages<Customer>(
    {
      spec: searchSpec,
      args,
      from: parameters => {
        const found = [`select id, rank from search_customers(${parameters.add(query, 'text')}, ${MOST_FOUND})`];
        // Who has exactly this address or number comes before everybody whose name is like it.
        if (contact) found.push(`select c.customer_id, 2::real from contact_points c where ${contact(parameters)}`);
        return `customers t join (select id, max(rank) as rank from (${found.join(' union all ')}) f group by id) s on s.id = t.id`;
      },
      visible: parameters => visibleCondition(viewer, 'CUSTOMER', 't', parameters),
      isHidden: field => context.isHidden('CUSTOMER', field),
    },
    options.seal,
    run,
  );
  return pages.get('')!;
}

/** The condition on `c` that a search text names by address or number, unless the viewer does not see those. */
async function contactCondition(
  context: RequestContext,
  query: string,
): Promise<((parameters: Parameters) => string) | undefined> {
  if (context.isHidden('CUSTOMER', 'contactPoints')) return undefined;
  if (query.includes('@')) {
    const email = normaliseEmail(query);
    return email ? parameters => `c.kind = 'EMAIL' and c.value = ${parameters.add(email)}` : undefined;
  }
  if (!/^[+(\d][\d\s().\-/]{4,}$/.test(query)) return undefined;
  const phone = normalisePhone(query, await homeCountry(context));
  return phone ? parameters => `c.kind = 'PHONE' and c.value = ${parameters.add(phone)}` : undefined;
}

/** The customer that has a contact point: where several do, who proved it, then whose first it is, then the oldest. */
export async function customerByContactPoint(
  context: RequestContext,
  kind: ContactPointKind,
  value: string,
): Promise<Customer | null> {
  if (context.isHidden('CUSTOMER', 'contactPoints')) {
    throw new AppError('FORBIDDEN', 'Your role does not see contact points, so it cannot find by them.');
  }
  const normal = await normalValue(context, kind, value);
  if (!normal) return null;
  const parameters = new Parameters();
  const conditions = [
    `c.kind = ${parameters.add(kind)}`,
    `c.value = ${parameters.add(normal)}`,
    't.deleted_at is null',
    visibleCondition(context.viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const [row] = await context.read<{ id: string }>(
    `select t.id from contact_points c join customers t on t.id = c.customer_id where ${conditions.join(' and ')}
      order by (c.verified_at is not null) desc, c.is_primary desc, c.created_at, c.id limit 1`,
    parameters.values,
  );
  return row ? context.recordById(Customer, row.id) : null;
}

async function normalValue(context: RequestContext, kind: ContactPointKind, value: string): Promise<string | null> {
  switch (kind) {
    case ContactPointKind.EMAIL:
      return normaliseEmail(value);
    case ContactPointKind.PHONE:
      return normalisePhone(value, await homeCountry(context));
    case ContactPointKind.WEBSITE:
      return normaliseWebsite(value);
    case ContactPointKind.ADDRESS:
      return cleanLine(value);
  }
}

async function homeCountry(context: RequestContext): Promise<string | undefined> {
  return (await context.recordById(Organization, context.viewer.organizationId))?.defaultCountry;
}
