import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { Lead } from './lead.entity.js';
import type { LeadChangeKind } from './lead-change.entity.js';

const UNKNOWN_LEAD = 'There is no such lead, or you may not see it.';

/**
 * The lead behind a public id, held for a change. Unknown and forbidden ones answer alike as NOT_FOUND of `id`; a `version` that
 * is not the present one is a CONFLICT.
 */
export async function lockLead(tx: Tx, viewer: Viewer, id: string, version?: number | null): Promise<Lead> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('lead', id), 'uuid')}`,
    visibleCondition(viewer, 'LEAD', 't', parameters),
  ].filter(Boolean);
  const [lead] = await tx.query<Lead>(
    `select ${columnsOf(Lead)} from leads t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!lead) throw invalid('id', UNKNOWN_LEAD, 'NOT_FOUND');
  if (version != null && version !== lead.version) throw staleVersion('lead', lead.version);
  return lead;
}

/** Sets columns of a lead that is held, as one change of it. `expressions` are SQL; values go through parameters. */
export async function writeLead(tx: Tx, id: string, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, lead] = [parameters.add(tx.scope.organizationId), parameters.add(id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update leads set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = ${organization} and id = ${lead}`,
    parameters.values,
  );
}

export interface LeadStep {
  leadId: string;
  kind: LeadChangeKind;
  /** Names of fields, and ids: never what somebody wrote. */
  detail?: Record<string, unknown>;
}

/** Adds steps to the history of leads. */
export async function recordSteps(tx: Tx, steps: LeadStep[]): Promise<void> {
  if (steps.length === 0) return;
  await tx.query(
    `insert into lead_changes (organization_id, id, lead_id, kind, detail, changed_by, changed_at)
     select $1, s.id, s.lead_id, s.kind, s.detail, $2, clock_timestamp()
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::jsonb[]) as s(id, lead_id, kind, detail)`,
    [
      tx.scope.organizationId,
      tx.scope.actor,
      steps.map(() => newId()),
      steps.map(step => step.leadId),
      steps.map(step => step.kind),
      steps.map(step => JSON.stringify(step.detail ?? {})),
    ],
  );
}

/** Tells once of each lead that it changed. */
export function tellLeads(tx: Tx, ids: Iterable<string>): Promise<void> {
  return recordEvents(
    tx,
    [...new Set(ids)].map(subjectId => ({ type: 'lead.changed' as const, subjectId })),
  );
}

/** ISO 3166-1: telephone numbers without a country are read in it. */
export async function homeCountry(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ country: string }>(
    'select default_country as country from organizations where id = $1',
    [tx.scope.organizationId],
  );
  return row?.country ?? 'ES';
}
