import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import type { Vault } from '../../../platform/vault.js';
import { seesRow, type Viewer } from '../../access/index.js';
import { keepCredentials, StaleCredentials } from '../account.channel.js';
import { Account, AccountState } from '../account.entity.js';
import { leaveRoomForAccount } from '../account.service.js';
import type { ChannelAccount, StoredProblem } from '../channel.directory.js';
import { readWaiting } from '../delivery.service.js';
import { resumeReplies } from '../replies/outbox.queue.js';
import { scheduleSources } from '../source.schedule.js';
import { renewEarly } from './early-renewal.js';
import type { Given } from './given.rules.js';
import type { Connection } from './recognition.js';

/** The job that asks the network to call us. */
export const SUBSCRIBE_TASK = 'account.subscribe';

const UNIQUE_VIOLATION = '23505';

/**
 * Keeps a connected account, its credentials and the source that reads it. One that is there already, by the network's own id or
 * as one that was only kept, becomes this one; whoever connects it twice, also at once, gets the same.
 */
export async function keepConnection(
  tx: Tx,
  vault: Vault,
  viewer: Viewer | null,
  connection: Connection,
  teamId: string | null,
): Promise<{ accountId: string }> {
  const { channel, externalId, handle, displayName } = connection;
  const { organizationId } = tx.scope;
  const [created] = await tx.query<{ id: string }>(
    `insert into accounts (organization_id, id, network, external_id, handle, display_name, team_id, connector)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [organizationId, newId(), channel.network, externalId, handle, displayName, teamId, channel.kind],
  );
  if (created) await leaveRoomForAccount(tx, 1);
  const accountId = created?.id ?? (await sameAccount(tx, viewer, connection));
  await keepCredentials(tx, vault, accountId, connection.credentials);
  await restore(tx, accountId, connection);
  return { accountId };
}

/** Gives a connected account new credentials: made of those that `account` was read with, and of the same external account. */
export async function renewConnection(
  tx: Tx,
  vault: Vault,
  account: ChannelAccount,
  connection: Connection,
): Promise<{ accountId: string }> {
  if (account.externalId && connection.externalId && account.externalId !== connection.externalId)
    throw invalid('secrets', `These belong to another account: ${connection.handle}.`, 'NOT_ALLOWED');
  const [locked] = await tx.query('select id from accounts where organization_id = $1 and id = $2 for update', [
    tx.scope.organizationId,
    account.id,
  ]);
  if (!locked) throw invalid('accountId', 'There is no such account, or you may not see it.', 'NOT_FOUND');
  try {
    await keepCredentials(tx, vault, account.id, connection.credentials, account.credentialsAt);
  } catch (error) {
    if (!(error instanceof StaleCredentials)) throw error;
    throw invalid(null, 'The credentials were changed by somebody else in the meantime; try again.', 'CONFLICT');
  }
  await restore(tx, account.id, connection);
  return { accountId: account.id };
}

/** Brings an account and its sources back to work, whatever they waited for. What somebody paused stays paused. */
async function restore(tx: Tx, accountId: string, connection: Connection, isSameAccess = false): Promise<void> {
  const { organizationId } = tx.scope;
  const { channel, externalId, handle, displayName, settings, granted, accessEndsAt, accessRenewAt } = connection;
  const [before] = await tx.query<{ handle: string }>(
    'select handle from accounts where organization_id = $1 and id = $2 for update',
    [organizationId, accountId],
  );
  const updating = tx.query(
    `update accounts
        set connector = $3, external_id = coalesce($4, external_id), handle = $5, display_name = coalesce($6, display_name),
            settings = $7, granted = $8, state = case when state = 'PAUSED' then state else 'ACTIVE' end, problem = null,
            access_ends_at = case when $10::timestamptz is null and access_renew_at is not null then access_ends_at
                                  when $11 then coalesce($9, access_ends_at) else $9 end,
            access_renew_at = coalesce($10, access_renew_at), hook_renew_at = null, hook_problem = null, updated_at = now()
      where organization_id = $1 and id = $2`,
    [
      organizationId,
      accountId,
      channel.kind,
      externalId,
      handle,
      displayName,
      settings,
      granted,
      accessEndsAt,
      accessRenewAt,
      isSameAccess,
    ],
  );
  await updating.catch(error => {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw invalid('handle', `Another account is called ${handle} already.`, 'TAKEN');
  });
  await followAccount(tx, accountId, connection, before?.handle);
  const sources = await tx.query<{ id: string }>(
    `update sources set state = case when state = 'PAUSED' then state else 'ACTIVE' end, problem = null, failures = 0
      where organization_id = $1 and account_id = $2 returning id`,
    [organizationId, accountId],
  );
  await recordEvents(tx, [
    ...sources.map(({ id }) => ({ type: 'source.changed' as const, subjectId: id })),
    { type: 'account.changed', subjectId: accountId },
  ]);
  await scheduleSources(
    tx,
    sources.map(({ id }) => id),
  );
  if (channel.capabilities.webhooks) await enqueue(tx, SUBSCRIBE_TASK, { accountId }, { key: `hook:${accountId}` });
  await readWaiting(tx, accountId);
  await resumeReplies(tx, accountId);
}

/** What is said to or about the account is read from now on, where its adapter does that; under its new name when it has one. */
async function followAccount(
  tx: Tx,
  accountId: string,
  { channel, handle, settings, credentials }: Connection,
  formerHandle: string | undefined,
) {
  if (channel.refusal({ kind: 'ACCOUNT', query: handle, settings, credentials })) return;
  if (formerHandle !== undefined && formerHandle !== handle)
    await tx.query(
      `update sources s set query = $5
        where s.organization_id = $1 and s.account_id = $2 and s.connector = $3 and s.kind = 'ACCOUNT' and s.query = $4
          and not exists (select 1 from sources o where o.organization_id = $1 and o.connector = $3 and o.kind = 'ACCOUNT' and o.query = $5)`,
      [tx.scope.organizationId, accountId, channel.kind, formerHandle, handle],
    );
  await tx.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query)
     select $1, $2, $3, $4, $5, 'ACCOUNT', $6
      where not exists (select 1 from sources s where s.organization_id = $1 and s.account_id = $3 and s.kind = 'ACCOUNT')
     on conflict (organization_id, connector, kind, query) do update set account_id = excluded.account_id where sources.account_id is null`,
    [tx.scope.organizationId, newId(), accountId, channel.kind, channel.network, handle],
  );
}

/** The account that is there already, held until the end. Throws `InputError` TAKEN for one that is another. */
async function sameAccount(tx: Tx, viewer: Viewer | null, connection: Connection): Promise<string> {
  const { channel, externalId, handle } = connection;
  const rows = await tx.query<{ id: string; connector: string | null; externalId: string | null }>(
    `select id, connector, external_id as "externalId" from accounts
      where organization_id = $1 and (connector = $2 and external_id = $3 or network = $4 and handle = $5)
      order by id for update`,
    [tx.scope.organizationId, channel.kind, externalId, channel.network, handle],
  );
  const same =
    rows.find(row => externalId !== null && row.connector === channel.kind && row.externalId === externalId) ??
    rows.find(row => row.connector === null || (row.connector === channel.kind && row.externalId === externalId));
  const isOther = rows.some(row => row !== same);
  if (!same || isOther || (viewer && !(await seesRow(tx, viewer, Account, same.id))))
    throw invalid('handle', 'Another account has this handle already.', 'TAKEN');
  return same.id;
}

/** Keeps what a check found. A good one also ends a wait for somebody to sign in. */
export async function recordAccountCheck(
  tx: Tx,
  account: ChannelAccount,
  found: Connection | StoredProblem,
): Promise<{ accountId: string; ok: boolean }> {
  const { organizationId } = tx.scope;
  if ('channel' in found) {
    const [before] = await tx.query<{ waits: boolean; changes: boolean }>(
      `select state = 'NEEDS_REAUTHORIZATION' or problem is not null as waits, granted is distinct from $3 as changes
         from accounts where organization_id = $1 and id = $2 for update`,
      [organizationId, account.id, found.granted],
    );
    if (before?.waits) {
      await restore(tx, account.id, { ...found, settings: account.settings as Given['settings'] }, true);
      return { accountId: account.id, ok: true };
    }
    await tx.query(
      `update accounts set granted = $3, access_ends_at = coalesce($4, access_ends_at) where organization_id = $1 and id = $2`,
      [organizationId, account.id, found.granted, found.accessEndsAt],
    );
    if (before?.changes) await recordEvents(tx, [{ type: 'account.changed', subjectId: account.id }]);
    return { accountId: account.id, ok: true };
  }
  await recordAccountRefusal(tx, account, found);
  return { accountId: account.id, ok: false };
}

/**
 * Keeps that the network refused an account, and answers whether its access is renewed by itself now: then nobody is asked to sign
 * in, unless that fails too.
 */
export async function recordAccountRefusal(
  tx: Tx,
  { id, credentialsAt }: Pick<ChannelAccount, 'id' | 'credentialsAt'>,
  problem: StoredProblem,
): Promise<boolean> {
  const renews = problem.class === 'AUTH' && (await renewEarly(tx, id, credentialsAt));
  await recordAccountProblem(tx, id, problem, !renews);
  return renews;
}

/** Keeps what stands in the way of an account as a whole; told only when it is another than before. */
export async function recordAccountProblem(
  tx: Tx,
  accountId: string,
  problem: StoredProblem,
  mayStop = true,
): Promise<void> {
  const changed = await tx.query<{ changed: boolean }>(
    `update accounts a set problem = $3, updated_at = now(),
            state = case when $4 and a.state = 'ACTIVE' then '${AccountState.NEEDS_REAUTHORIZATION}' else a.state end
       from (select id, problem ->> 'class' as class from accounts where organization_id = $1 and id = $2 for update) o
      where a.organization_id = $1 and a.id = o.id returning o.class is distinct from $5 as changed`,
    [tx.scope.organizationId, accountId, problem, mayStop && problem.class === 'AUTH', problem.class],
  );
  if (changed[0]?.changed) await recordEvents(tx, [{ type: 'account.changed', subjectId: accountId }]);
}
