import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import type { Viewer } from '../../access/index.js';
import { recordOwnership } from '../leads/ownership.service.js';
import { priceLines, storeLines } from './line.service.js';
import type { StageRow } from './move.rules.js';
import { findNamed } from './named.queries.js';
import { storeCompetitors, storeContacts } from './opportunity.belongings.js';
import type { CreateOpportunityItem, UpdateOpportunityItem } from './opportunity.inputs.js';
import { lockOpportunity, recordOpportunities, writeOpportunity } from './opportunity.queries.js';
import { checkLines, cleanFields, type OpportunityValues, sumOfLines } from './opportunity-fields.rules.js';
import { ensureDefaultPipeline, firstStage, stageById } from './pipeline.queries.js';

export { winOpportunity } from './move.service.js';
export { ensureDefaultPipeline } from './pipeline.queries.js';

/** Keeps an opportunity and tells of it. Throws InputError naming everything that is wrong. Answers its stored id. */
export async function createOpportunity(
  tx: Tx,
  viewer: Viewer,
  item: CreateOpportunityItem,
): Promise<{ opportunityId: string }> {
  const opportunityId = await keepOpportunity(tx, viewer, item);
  await recordOpportunities(tx, [opportunityId]);
  return { opportunityId };
}

/** Writes a new opportunity without telling of it: the caller does, once a transaction. */
export async function keepOpportunity(tx: Tx, viewer: Viewer, item: CreateOpportunityItem): Promise<string> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', item.name, 200);
  const values = cleanFields(problems, item);
  const stage = await firstOf(tx, viewer, problems, item);
  if (stage && stage.kind !== 'OPEN')
    report(problems, 'stageId', 'It begins in an open stage; close it afterwards.', 'NOT_ALLOWED');
  const customer_id = await findNamed(tx, viewer, problems, 'customer', item.customerId, 'customerId');
  const lead_id = await findNamed(tx, viewer, problems, 'lead', item.leadId, 'leadId');
  const assignment = await assignmentOf(tx, viewer, problems, item);
  // Whoever opens it sells it, until somebody says otherwise.
  if (item.ownerId === undefined && item.teamId == null && viewer.memberId) assignment['owner_id'] = viewer.memberId;
  checkLines(problems, item.products ?? []);
  throwAny(problems);

  const currency = values.currency ?? (await homeCurrency(tx));
  const lines = await priceLines(tx, viewer, { customerId: customer_id!, currency }, item.products ?? []);
  if (lines.length > 0) values.amount = sumOfLines(lines, currency);
  const id = newId();
  const columns = {
    ...values,
    ...assignment,
    currency,
    name,
    customer_id,
    lead_id,
    pipeline_id: stage!.pipelineId,
    stage_id: stage!.id,
  };
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, id, ...Object.values(columns)].map(value => parameters.add(value));
  try {
    await tx.query(
      `insert into opportunities (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})`,
      parameters.values,
    );
  } catch (error) {
    throw asTaken(error);
  }
  await storeLines(tx, id, lines);
  await storeContacts(tx, viewer, id, item.contacts ?? []);
  await storeCompetitors(tx, viewer, id, item.competitorIds ?? []);
  return id;
}

/** Changes what `item` says of an opportunity and tells of it. A `version` that is not the present one is a CONFLICT. */
export async function updateOpportunity(
  tx: Tx,
  viewer: Viewer,
  item: UpdateOpportunityItem,
): Promise<{ opportunityId: string }> {
  const opportunityId = await changeOpportunity(tx, viewer, item);
  await recordOpportunities(tx, [opportunityId]);
  return { opportunityId };
}

export async function changeOpportunity(tx: Tx, viewer: Viewer, item: UpdateOpportunityItem): Promise<string> {
  const known = await lockOpportunity(tx, viewer, item.id, { version: item.version });
  const problems: Problems = [];
  const columns: OpportunityValues & { name?: string; customer_id?: string | null } = cleanFields(problems, item);
  if (item.name !== undefined) columns.name = requiredLine(problems, 'name', item.name, 200);
  if (item.customerId != null)
    columns.customer_id = await findNamed(tx, viewer, problems, 'customer', item.customerId, 'customerId');
  const assignment = await assignmentOf(tx, viewer, problems, item);
  Object.assign(columns, assignment);
  checkLines(problems, item.products ?? []);
  throwAny(problems);

  if (item.products) {
    const currency = columns.currency ?? known.currency;
    const customerId = columns.customer_id ?? known.customerId;
    const lines = await priceLines(tx, viewer, { customerId, currency }, item.products);
    columns.amount = lines.length > 0 ? sumOfLines(lines, currency) : (columns.amount ?? null);
    await storeLines(tx, known.id, lines);
  } else if (item.amount !== undefined && (await hasLines(tx, known.id))) {
    throw invalid('amount', 'It is the sum of its products. Change those instead.', 'NOT_ALLOWED');
  }
  try {
    await writeOpportunity(tx, known.id, { ...columns });
  } catch (error) {
    throw asTaken(error);
  }
  const { owner_id: ownerId = known.ownerId, team_id: teamId = known.teamId } = assignment;
  await recordOwnership(tx, [{ prefix: 'opportunity', subjectId: known.id, from: known, to: { ownerId, teamId } }]);
  return known.id;
}

/** The stage a new opportunity begins in. */
async function firstOf(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  { pipelineId, stageId }: CreateOpportunityItem,
): Promise<StageRow | null> {
  const named = await findNamed(tx, viewer, problems, 'pipeline', pipelineId, 'pipelineId');
  if (stageId != null) {
    const id = await findNamed(tx, viewer, problems, 'stage', stageId, 'stageId');
    const stage = id && (await stageById(tx, id));
    if (!stage) return null;
    if (named && stage.pipelineId !== named)
      return report(problems, 'stageId', 'It is a stage of another pipeline.', 'INVALID');
    return stage;
  }
  if (pipelineId != null && !named) return null;
  const stage = await firstStage(tx, named ?? (await ensureDefaultPipeline(tx)), 'OPEN');
  return stage ?? report(problems, 'pipelineId', 'It has no open stage.', 'NOT_ALLOWED');
}

async function assignmentOf(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  item: CreateOpportunityItem | UpdateOpportunityItem,
): Promise<Record<string, string | null>> {
  const columns: Record<string, string | null> = {};
  const { ownerId, teamId, postId } = item;
  if (ownerId !== undefined) columns['owner_id'] = await findNamed(tx, viewer, problems, 'member', ownerId, 'ownerId');
  if (teamId !== undefined) columns['team_id'] = await findNamed(tx, viewer, problems, 'team', teamId, 'teamId');
  if (postId !== undefined) columns['post_id'] = await findNamed(tx, viewer, problems, 'post', postId, 'postId');
  return columns;
}

async function homeCurrency(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ currency: string }>('select currency from organizations where id = $1', [
    tx.scope.organizationId,
  ]);
  return row?.currency ?? 'EUR';
}

async function hasLines(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from opportunity_lines where organization_id = $1 and opportunity_id = $2 limit 1',
    [tx.scope.organizationId, id],
  );
  return rows.length > 0;
}

const ONCE: Record<string, [field: string, message: string]> = {
  opportunities_external_id_key: ['externalId', 'Another opportunity has this id.'],
  opportunities_lead_key: ['leadId', 'This lead has become an opportunity already.'],
};

/** What a unique key refuses, as something to mend. */
function asTaken(error: unknown): unknown {
  const { constraint = '' } = ((error as { driverError?: object }).driverError ?? {}) as { constraint?: string };
  const known = sqlState(error) === '23505' ? ONCE[constraint] : undefined;
  return known ? invalid(known[0], known[1], 'TAKEN') : error;
}
