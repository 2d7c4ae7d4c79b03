import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { renewEarly } from './accounts/early-renewal.js';
import type { StoredProblem } from './channel.directory.js';
import { SourceState } from './source.entity.js';
import { tellOfSources } from './source.events.js';

/** Another reading of the same source was quicker, or the source is gone: what this one holds must not be stored. */
export class StaleCursor extends Error {
  override readonly name = 'StaleCursor';
}

export interface Gap {
  from: Date;
  to: Date;
  reason: string;
  /** A poll can bring what is missing. */
  fillable?: boolean;
}

/** A source that is streamed and also polled keeps a cursor for each. */
export type Path = 'main' | 'reconcile';

const CURSORS: Record<Path, { cursor: string; version: string }> = {
  main: { cursor: 'cursor', version: 'cursor_version' },
  reconcile: { cursor: 'reconcile_cursor', version: 'reconcile_version' },
};

export interface Progress {
  sourceId: string;
  path: Path;
  /** JSON of the cursor this batch follows, as it is stored; null before the first. */
  previous: string | null;
  next: unknown;
  version: number;
  /** Whether the batch brought anything. */
  brought: boolean;
  /** A poll left something out before this batch: from here on it begins anew. */
  breaks: boolean;
  gaps: Gap[];
}

interface Standing {
  state: SourceState;
  troubled: boolean;
  current: boolean;
}

const TRYING = [SourceState.FAILING, SourceState.RATE_LIMITED];

/**
 * Moves a source's cursor past a batch, in the transaction that stores the batch. Throws `StaleCursor`, and with it undoes
 * the batch, unless the stored cursor is still the one the batch follows: of two readings at once only one gets on.
 */
export async function advanceSource(tx: Tx, progress: Progress): Promise<void> {
  const { sourceId, path, previous, next, version, brought } = progress;
  const { organizationId } = tx.scope;
  const standing = await lockSource(tx, sourceId, previous, path);
  if (!standing?.current) throw new StaleCursor(`Source ${sourceId} has moved on.`);
  const columns = CURSORS[path];
  await tx.query(
    `update sources
        set ${columns.cursor} = $3, ${columns.version} = $4, last_event_at = case when $5 then now() else last_event_at end,
            polled_since = case when $6 then null else polled_since end
      where organization_id = $1 and id = $2`,
    [organizationId, sourceId, JSON.stringify(next ?? null), version, brought, progress.breaks],
  );
  for (const gap of progress.gaps) await insertGap(tx, sourceId, newId(), gap);
  // How a source fares that is streamed is the stream's to say.
  if (path === 'main') await markWell(tx, sourceId);
  if (path === 'main' && isBetter(standing)) await tellOfSources(tx, [sourceId]);
  else if (progress.gaps.length > 0) await tell(tx, sourceId);
}

/** The network had nothing more to give. False when the source is gone. */
export async function recordSuccess(tx: Tx, sourceId: string): Promise<boolean> {
  const standing = await lockSource(tx, sourceId, null);
  if (!standing) return false;
  await markWell(tx, sourceId);
  if (isBetter(standing)) await tellOfSources(tx, [sourceId]);
  return true;
}

const markWell = (tx: Tx, sourceId: string) =>
  tx.query(
    `update sources
        set last_success_at = now(), problem = null, failures = 0, state = case when state = any ($3) then 'ACTIVE' else state end
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, sourceId, TRYING],
  );

/**
 * Polls have read all there was when the one began that `beganAt` tells of. What a stream or a webhook is known to have missed
 * until then is no longer missing, as far back as polls leave nothing out. False when the source is gone.
 */
export async function recordPolled(tx: Tx, sourceId: string, beganAt: Date): Promise<boolean> {
  const { organizationId } = tx.scope;
  const updated = await tx.query(
    `with polled as (
       update sources set polled_since = coalesce(polled_since, $3) where organization_id = $1 and id = $2 returning id)
     select id from polled`,
    [organizationId, sourceId, beganAt],
  );
  const filled = await tx.query(
    `with filled as (
       update source_gaps g set filled_at = now() from sources s
        where g.organization_id = $1 and g.source_id = $2 and s.organization_id = $1 and s.id = $2
          and g.fillable and g.filled_at is null and g.from_at >= s.polled_since and g.to_at <= $3 returning g.id)
     select id from filled`,
    [organizationId, sourceId, beganAt],
  );
  if (filled.length > 0) await tell(tx, sourceId);
  return updated.length > 0;
}

/** Something arrived by itself. Where that is the only way anything does, it also shows that all is well. */
export async function recordArrival(
  tx: Tx,
  sourceId: string,
  { brought, isOnlyWay }: { brought: boolean; isOnlyWay: boolean },
): Promise<void> {
  const standing = await lockSource(tx, sourceId, null);
  if (!standing) return;
  if (brought)
    await tx.query('update sources set last_event_at = now() where organization_id = $1 and id = $2', [
      tx.scope.organizationId,
      sourceId,
    ]);
  if (!isOnlyWay) return;
  await markWell(tx, sourceId);
  if (isBetter(standing)) await tell(tx, sourceId);
}

/** Records a known loss under an id of the caller's, so that it is recorded once. */
export async function recordLoss(tx: Tx, sourceId: string, id: string, gap: Gap): Promise<void> {
  await insertGap(tx, sourceId, id, gap);
  await tell(tx, sourceId);
}

/** What was lost under this id is now `gap`, or nothing any more. */
export async function replaceLoss(tx: Tx, sourceId: string, id: string, gap: Gap | null): Promise<void> {
  if (gap) return recordLoss(tx, sourceId, id, gap);
  const filled = await tx.query(
    'update source_gaps set filled_at = now() where organization_id = $1 and id = $2 and filled_at is null returning id',
    [tx.scope.organizationId, id],
  );
  if (filled.length > 0) await tell(tx, sourceId);
}

/** Networks put anything into their messages; NUL cannot be stored. */
const storableText = (text: string): string => text.slice(0, 1000).toWellFormed().replaceAll('\0', '');

const insertGap = (tx: Tx, sourceId: string, id: string, { from, to, reason, fillable = false }: Gap) =>
  tx.query(
    `insert into source_gaps (organization_id, id, source_id, from_at, to_at, reason, fillable) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id, id) do update set reason = excluded.reason, fillable = excluded.fillable`,
    [tx.scope.organizationId, id, sourceId, from, to, storableText(reason), fillable],
  );

export interface Setback {
  sourceId: string;
  problem: StoredProblem;
  state: SourceState;
  /** Somebody must sign in again: everything read through the same account stops too. */
  stopsAccount: boolean;
  /** The account's credentials that were refused. Where they can be renewed by themselves, that is tried before anything stops. */
  credentialsAt?: string | null;
}

/** Keeps why a reading failed. False when the source is gone. A source that was paused meanwhile stays so. */
export async function recordSetback(tx: Tx, setback: Setback): Promise<boolean> {
  const { sourceId, problem, stopsAccount } = setback;
  const { organizationId } = tx.scope;
  const standing = await lockSource(tx, sourceId, null);
  if (!standing) return false;
  const renews = stopsAccount && (await renewFirst(tx, sourceId, setback.credentialsAt ?? null));
  const state = renews ? SourceState.FAILING : setback.state;
  const next = standing.state === SourceState.PAUSED ? standing.state : state;
  const [row] = await tx.query<{ account_id: string | null }>(
    `with updated as (
       update sources set problem = $3, failures = failures + 1, state = $4
        where organization_id = $1 and id = $2 returning account_id)
     select account_id from updated`,
    [organizationId, sourceId, problem, next],
  );
  if (stopsAccount && !renews && row?.account_id) {
    await tx.query(
      `update accounts set state = 'NEEDS_REAUTHORIZATION', updated_at = now()
        where organization_id = $1 and id = $2 and state = 'ACTIVE'`,
      [organizationId, row.account_id],
    );
  }
  if (!standing.troubled || standing.state !== next) await tellOfSources(tx, [sourceId]);
  return true;
}

async function renewFirst(tx: Tx, sourceId: string, credentialsAt: string | null): Promise<boolean> {
  const [source] = await tx.query<{ account_id: string | null }>(
    'select account_id from sources where organization_id = $1 and id = $2',
    [tx.scope.organizationId, sourceId],
  );
  return source?.account_id ? renewEarly(tx, source.account_id, credentialsAt) : false;
}

async function lockSource(
  tx: Tx,
  sourceId: string,
  previous: string | null,
  path: Path = 'main',
): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>(
    `select state, problem is not null as troubled, ${CURSORS[path].cursor} is not distinct from $3::jsonb as current
       from sources where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, sourceId, previous],
  );
  return row;
}

const isBetter = ({ state, troubled }: Standing): boolean => troubled || TRYING.includes(state);

const tell = (tx: Tx, sourceId: string): Promise<void> =>
  recordEvents(tx, [{ type: 'source.changed', subjectId: sourceId }]);
