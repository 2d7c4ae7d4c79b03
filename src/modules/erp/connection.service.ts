import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid, sqlState, staleVersion } from '../../platform/errors.js';
import { publicId } from '../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../platform/input.rules.js';
import { type Viewer, visibleId } from '../access/index.js';
import { type FieldRules, SHARED_FIELDS } from './conflict.rules.js';
import { ErpSystem } from './connection.entity.js';
import type { ErpFieldRuleInput } from './connection.inputs.js';
import type { ErpRecordKind } from './kinds.rules.js';
import { queueSync, queueWriting } from './write.queue.js';

const MOST_CONNECTIONS = 20;

/** Sorted into what is shown and what is sealed, and let in by the ERP. */
export interface CheckedGiven {
  settings: Record<string, string>;
  /** Sealed for `connectionId`; null: as they are. */
  sealed: string | null;
  erp: { name: string; version?: string | undefined };
}

/** Keeps a connection that was let in, and has it read. Throws `InputError`: TAKEN for a name there is. */
export async function keepErpConnection(
  tx: Tx,
  connectionId: string,
  { adapter, name, intervalMinutes }: { adapter: string; name: string; intervalMinutes?: number | null | undefined },
  { settings, sealed, erp }: CheckedGiven,
): Promise<{ connectionId: string }> {
  const problems: Problems = [];
  const line = requiredLine(problems, 'name', name, 100);
  const interval = checkedInterval(problems, intervalMinutes) ?? 5;
  throwAny(problems);
  const { organizationId } = tx.scope;
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from erp_connections where organization_id = $1',
    [organizationId],
  );
  if (count >= MOST_CONNECTIONS)
    throw invalid(null, `An organisation has at most ${MOST_CONNECTIONS} connections to ERPs.`, 'NOT_ALLOWED');
  const kept = await tx.query(
    `insert into erp_connections (organization_id, id, adapter, name, settings, interval_minutes, id_prefix)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization_id, name) do nothing returning id`,
    [
      organizationId,
      connectionId,
      adapter,
      line,
      JSON.stringify(settings),
      interval,
      // Two ERPs may both have an order 1; the first one's ids stay as they are.
      count === 0 ? '' : `${connectionId.slice(-8)}:`,
    ],
  );
  if (kept.length === 0) throw invalid('name', 'There is a connection of this name.', 'TAKEN');
  await tx.query(
    'insert into erp_states (organization_id, connection_id, erp_name, erp_version) values ($1, $2, $3, $4)',
    [organizationId, connectionId, erp.name.slice(0, 200), erp.version?.slice(0, 100) ?? null],
  );
  if (sealed) await keepSecrets(tx, connectionId, sealed);
  await queueSync(tx, connectionId);
  await tell(tx, connectionId);
  return { connectionId };
}

/** Changes what is given of a connection that was let in with it. A `version` that is not the present one is a CONFLICT. */
export async function changeErpConnection(
  tx: Tx,
  viewer: Viewer,
  item: { id: string; name?: string | null; intervalMinutes?: number | null; version?: number | null },
  given: CheckedGiven | null,
): Promise<{ connectionId: string }> {
  const { connectionId, version } = await lockConnection(tx, viewer, item.id);
  if (item.version != null && item.version !== version) throw staleVersion('connection', version);
  const problems: Problems = [];
  const name = item.name == null ? null : requiredLine(problems, 'name', item.name, 100);
  const interval = checkedInterval(problems, item.intervalMinutes);
  throwAny(problems);
  try {
    await tx.query(
      `update erp_connections set name = coalesce($3, name), interval_minutes = coalesce($4, interval_minutes),
              settings = coalesce($5, settings), version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, connectionId, name, interval, given && JSON.stringify(given.settings)],
    );
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw invalid('name', 'There is a connection of this name.', 'TAKEN');
  }
  if (given) {
    if (given.sealed) await keepSecrets(tx, connectionId, given.sealed);
    await tx.query(
      `update erp_states set erp_name = $3, erp_version = $4, failures = 0, problem = null, next_sync_at = now()
        where organization_id = $1 and connection_id = $2`,
      [tx.scope.organizationId, connectionId, given.erp.name.slice(0, 200), given.erp.version?.slice(0, 100) ?? null],
    );
    await goOn(tx, connectionId);
  }
  await tell(tx, connectionId);
  return { connectionId };
}

export async function pauseErp(tx: Tx, viewer: Viewer, id: string): Promise<{ connectionId: string }> {
  return setState(tx, viewer, id, 'PAUSED');
}

/** Reads and writes again at once, whatever stood in the way before. */
export async function resumeErp(tx: Tx, viewer: Viewer, id: string): Promise<{ connectionId: string }> {
  const resumed = await setState(tx, viewer, id, 'ACTIVE');
  await tx.query(
    'update erp_states set failures = 0, next_sync_at = now() where organization_id = $1 and connection_id = $2',
    [tx.scope.organizationId, resumed.connectionId],
  );
  await goOn(tx, resumed.connectionId);
  return resumed;
}

/** Forgets a connection, with what it knows of which record is which. What it brought stays. */
export async function removeErp(tx: Tx, viewer: Viewer, id: string): Promise<{ removedConnectionId: string }> {
  const { connectionId } = await lockConnection(tx, viewer, id);
  await tx.query('delete from erp_connections where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    connectionId,
  ]);
  await tell(tx, connectionId);
  return { removedConnectionId: publicId('erp_connection', connectionId) };
}

/** Throws `InputError` NOT_ALLOWED for one that is paused. */
export async function syncErpNow(tx: Tx, viewer: Viewer, id: string): Promise<{ connectionId: string }> {
  const { connectionId, state } = await lockConnection(tx, viewer, id);
  if (state !== 'ACTIVE') throw invalid('id', 'It is paused: resume it first.', 'NOT_ALLOWED');
  await goOn(tx, connectionId);
  return { connectionId };
}

/** Has kinds read again from the beginning; what is known as it is stays as it is. A reading under way starts over. */
export async function replayErp(
  tx: Tx,
  viewer: Viewer,
  id: string,
  kinds: readonly ErpRecordKind[],
): Promise<{ connectionId: string }> {
  const { connectionId, state } = await lockConnection(tx, viewer, id);
  if (state !== 'ACTIVE') throw invalid('id', 'It is paused: resume it first.', 'NOT_ALLOWED');
  await tx.query(
    `insert into erp_cursors as c (organization_id, connection_id, kind, is_replay, generation)
     select $1, $2, kind, true, 1 from unnest($3::text[]) as kind
     on conflict (organization_id, connection_id, kind) do update
        set cursor = null, is_replay = true, generation = c.generation + 1`,
    [tx.scope.organizationId, connectionId, [...new Set(kinds)]],
  );
  await goOn(tx, connectionId);
  await tell(tx, connectionId);
  return { connectionId };
}

/** Sets who is right about which field; what is not named is asked. */
export async function setErpFieldRules(
  tx: Tx,
  viewer: Viewer,
  id: string,
  rules: readonly ErpFieldRuleInput[],
): Promise<{ connectionId: string }> {
  const { connectionId } = await lockConnection(tx, viewer, id);
  const problems: Problems = [];
  const kept: Record<string, Record<string, ErpFieldRuleInput['rule']>> = {};
  for (const [at, { kind, field, rule }] of rules.entries()) {
    const fields: readonly string[] = SHARED_FIELDS[kind as keyof typeof SHARED_FIELDS] ?? [];
    if (fields.length === 0) report(problems, `rules.${at}.kind`, 'Of this kind the ERP has the word.');
    else if (!fields.includes(field)) report(problems, `rules.${at}.field`, `It is one of ${fields.join(', ')}.`);
    else kept[kind] = { ...kept[kind], [field]: rule };
  }
  throwAny(problems);
  await tx.query(
    `update erp_connections set field_rules = $3, version = version + 1, updated_at = now() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, connectionId, JSON.stringify(kept satisfies FieldRules)],
  );
  return { connectionId };
}

async function lockConnection(tx: Tx, viewer: Viewer, id: string) {
  const connectionId = await visibleId(tx, viewer, ErpSystem, id);
  const [row] = await tx.query<{ version: number; state: string }>(
    'select version, state from erp_connections where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, connectionId],
  );
  if (!row) throw invalid('id', 'There is no such connection, or you may not see it.', 'NOT_FOUND');
  return { connectionId, ...row };
}

async function setState(tx: Tx, viewer: Viewer, id: string, state: 'ACTIVE' | 'PAUSED') {
  const { connectionId } = await lockConnection(tx, viewer, id);
  await tx.query(
    `update erp_connections set state = $3, version = version + 1, updated_at = now()
      where organization_id = $1 and id = $2 and state <> $3`,
    [tx.scope.organizationId, connectionId, state],
  );
  await tell(tx, connectionId);
  return { connectionId };
}

async function goOn(tx: Tx, connectionId: string): Promise<void> {
  await queueSync(tx, connectionId);
  await tx.query(
    `update erp_writes set next_at = now() where organization_id = $1 and connection_id = $2 and state = 'QUEUED'`,
    [tx.scope.organizationId, connectionId],
  );
  await queueWriting(tx, connectionId);
}

async function keepSecrets(tx: Tx, connectionId: string, sealed: string): Promise<void> {
  await tx.query(
    `insert into erp_secrets (organization_id, connection_id, sealed) values ($1, $2, $3)
     on conflict (organization_id, connection_id) do update set sealed = $3, updated_at = now()`,
    [tx.scope.organizationId, connectionId, sealed],
  );
}

const tell = (tx: Tx, connectionId: string): Promise<void> =>
  recordEvents(tx, [{ type: 'erp.changed', subjectId: connectionId }]);

function checkedInterval(problems: Problems, minutes: number | null | undefined): number | null {
  if (minutes == null) return null;
  return minutes >= 1 && minutes <= 1440 ? minutes : report(problems, 'intervalMinutes', 'From 1 to 1,440 minutes.');
}
