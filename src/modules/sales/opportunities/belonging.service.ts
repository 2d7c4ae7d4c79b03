import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import type {
  RemoveOpportunityCompetitorInput,
  RemoveOpportunityContactInput,
  SetOpportunityCompetitorInput,
  SetOpportunityContactInput,
} from './belonging.inputs.js';
import { findNamed } from './named.queries.js';
import { storeContacts } from './opportunity.belongings.js';
import { lockOpportunity, recordOpportunities, writeOpportunity } from './opportunity.queries.js';

type Outcome = Promise<{ opportunityId: string }>;

export const setOpportunityContact = (tx: Tx, viewer: Viewer, input: SetOpportunityContactInput): Outcome =>
  changeParts(tx, viewer, input, id => storeContacts(tx, viewer, id, [input], ''));

export const removeOpportunityContact = (tx: Tx, viewer: Viewer, input: RemoveOpportunityContactInput): Outcome =>
  changeParts(tx, viewer, input, async id => {
    const gone = await tx.query(
      'delete from opportunity_contacts where organization_id = $1 and opportunity_id = $2 and customer_id = $3 returning id',
      [tx.scope.organizationId, id, storedId('customer', input.customerId)],
    );
    if (gone.length === 0) throw invalid('customerId', 'It has no part in it.', 'NOT_FOUND');
  });

export const setOpportunityCompetitor = (tx: Tx, viewer: Viewer, input: SetOpportunityCompetitorInput): Outcome =>
  changeParts(tx, viewer, input, async id => {
    const problems: Problems = [];
    const competitor = await findNamed(tx, viewer, problems, 'competitor', input.competitorId, 'competitorId');
    const note = optionalLine(problems, 'note', input.note, 2000);
    throwAny(problems);
    await tx.query(
      `insert into opportunity_competitors (organization_id, opportunity_id, competitor_id, note) values ($1, $2, $3, $4)
       on conflict (organization_id, opportunity_id, competitor_id) do update set note = excluded.note`,
      [tx.scope.organizationId, id, competitor, note],
    );
  });

export const removeOpportunityCompetitor = (tx: Tx, viewer: Viewer, input: RemoveOpportunityCompetitorInput): Outcome =>
  changeParts(tx, viewer, input, async id => {
    const gone = await tx.query(
      `delete from opportunity_competitors where organization_id = $1 and opportunity_id = $2 and competitor_id = $3
       returning competitor_id`,
      [tx.scope.organizationId, id, storedId('competitor', input.competitorId)],
    );
    if (gone.length === 0) throw invalid('competitorId', 'It has nothing to do with it.', 'NOT_FOUND');
  });

/** A change of what belongs to an opportunity is one of the opportunity. */
async function changeParts(
  tx: Tx,
  viewer: Viewer,
  { opportunityId: id, version }: { opportunityId: string; version?: number | null },
  work: (opportunityId: string) => Promise<void>,
): Outcome {
  const { id: opportunityId } = await lockOpportunity(tx, viewer, id, { field: 'opportunityId', version });
  await work(opportunityId);
  await writeOpportunity(tx, opportunityId, {});
  await recordOpportunities(tx, [opportunityId]);
  return { opportunityId };
}
