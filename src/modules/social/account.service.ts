import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { InputError, invalid } from '../../platform/errors.js';
import { newId, publicId } from '../../platform/ids.js';
import { MAX_PAGE } from '../../platform/paging/index.js';
import { Team, type Viewer, visibleId } from '../access/index.js';
import { Account } from './account.entity.js';
import type { CreateAccountInput, UpdateAccountInput } from './account.inputs.js';
import { textProblems } from './channel.directory.js';
import { readWaiting } from './delivery.service.js';
import { resumeReplies } from './replies/outbox.queue.js';
import { scheduleSources } from './source.schedule.js';

/** Adds an account. Throws `InputError`: TAKEN when the organisation has it already. */
export async function createAccount(tx: Tx, viewer: Viewer, input: CreateAccountInput): Promise<{ accountId: string }> {
  const handle = input.handle.trim().replace(/^@(?=.)/, '');
  const problems = [
    ...textProblems('handle', handle, 500),
    ...textProblems('displayName', input.displayName, 200),
    ...textProblems('externalId', input.externalId, 500),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const teamId = input.teamId ? await visibleId(tx, viewer, Team, input.teamId, 'teamId') : null;
  const { organizationId } = tx.scope;
  await leaveRoomForAccount(tx);
  const accountId = newId();
  const created = await tx.query(
    `insert into accounts (organization_id, id, network, external_id, handle, display_name, team_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization_id, network, handle) do nothing returning id`,
    [organizationId, accountId, input.network, input.externalId ?? null, handle, input.displayName ?? null, teamId],
  );
  if (created.length === 0) throw invalid('handle', 'This account is there already.', 'TAKEN');
  return { accountId };
}

/** They are shown as one list, not by pages. `added`: how many of them are new. */
export async function leaveRoomForAccount(tx: Tx, added = 0): Promise<void> {
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from accounts where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (count - added >= MAX_PAGE)
    throw invalid(null, `An organisation has at most ${MAX_PAGE} accounts.`, 'NOT_ALLOWED');
}

/** Changes what is given. Setting it to ACTIVE also starts again what waited for somebody to sign in. */
export async function updateAccount(tx: Tx, viewer: Viewer, input: UpdateAccountInput): Promise<{ accountId: string }> {
  const problems = textProblems('displayName', input.displayName, 200);
  if (problems.length > 0) throw new InputError(problems);
  const accountId = await visibleId(tx, viewer, Account, input.id);
  const teamId = input.teamId ? await visibleId(tx, viewer, Team, input.teamId, 'teamId') : null;
  await tx.query(
    `update accounts
        set display_name = case when $3 then $4 else display_name end, team_id = case when $5 then $6::uuid else team_id end,
            state = coalesce($7, state), problem = case when $7 = 'ACTIVE' then null else problem end, updated_at = now()
      where organization_id = $1 and id = $2`,
    [
      tx.scope.organizationId,
      accountId,
      input.displayName !== undefined,
      input.displayName ?? null,
      input.teamId !== undefined,
      teamId,
      input.state ?? null,
    ],
  );
  if (input.state) {
    await recordEvents(tx, [{ type: 'account.changed', subjectId: accountId }]);
    const sources = await tx.query<{ id: string }>(
      `update sources set state = case when $3 = 'ACTIVE' and state <> 'PAUSED' then 'ACTIVE' else state end
        where organization_id = $1 and account_id = $2 returning id`,
      [tx.scope.organizationId, accountId, input.state],
    );
    await tellOfSources(tx, sources);
    if (input.state === 'ACTIVE') {
      await resumeReplies(tx, accountId);
      await scheduleSources(
        tx,
        sources.map(({ id }) => id),
      );
      await readWaiting(tx, accountId);
    }
  }
  return { accountId };
}

/** Removes an account and its sources; what they brought stays. */
export async function removeAccount(tx: Tx, viewer: Viewer, id: string): Promise<{ removedAccountId: string }> {
  const accountId = await visibleId(tx, viewer, Account, id);
  const sources = await tx.query<{ id: string }>(
    'select id from sources where organization_id = $1 and account_id = $2',
    [tx.scope.organizationId, accountId],
  );
  await tx.query('delete from accounts where organization_id = $1 and id = $2', [tx.scope.organizationId, accountId]);
  await tellOfSources(tx, sources);
  return { removedAccountId: publicId('account', accountId) };
}

export const tellOfSources = (tx: Tx, sources: { id: string }[]): Promise<void> =>
  recordEvents(
    tx,
    sources.map(({ id }) => ({ type: 'source.changed', subjectId: id })),
  );
