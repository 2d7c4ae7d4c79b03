import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { StageRow } from './move.rules.js';
import type { OpportunityStatus } from './opportunity.kinds.rules.js';
import { DEFAULT_PIPELINE, DEFAULT_REASONS, DEFAULT_STAGES } from './pipeline.defaults.js';

const COLUMNS = `s.id, s.pipeline_id as "pipelineId", s.name, s.names, s.kind, s.required_fields as "requiredFields",
  s.entry_conditions as "entryConditions", s.is_active as "isActive"`;

/** The pipeline that opportunities go through unless said, by its stored id; one with the usual stages is made where there is none. */
export async function ensureDefaultPipeline(tx: Tx): Promise<string> {
  const organizationId = tx.scope.organizationId;
  const known = await defaultPipeline(tx);
  if (known) return known;
  const id = newId();
  // Of two that make the first one at once, the second waits here and then takes the other's.
  const [made] = await tx.query(
    'insert into pipelines (organization_id, id, name, is_default) values ($1, $2, $3, true) on conflict do nothing returning id',
    [organizationId, id, DEFAULT_PIPELINE],
  );
  if (!made) return (await defaultPipeline(tx)) ?? (await firstPipeline(tx))!;
  for (const [at, stage] of DEFAULT_STAGES.entries()) {
    await tx.query(
      `insert into stages (organization_id, id, pipeline_id, name, names, position, kind, probability, forecast_category, rots_after_days)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        organizationId,
        newId(),
        id,
        stage.name,
        stage.names,
        at + 1,
        stage.kind,
        stage.probability,
        stage.forecastCategory,
        stage.rotsAfterDays,
      ],
    );
  }
  for (const { outcome, name, names } of DEFAULT_REASONS) {
    await tx.query(
      `insert into close_reasons (organization_id, id, outcome, name, names) values ($1, $2, $3, $4, $5)
       on conflict (organization_id, outcome, name) do nothing`,
      [organizationId, newId(), outcome, name, names],
    );
  }
  return id;
}

async function defaultPipeline(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>('select id from pipelines where organization_id = $1 and is_default', [
    tx.scope.organizationId,
  ]);
  return row?.id;
}

async function firstPipeline(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'select id from pipelines where organization_id = $1 order by is_active desc, created_at, id limit 1',
    [tx.scope.organizationId],
  );
  return row?.id;
}

/** The stage of a stored id, held so that it is not removed meanwhile. */
export async function stageById(tx: Tx, id: string): Promise<StageRow | undefined> {
  const [row] = await tx.query<StageRow>(
    `select ${COLUMNS} from stages s where s.organization_id = $1 and s.id = $2 for key share of s`,
    [tx.scope.organizationId, id],
  );
  return row;
}

/** The first stage of its kind that can be entered. */
export async function firstStage(
  tx: Tx,
  pipelineId: string,
  kind: `${OpportunityStatus}`,
): Promise<StageRow | undefined> {
  const [row] = await tx.query<StageRow>(
    `select ${COLUMNS} from stages s where s.organization_id = $1 and s.pipeline_id = $2 and s.kind = $3 and s.is_active
      order by s.position, s.id limit 1 for key share of s`,
    [tx.scope.organizationId, pipelineId, kind],
  );
  return row;
}
