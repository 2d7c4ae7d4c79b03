import type { Tx } from '../../../platform/database/database.js';
import { unlessTaken } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { OpportunityStatus } from './opportunity.kinds.rules.js';
import type { CreatePipelineInput, UpdatePipelineInput } from './pipeline.inputs.js';
import { lockPipeline } from './pipeline.locks.js';
import { cleanStage, defaultsOf } from './stage.rules.js';
import { insertStage } from './stage.service.js';

type Outcome = Promise<{ pipelineId: string }>;

const MOST_STAGES = 50;

/** Makes a pipeline with its stages; the first one of an organisation is the default. */
export async function createPipeline(tx: Tx, input: CreatePipelineInput): Outcome {
  const organizationId = tx.scope.organizationId;
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  if (input.stages.length > MOST_STAGES)
    report(problems, 'stages', `A pipeline has at most ${MOST_STAGES} stages.`, 'TOO_LONG');
  const seen = new Set<string>();
  const stages = input.stages.slice(0, MOST_STAGES).map((stage, at) => {
    const path = `stages.${at}.`;
    const kind = stage.kind ?? OpportunityStatus.OPEN;
    const stageName = requiredLine(problems, `${path}name`, stage.name, 100);
    if (seen.has(stageName)) report(problems, `${path}name`, 'Another stage has this name.', 'TAKEN');
    seen.add(stageName);
    if (stage.fromStageIds?.length)
      report(problems, `${path}fromStageIds`, 'The stages have no ids yet. Say it with `updateStage`.', 'NOT_ALLOWED');
    const entry = stage.minAmount == null ? {} : { minAmount: stage.minAmount };
    return { name: stageName, kind, ...defaultsOf(kind), ...cleanStage(problems, stage, kind, path), entry };
  });
  for (const kind of ['OPEN', 'WON', 'LOST'])
    if (!stages.some(stage => stage.kind === kind))
      report(problems, 'stages', `A pipeline has a stage that is ${kind}.`, 'REQUIRED');
  throwAny(problems);

  const id = newId();
  const [known] = await tx.query('select 1 from pipelines where organization_id = $1 and is_default', [organizationId]);
  const isDefault = input.isDefault === true || !known;
  if (isDefault) await clearDefault(tx);
  await unlessTaken('name', 'Another pipeline has this name, or one was made at the same time.', () =>
    tx.query('insert into pipelines (organization_id, id, name, is_default) values ($1, $2, $3, $4)', [
      organizationId,
      id,
      name,
      isDefault,
    ]),
  );
  for (const [at, { entry, ...stage }] of stages.entries())
    await insertStage(tx, { ...stage, pipeline_id: id, position: at + 1, entry_conditions: entry });
  return { pipelineId: id };
}

export async function updatePipeline(tx: Tx, input: UpdatePipelineInput): Outcome {
  const known = await lockPipeline(tx, input.id, 'id', input.version);
  const problems: Problems = [];
  const name = input.name === undefined ? null : requiredLine(problems, 'name', input.name, 100);
  const isDefault = known.isDefault || input.isDefault === true;
  if (known.isDefault && input.isDefault === false)
    report(problems, 'isDefault', 'Make another pipeline the default instead.', 'NOT_ALLOWED');
  if (isDefault && !(input.isActive ?? known.isActive))
    report(problems, 'isActive', 'The default pipeline is in use.', 'NOT_ALLOWED');
  throwAny(problems);
  if (isDefault && !known.isDefault) await clearDefault(tx);
  await unlessTaken('name', 'Another pipeline has this name.', () =>
    tx.query(
      `update pipelines set name = coalesce($3, name), is_default = $4, is_active = coalesce($5, is_active), version = version + 1
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, known.id, name, isDefault, input.isActive ?? null],
    ),
  );
  return { pipelineId: known.id };
}

const clearDefault = (tx: Tx) =>
  tx.query('update pipelines set is_default = false, version = version + 1 where organization_id = $1 and is_default', [
    tx.scope.organizationId,
  ]);
