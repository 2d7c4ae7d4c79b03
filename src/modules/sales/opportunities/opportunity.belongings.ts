import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { findNamed } from './named.queries.js';
import type { OpportunityContactInput } from './opportunity.inputs.js';

const MOST_CONTACTS = 50;
const MOST_COMPETITORS = 50;

/**
 * Adds contacts, and changes the part of those who are there already; of several that are primary the last is. `path` comes
 * before the fields of what is wrong with one, its place included.
 */
export async function storeContacts(
  tx: Tx,
  viewer: Viewer,
  opportunityId: string,
  contacts: readonly OpportunityContactInput[],
  path?: string,
): Promise<void> {
  const organizationId = tx.scope.organizationId;
  const problems: Problems = [];
  if (contacts.length > MOST_CONTACTS)
    report(problems, 'contacts', `An opportunity has at most ${MOST_CONTACTS} contacts.`, 'TOO_LONG');
  const customerIds: (string | null)[] = [];
  for (const [at, contact] of contacts.slice(0, MOST_CONTACTS).entries()) {
    const field = `${path ?? `contacts.${at}.`}customerId`;
    customerIds.push(await findNamed(tx, viewer, problems, 'customer', contact.customerId, field));
  }
  throwAny(problems);
  for (const [at, { role, isPrimary }] of contacts.entries()) {
    if (isPrimary) {
      await tx.query(
        'update opportunity_contacts set is_primary = false where organization_id = $1 and opportunity_id = $2 and is_primary',
        [organizationId, opportunityId],
      );
    }
    await tx.query(
      `insert into opportunity_contacts (organization_id, id, opportunity_id, customer_id, role, is_primary) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, opportunity_id, customer_id) do update set role = excluded.role, is_primary = excluded.is_primary`,
      [organizationId, newId(), opportunityId, customerIds[at], role, isPrimary ?? false],
    );
  }
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from opportunity_contacts where organization_id = $1 and opportunity_id = $2',
    [organizationId, opportunityId],
  );
  if (row!.count > MOST_CONTACTS)
    throw invalid(null, `An opportunity has at most ${MOST_CONTACTS} contacts.`, 'NOT_ALLOWED');
}

export async function storeCompetitors(
  tx: Tx,
  viewer: Viewer,
  opportunityId: string,
  competitorIds: readonly string[],
): Promise<void> {
  const problems: Problems = [];
  if (competitorIds.length > MOST_COMPETITORS)
    report(problems, 'competitorIds', `At most ${MOST_COMPETITORS} are taken at once.`, 'TOO_LONG');
  const stored: (string | null)[] = [];
  for (const [at, id] of competitorIds.slice(0, MOST_COMPETITORS).entries())
    stored.push(await findNamed(tx, viewer, problems, 'competitor', id, `competitorIds.${at}`));
  throwAny(problems);
  await tx.query(
    `insert into opportunity_competitors (organization_id, opportunity_id, competitor_id) select $1, $2, unnest($3::uuid[])
     on conflict (organization_id, opportunity_id, competitor_id) do nothing`,
    [tx.scope.organizationId, opportunityId, stored],
  );
}
