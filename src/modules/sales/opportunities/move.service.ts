import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { optionalLine, type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import type {
  CloseOpportunityItem,
  ClosingFields,
  MoveOpportunityItem,
  ReopenOpportunityInput,
} from './move.inputs.js';
import { checkEntry, type StageRow } from './move.rules.js';
import { findNamed } from './named.queries.js';
import { eachOpportunity, type OpportunityBatch } from './opportunity.batch.js';
import {
  type LockedOpportunity,
  lockOpportunity,
  lockStored,
  recordOpportunities,
  writeOpportunity,
} from './opportunity.queries.js';
import { firstStage, stageById } from './pipeline.queries.js';

type Moved = Promise<{ opportunityId: string }>;

/** Moves an opportunity and tells of it. Throws InputError with one problem for each thing that its new stage asks for. */
export const moveOpportunity = (tx: Tx, viewer: Viewer, item: MoveOpportunityItem): Moved =>
  told(tx, moved(tx, viewer, item));

export const moveOpportunities = (tx: Tx, viewer: Viewer, items: MoveOpportunityItem[]): Promise<OpportunityBatch> =>
  eachOpportunity(tx, items, item => moved(tx, viewer, item));

/** Moves an opportunity to the first stage of its pipeline that is of the outcome. Throws InputError for one that is closed. */
export const closeOpportunity = (tx: Tx, viewer: Viewer, item: CloseOpportunityItem): Moved =>
  told(tx, closed(tx, viewer, item));

export const closeOpportunities = (tx: Tx, viewer: Viewer, items: CloseOpportunityItem[]): Promise<OpportunityBatch> =>
  eachOpportunity(tx, items, item => closed(tx, viewer, item));

async function told(tx: Tx, work: Promise<string>): Moved {
  const opportunityId = await work;
  await recordOpportunities(tx, [opportunityId]);
  return { opportunityId };
}

async function moved(tx: Tx, viewer: Viewer, item: MoveOpportunityItem): Promise<string> {
  const known = await lockOpportunity(tx, viewer, item.opportunityId, {
    field: 'opportunityId',
    version: item.version,
  });
  const problems: Problems = [];
  const id = await findNamed(tx, viewer, problems, 'stage', item.stageId, 'stageId');
  throwAny(problems);
  const stage = (await stageById(tx, id!))!;
  // It is where it shall be: whoever sends the same twice is not told off.
  if (stage.id === known.stageId) return known.id;
  refuseClosed(known);
  return enter(tx, viewer, known, stage, item);
}

async function closed(tx: Tx, viewer: Viewer, item: CloseOpportunityItem): Promise<string> {
  const known = await lockOpportunity(tx, viewer, item.opportunityId, {
    field: 'opportunityId',
    version: item.version,
  });
  refuseClosed(known);
  const stage = await firstStage(tx, known.pipelineId, item.outcome);
  if (!stage) throw invalid('outcome', 'The pipeline has no stage for it.', 'NOT_ALLOWED');
  return enter(tx, viewer, known, stage, item);
}

function refuseClosed({ status, closedAt }: LockedOpportunity): void {
  if (status === 'OPEN') return;
  const day = closedAt?.toISOString().slice(0, 10) ?? 'some day';
  throw invalid(
    'opportunityId',
    `It was ${status === 'WON' ? 'won' : 'lost'} on ${day} already. Reopen it first.`,
    'NOT_ALLOWED',
  );
}

async function enter(
  tx: Tx,
  viewer: Viewer,
  known: LockedOpportunity,
  stage: StageRow,
  item: ClosingFields,
): Promise<string> {
  const problems: Problems = [];
  checkEntry(problems, stage, { ...known, ...(await belongingsOf(tx, known.id)) });
  const closing = await closingColumns(tx, viewer, problems, stage, item);
  throwAny(problems);
  const columns = { ...closing, pipeline_id: stage.pipelineId, stage_id: stage.id, status: stage.kind };
  await writeOpportunity(
    tx,
    known.id,
    columns,
    stage.kind === 'OPEN' ? ['stage_entered_at'] : ['stage_entered_at', 'closed_at'],
  );
  return known.id;
}

async function belongingsOf(tx: Tx, id: string) {
  const [row] = await tx.query<{ contacts: number; products: number; competitors: number }>(
    `select (select count(*)::integer from opportunity_contacts where organization_id = $1 and opportunity_id = $2) as contacts,
            (select count(*)::integer from opportunity_lines where organization_id = $1 and opportunity_id = $2) as products,
            (select count(*)::integer from opportunity_competitors where organization_id = $1 and opportunity_id = $2) as competitors`,
    [tx.scope.organizationId, id],
  );
  return row!;
}

async function closingColumns(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  { kind }: StageRow,
  { closeReasonId, lostToId, closeNote }: ClosingFields,
): Promise<Record<string, unknown>> {
  if (kind === 'OPEN') {
    for (const [field, value] of Object.entries({ closeReasonId, lostToId, closeNote }))
      if (value != null) report(problems, field, 'It is said when an opportunity is closed.', 'NOT_ALLOWED');
    return {};
  }
  const reason = await findNamed(tx, viewer, problems, 'close_reason', closeReasonId, 'closeReasonId');
  if (reason) {
    const [row] = await tx.query<{ outcome: string }>(
      'select outcome from close_reasons where organization_id = $1 and id = $2',
      [tx.scope.organizationId, reason],
    );
    if (row?.outcome !== kind)
      report(problems, 'closeReasonId', `It is no reason for what is ${kind === 'WON' ? 'won' : 'lost'}.`);
  }
  if (lostToId != null && kind === 'WON') report(problems, 'lostToId', 'What is won is lost to nobody.', 'NOT_ALLOWED');
  return {
    close_reason_id: reason,
    lost_to_id: await findNamed(tx, viewer, problems, 'competitor', lostToId, 'lostToId'),
    close_note: optionalLine(problems, 'closeNote', closeNote, 2000),
  };
}

/** Opens a closed opportunity again; what was said when it was closed stays in its history only. */
export async function reopenOpportunity(tx: Tx, viewer: Viewer, item: ReopenOpportunityInput): Moved {
  const known = await lockOpportunity(tx, viewer, item.opportunityId, {
    field: 'opportunityId',
    version: item.version,
  });
  if (known.status === 'OPEN') throw invalid('opportunityId', 'It is open.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const id =
    item.stageId == null
      ? await lastOpenStage(tx, known)
      : await findNamed(tx, viewer, problems, 'stage', item.stageId, 'stageId');
  throwAny(problems);
  const stage = id ? await stageById(tx, id) : await firstStage(tx, known.pipelineId, 'OPEN');
  if (stage?.kind !== 'OPEN') throw invalid('stageId', 'It goes on in an open stage.', 'NOT_ALLOWED');
  await writeOpportunity(
    tx,
    known.id,
    {
      pipeline_id: stage.pipelineId,
      stage_id: stage.id,
      status: 'OPEN',
      closed_at: null,
      close_reason_id: null,
      lost_to_id: null,
      close_note: null,
    },
    ['stage_entered_at'],
  );
  await recordOpportunities(tx, [known.id]);
  return { opportunityId: known.id };
}

async function lastOpenStage(tx: Tx, { id }: LockedOpportunity): Promise<string | null> {
  const [row] = await tx.query<{ stageId: string }>(
    `select r.stage_id as "stageId" from opportunity_revisions r
       join stages s on s.organization_id = r.organization_id and s.id = r.stage_id and s.kind = 'OPEN' and s.is_active
      where r.organization_id = $1 and r.opportunity_id = $2 order by r.changed_at desc limit 1`,
    [tx.scope.organizationId, id],
  );
  return row?.stageId ?? null;
}

/** Moves an opportunity (stored id) to the first stage of its pipeline that is won, and tells of it; one that is closed stays as it is. */
export async function winOpportunity(tx: Tx, opportunityId: string): Promise<void> {
  const known = await lockStored(tx, opportunityId);
  const stage = known?.status === 'OPEN' ? await firstStage(tx, known.pipelineId, 'WON') : undefined;
  if (!stage) return;
  await writeOpportunity(tx, opportunityId, { stage_id: stage.id, status: stage.kind }, [
    'stage_entered_at',
    'closed_at',
  ]);
  await recordOpportunities(tx, [opportunityId]);
}
