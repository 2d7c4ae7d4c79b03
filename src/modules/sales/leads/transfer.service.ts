import { type EventType, recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { parsePublicId, publicId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type ItemResult, type Viewer, visibleId } from '../../access/index.js';
import { Customer, updateCustomer } from '../../customers/index.js';
import { lockOpportunity, writeOpportunity } from '../opportunities/opportunity.queries.js';
import { lockLead, recordSteps, writeLead } from './lead.queries.js';
import { LeadChangeKind } from './lead-change.entity.js';
import { type Ownership, type OwnershipStep, ownershipAfter, recordOwnership } from './ownership.service.js';
import { findStaff } from './staff.queries.js';
import type { TransferRecordsInput } from './transfer.inputs.js';

/** Public ids. */
interface Transferred {
  recordId: string;
}

/** Whose records are to be, by stored ids; what is absent stays. */
type Target = { ownerId?: string | null; teamId?: string | null };

/** Answers the step that is still to be recorded; null where that is done. */
type Transfer = (
  tx: Tx,
  viewer: Viewer,
  id: string,
  target: Target,
  reason: string | null,
) => Promise<OwnershipStep | null>;

const MOST_REASON = 500;

/** Gives leads, opportunities and customers to somebody else, each by itself; who had them is kept. */
export async function transferRecords(
  tx: Tx,
  viewer: Viewer,
  input: TransferRecordsInput,
): Promise<{ results: ItemResult<Transferred>[] }> {
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', input.reason, MOST_REASON);
  if (input.toOwnerId === undefined && input.toTeamId === undefined)
    problems.push({ field: 'toOwnerId', code: 'REQUIRED', message: 'Say to whom: a member, a team, or both.' });
  const target: Target = {};
  if (input.toOwnerId !== undefined)
    target.ownerId = await findStaff(tx, viewer, problems, 'member', input.toOwnerId, 'toOwnerId');
  if (input.toTeamId !== undefined)
    target.teamId = await findStaff(tx, viewer, problems, 'team', input.toTeamId, 'toTeamId');
  throwAny(problems);
  const results = await eachItem(tx, input.ids, async (recordId): Promise<Transferred> => {
    const transfer = TRANSFERS[parsePublicId(recordId)?.prefix ?? ''];
    if (!transfer) throw invalid('id', UNKNOWN, 'NOT_FOUND');
    const step = await transfer(tx, viewer, recordId, target, reason);
    if (step) await recordOwnership(tx, [{ ...step, reason }]);
    return { recordId };
  });
  return { results };
}

const UNKNOWN = 'There is no such lead, opportunity or customer, or you may not see it.';

const TRANSFERS: Record<string, Transfer> = {
  lead: transferLead,
  opportunity: transferOpportunity,
  customer: transferCustomer,
};

async function transferLead(tx: Tx, viewer: Viewer, id: string, target: Target): Promise<OwnershipStep> {
  const lead = await lockLead(tx, viewer, id);
  const to = await ownershipAfter(tx, lead, target);
  await writeLead(tx, lead.id, { owner_id: to.ownerId, team_id: to.teamId });
  await recordSteps(tx, [{ leadId: lead.id, kind: LeadChangeKind.ASSIGNED }]);
  await tell(tx, 'lead.changed', [lead.id]);
  return { prefix: 'lead', subjectId: lead.id, from: lead, to };
}

/** Its quotes that are still open go with it. */
async function transferOpportunity(tx: Tx, viewer: Viewer, id: string, target: Target): Promise<OwnershipStep> {
  const { id: stored } = await lockOpportunity(tx, viewer, id);
  const from = await ownershipOf(tx, 'opportunities', stored);
  const to = await ownershipAfter(tx, from, target);
  await writeOpportunity(tx, stored, { owner_id: to.ownerId, team_id: to.teamId });
  const quotes = await tx.query<{ id: string }>(
    `with moved as (
       update quotes set owner_id = $3, team_id = $4, version = version + 1, updated_at = now()
        where organization_id = $1 and opportunity_id = $2 and status in ('DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'SENT')
       returning id)
     select id from moved`,
    [tx.scope.organizationId, stored, to.ownerId, to.teamId],
  );
  await tell(tx, 'opportunity.changed', [stored]);
  await tell(
    tx,
    'quote.changed',
    quotes.map(quote => quote.id),
  );
  return { prefix: 'opportunity', subjectId: stored, from, to };
}

/** Whoever gives a customer away, here or in an update, is recorded in one place. */
async function transferCustomer(
  tx: Tx,
  viewer: Viewer,
  id: string,
  target: Target,
  reason: string | null,
): Promise<null> {
  const stored = await visibleId(tx, viewer, Customer, id);
  const from = await ownershipOf(tx, 'customers', stored);
  const to = await ownershipAfter(tx, from, target);
  const changes = {
    ...(to.ownerId !== from.ownerId && { ownerId: to.ownerId && publicId('member', to.ownerId) }),
    ...(to.teamId !== from.teamId && { teamId: to.teamId && publicId('team', to.teamId) }),
  };
  await updateCustomer(tx, viewer, { id, ...changes }, reason);
  return null;
}

async function ownershipOf(tx: Tx, table: 'opportunities' | 'customers', id: string): Promise<Ownership> {
  const [row] = await tx.query<Ownership>(
    `select owner_id as "ownerId", team_id as "teamId" from ${table} where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, id],
  );
  return row!;
}

const tell = (tx: Tx, type: EventType, ids: string[]): Promise<void> =>
  recordEvents(
    tx,
    ids.map(subjectId => ({ type, subjectId })),
  );
