import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { enqueue } from '../../platform/jobs.js';
import { RENEW_TASK } from './accounts/renewal.rules.js';
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
}

export interface Progress {
  sourceId: string;
  /** JSON of the cursor this batch follows, as it is stored; null before the first. */
  previous: string | null;
  next: unknown;
  version: number;
  /** Whether the batch brought anything. */
  brought: boolean;
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
  const { sourceId, previous, next } = progress;
  const { organizationId } = tx.scope;
  const standing = await lockSource(tx, sourceId, previous);
  if (!standing?.current) throw new StaleCursor(`Source ${sourceId} has moved on.`);
  await tx.query(
    `update sources
        set cursor = $3, cursor_version = $4, last_success_at = now(), problem = null, failures = 0,
            last_event_at = case when $5 then now() else last_event_at end,
            state = case when state = any ($6) then 'ACTIVE' else state end
      where organization_id = $1 and id = $2`,
    [organizationId, sourceId, JSON.stringify(next ?? null), progress.version, progress.brought, TRYING],
  );
  for (const gap of progress.gaps) {
    await tx.query(
      `insert into source_gaps (organization_id, id, source_id, from_at, to_at, reason) values ($1, $2, $3, $4, $5, $6)`,
      [organizationId, newId(), sourceId, gap.from, gap.to, gap.reason.slice(0, 1000)],
    );
  }
  if (isBetter(standing)) await tellOfSources(tx, [sourceId]);
  else if (progress.gaps.length > 0) await recordEvents(tx, [{ type: 'source.changed', subjectId: sourceId }]);
}

/** The network had nothing more to give. False when the source is gone. */
export async function recordSuccess(tx: Tx, sourceId: string): Promise<boolean> {
  const standing = await lockSource(tx, sourceId, null);
  if (!standing) return false;
  await tx.query(
    `update sources
        set last_success_at = now(), problem = null, failures = 0, state = case when state = any ($3) then 'ACTIVE' else state end
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, sourceId, TRYING],
  );
  if (isBetter(standing)) await tellOfSources(tx, [sourceId]);
  return true;
}

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

/** Access may have ended early. What was renewed a moment ago and is refused all the same is not renewed again. */
async function renewFirst(tx: Tx, sourceId: string, credentialsAt: string | null): Promise<boolean> {
  const { organizationId } = tx.scope;
  const [account] = await tx.query<{ id: string }>(
    `update accounts a set access_ends_at = least(access_ends_at, now()), access_renew_at = least(access_renew_at, now())
       from sources s, account_secrets v
      where a.organization_id = $1 and s.organization_id = $1 and s.id = $2 and s.account_id = a.id and a.state = 'ACTIVE'
        and a.access_renew_at is not null and v.organization_id = $1 and v.account_id = a.id
        and (v.updated_at is distinct from $3::timestamptz or v.updated_at < now() - interval '1 minute') returning a.id`,
    [organizationId, sourceId, credentialsAt],
  );
  if (account) await enqueue(tx, RENEW_TASK, { accountId: account.id }, { key: `renew:${account.id}` });
  return account !== undefined;
}

async function lockSource(tx: Tx, sourceId: string, previous: string | null): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>(
    `select state, problem is not null as troubled, cursor is not distinct from $3::jsonb as current
       from sources where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, sourceId, previous],
  );
  return row;
}

const isBetter = ({ state, troubled }: Standing): boolean => troubled || TRYING.includes(state);
