import type { Tx } from '../../../platform/database/database.js';
import { invalid, unlessTaken } from '../../../platform/errors.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { OpportunityStatus } from './opportunity.kinds.rules.js';
import { recordOpportunities } from './opportunity.queries.js';
import type {
  AddStageInput,
  OrderStagesInput,
  RemoveStageInput,
  StageFields,
  UpdateStageInput,
} from './pipeline.inputs.js';
import { lockPipeline } from './pipeline.locks.js';
import type { StoredEntryConditions } from './stage.entity.js';
import { cleanStage, defaultsOf } from './stage.rules.js';

type Outcome = Promise<{ stageId?: string; pipelineId: string }>;

interface KnownStage {
  id: string;
  pipelineId: string;
  kind: OpportunityStatus;
  position: number;
  isActive: boolean;
  entryConditions: StoredEntryConditions;
}

const MOST_STAGES = 50;

export async function addStage(tx: Tx, input: AddStageInput): Outcome {
  const pipeline = await lockPipeline(tx, input.pipelineId, 'pipelineId');
  const siblings = await stagesOf(tx, pipeline.id);
  const problems: Problems = [];
  const kind = input.kind ?? OpportunityStatus.OPEN;
  const name = requiredLine(problems, 'name', input.name, 100);
  if (siblings.length >= MOST_STAGES)
    report(problems, 'pipelineId', `A pipeline has at most ${MOST_STAGES} stages.`, 'TOO_LONG');
  if (input.position != null && input.position < 1) report(problems, 'position', 'It is 1 or more.');
  const values = cleanStage(problems, input, kind);
  const entry_conditions = entryOf(problems, siblings, input, {});
  throwAny(problems);
  const last = siblings.findLast(sibling => sibling.kind === kind)?.position ?? siblings.at(-1)?.position ?? 0;
  const position = input.position ?? last + 1;
  await tx.query(
    'update stages set position = position + 1 where organization_id = $1 and pipeline_id = $2 and position >= $3',
    [tx.scope.organizationId, pipeline.id, position],
  );
  const stageId = await insertStage(tx, {
    ...defaultsOf(kind),
    ...values,
    pipeline_id: pipeline.id,
    name,
    kind,
    position,
    entry_conditions,
  });
  await countChange(tx, pipeline.id);
  return { stageId, pipelineId: pipeline.id };
}

export async function updateStage(tx: Tx, input: UpdateStageInput): Outcome {
  const { stage, siblings } = await lockStage(tx, input.id, input.version);
  const problems: Problems = [];
  const columns: Record<string, unknown> = { ...cleanStage(problems, input, stage.kind) };
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 100);
  columns['entry_conditions'] = entryOf(problems, siblings, input, stage.entryConditions);
  if (input.isActive === false && isLastOfKind(stage, siblings))
    report(problems, 'isActive', 'It is the last one of its kind.', 'NOT_ALLOWED');
  if (input.isActive != null) columns['is_active'] = input.isActive;
  throwAny(problems);
  const parameters = new Parameters();
  const places = [parameters.add(tx.scope.organizationId), parameters.add(stage.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await unlessTaken('name', 'Another stage of the pipeline has this name.', () =>
    tx.query(
      `update stages set ${sets.join(', ')} where organization_id = ${places[0]} and id = ${places[1]}`,
      parameters.values,
    ),
  );
  await countChange(tx, stage.pipelineId);
  return { stageId: stage.id, pipelineId: stage.pipelineId };
}

/**
 * Takes a stage out of use. What is in it goes where the input says. It is removed for good where nothing was ever in it;
 * otherwise it stays for the history's sake, and nothing enters it any more.
 */
export async function removeStage(tx: Tx, input: RemoveStageInput): Outcome {
  const organizationId = tx.scope.organizationId;
  const { stage, siblings } = await lockStage(tx, input.id);
  if (isLastOfKind(stage, siblings)) throw invalid('id', 'It is the last one of its kind.', 'NOT_ALLOWED');
  // Whoever is moving something there at this moment holds it and is waited for; nobody goes there afterwards.
  await tx.query('select 1 from stages where organization_id = $1 and id = $2 for update', [organizationId, stage.id]);
  if (input.moveToStageId != null) {
    const target = siblings.find(sibling => publicId('stage', sibling.id) === input.moveToStageId);
    if (!target || target.id === stage.id || target.kind !== stage.kind || !target.isActive)
      throw invalid('moveToStageId', 'It is another stage in use of the same pipeline and kind.', 'NOT_FOUND');
    const moved = await tx.query<{ id: string }>(
      `update opportunities set stage_id = $3, stage_entered_at = clock_timestamp(), updated_at = clock_timestamp(), version = version + 1
        where organization_id = $1 and stage_id = $2 returning id`,
      [organizationId, stage.id, target.id],
    );
    await recordOpportunities(
      tx,
      moved.map(row => row.id),
    );
  }
  const [used] = await tx.query<{ isUsed: boolean }>(
    `select exists (select 1 from opportunities where organization_id = $1 and stage_id = $2)
         or exists (select 1 from opportunity_revisions where organization_id = $1 and stage_id = $2) as "isUsed"`,
    [organizationId, stage.id],
  );
  if (used?.isUsed) {
    await tx.query('update stages set is_active = false where organization_id = $1 and id = $2', [
      organizationId,
      stage.id,
    ]);
  } else {
    await tx.query('delete from stages where organization_id = $1 and id = $2', [organizationId, stage.id]);
  }
  await countChange(tx, stage.pipelineId);
  return { ...(used?.isUsed ? { stageId: stage.id } : {}), pipelineId: stage.pipelineId };
}

export async function orderStages(tx: Tx, input: OrderStagesInput): Outcome {
  const pipeline = await lockPipeline(tx, input.pipelineId, 'pipelineId', input.version);
  const siblings = await stagesOf(tx, pipeline.id);
  const wanted = input.stageIds.map(id => storedId('stage', id));
  const inUse = siblings.filter(stage => stage.isActive).map(stage => stage.id);
  if (
    new Set(wanted).size !== wanted.length ||
    wanted.length !== inUse.length ||
    !inUse.every(id => wanted.includes(id))
  )
    throw invalid('stageIds', 'Every stage of the pipeline that is in use is named once.', 'INVALID');
  const rest = siblings.filter(stage => !stage.isActive).map(stage => stage.id);
  await tx.query(
    `update stages s set position = w.place from unnest($3::uuid[]) with ordinality as w(id, place)
      where s.organization_id = $1 and s.pipeline_id = $2 and s.id = w.id`,
    [tx.scope.organizationId, pipeline.id, [...wanted, ...rest]],
  );
  await countChange(tx, pipeline.id);
  return { pipelineId: pipeline.id };
}

/** Writes a stage and answers its stored id. */
export async function insertStage(tx: Tx, columns: Record<string, unknown>): Promise<string> {
  const id = newId();
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, id, ...Object.values(columns)].map(value => parameters.add(value));
  await unlessTaken('name', 'Another stage of the pipeline has this name.', () =>
    tx.query(
      `insert into stages (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})`,
      parameters.values,
    ),
  );
  return id;
}

/** Who reads a pipeline's version reads its stages with it. */
const countChange = (tx: Tx, pipelineId: string) =>
  tx.query('update pipelines set version = version + 1 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    pipelineId,
  ]);

async function lockStage(
  tx: Tx,
  id: string,
  version?: number | null,
): Promise<{ stage: KnownStage; siblings: KnownStage[] }> {
  const [row] = await tx.query<{ pipelineId: string }>(
    'select pipeline_id as "pipelineId" from stages where organization_id = $1 and id = $2',
    [tx.scope.organizationId, storedId('stage', id)],
  );
  if (!row) throw invalid('id', 'There is no such stage.', 'NOT_FOUND');
  await lockPipeline(tx, publicId('pipeline', row.pipelineId), 'id', version);
  const siblings = await stagesOf(tx, row.pipelineId);
  const stage = siblings.find(sibling => sibling.id === storedId('stage', id));
  if (!stage) throw invalid('id', 'There is no such stage.', 'NOT_FOUND');
  return { stage, siblings };
}

const stagesOf = (tx: Tx, pipelineId: string): Promise<KnownStage[]> =>
  tx.query<KnownStage>(
    `select id, pipeline_id as "pipelineId", kind, position, is_active as "isActive", entry_conditions as "entryConditions"
       from stages where organization_id = $1 and pipeline_id = $2 order by position, id`,
    [tx.scope.organizationId, pipelineId],
  );

const isLastOfKind = (stage: KnownStage, siblings: KnownStage[]): boolean =>
  !siblings.some(sibling => sibling.id !== stage.id && sibling.kind === stage.kind && sibling.isActive);

/** The entry conditions as they are from now on; what is left out stays, and null clears. */
function entryOf(
  problems: Problems,
  siblings: KnownStage[],
  { minAmount, fromStageIds }: StageFields,
  known: StoredEntryConditions,
): StoredEntryConditions {
  const entry = { ...known };
  if (minAmount === null) delete entry.minAmount;
  else if (minAmount !== undefined) entry.minAmount = minAmount;
  if (fromStageIds === undefined) return entry;
  delete entry.fromStageIds;
  const ids = (fromStageIds ?? []).flatMap((id, at) => {
    const sibling = siblings.find(other => publicId('stage', other.id) === id);
    return sibling?.id ?? report(problems, `fromStageIds.${at}`, 'It is no stage of the pipeline.', 'NOT_FOUND') ?? [];
  });
  if (ids.length > 0) entry.fromStageIds = ids;
  return entry;
}
