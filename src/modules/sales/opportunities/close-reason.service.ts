import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, unlessTaken } from '../../../platform/errors.js';
import { newId, publicId, storedId } from '../../../platform/ids.js';
import { cleanNames, optionalLine, type Problems, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type {
  CreateCloseReasonInput,
  CreateCompetitorInput,
  UpdateCloseReasonInput,
  UpdateCompetitorInput,
} from './pipeline.inputs.js';

const REASON_TAKEN = 'Another reason has this name.';
const COMPETITOR_TAKEN = 'Another competitor has this name.';

export async function createCloseReason(tx: Tx, input: CreateCloseReasonInput): Promise<{ closeReasonId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, 'names', input.names);
  throwAny(problems);
  const closeReasonId = newId();
  await unlessTaken('name', REASON_TAKEN, () =>
    tx.query('insert into close_reasons (organization_id, id, outcome, name, names) values ($1, $2, $3, $4, $5)', [
      tx.scope.organizationId,
      closeReasonId,
      input.outcome,
      name,
      names,
    ]),
  );
  return { closeReasonId };
}

export async function updateCloseReason(tx: Tx, input: UpdateCloseReasonInput): Promise<{ closeReasonId: string }> {
  const problems: Problems = [];
  const name = input.name === undefined ? null : requiredLine(problems, 'name', input.name, 100);
  const names = input.names === undefined ? null : cleanNames(problems, 'names', input.names);
  throwAny(problems);
  const [row] = await unlessTaken('name', REASON_TAKEN, () =>
    tx.query<{ id: string }>(
      `update close_reasons set name = coalesce($3, name), names = coalesce($4, names), is_active = coalesce($5, is_active)
        where organization_id = $1 and id = $2 returning id`,
      [tx.scope.organizationId, storedId('close_reason', input.id), name, names, input.isActive ?? null],
    ),
  );
  if (!row) throw invalid('id', 'There is no such reason.', 'NOT_FOUND');
  return { closeReasonId: row.id };
}

/** A reason that was never given is removed; one that was stays with what it was given for, and is given no more. */
export async function removeCloseReason(tx: Tx, id: string): Promise<{ closeReasonId?: string }> {
  const place = [tx.scope.organizationId, storedId('close_reason', id)];
  const [row] = await tx.query<{ id: string }>(
    'select id from close_reasons where organization_id = $1 and id = $2 for update',
    place,
  );
  if (!row) throw invalid('id', 'There is no such reason.', 'NOT_FOUND');
  const given = await tx.query(
    'select 1 from opportunities where organization_id = $1 and close_reason_id = $2 limit 1',
    place,
  );
  if (given.length === 0) {
    await tx.query('delete from close_reasons where organization_id = $1 and id = $2', place);
    return {};
  }
  await tx.query('update close_reasons set is_active = false where organization_id = $1 and id = $2', place);
  return { closeReasonId: row.id };
}

export async function createCompetitor(tx: Tx, input: CreateCompetitorInput): Promise<{ competitorId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 200);
  const website = optionalLine(problems, 'website', input.website, 500);
  throwAny(problems);
  const competitorId = newId();
  await unlessTaken('name', COMPETITOR_TAKEN, () =>
    tx.query('insert into competitors (organization_id, id, name, website) values ($1, $2, $3, $4)', [
      tx.scope.organizationId,
      competitorId,
      name,
      website,
    ]),
  );
  return { competitorId };
}

export async function updateCompetitor(tx: Tx, input: UpdateCompetitorInput): Promise<{ competitorId: string }> {
  const problems: Problems = [];
  const name = input.name === undefined ? null : requiredLine(problems, 'name', input.name, 200);
  const website = optionalLine(problems, 'website', input.website, 500);
  throwAny(problems);
  const [row] = await unlessTaken('name', COMPETITOR_TAKEN, () =>
    tx.query<{ id: string }>(
      `update competitors set name = coalesce($3, name), website = case when $5 then $4 else website end
        where organization_id = $1 and id = $2 returning id`,
      [tx.scope.organizationId, storedId('competitor', input.id), name, website, input.website !== undefined],
    ),
  );
  if (!row) throw invalid('id', 'There is no such competitor.', 'NOT_FOUND');
  return { competitorId: row.id };
}

export async function removeCompetitor(tx: Tx, id: string): Promise<{ removedId: string }> {
  try {
    const [row] = await tx.query<{ id: string }>(
      'delete from competitors where organization_id = $1 and id = $2 returning id',
      [tx.scope.organizationId, storedId('competitor', id)],
    );
    if (!row) throw invalid('id', 'There is no such competitor.', 'NOT_FOUND');
    return { removedId: publicId('competitor', row.id) };
  } catch (error) {
    if (sqlState(error) === '23503') throw invalid('id', 'Opportunities have to do with it.', 'NOT_ALLOWED');
    throw error;
  }
}
