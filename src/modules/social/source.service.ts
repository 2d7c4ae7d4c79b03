import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { InputError, invalid } from '../../platform/errors.js';
import { newId, publicId } from '../../platform/ids.js';
import { MAX_PAGE } from '../../platform/paging/index.js';
import { type Viewer, visibleId } from '../access/index.js';
import { Account } from './account.entity.js';
import {
  type Channel,
  type ChannelDirectory,
  type FollowedSource,
  type StoredProblem,
  textProblems,
} from './channel.directory.js';
import { readWaiting } from './delivery.service.js';
import type { Network } from './networks.js';
import { isLentTo, type Lent } from './source.check.js';
import { Source } from './source.entity.js';
import { tellOfSources } from './source.events.js';
import type { CreateSourceInput } from './source.inputs.js';
import { scheduleSources } from './source.schedule.js';

const LONGEST_QUERY = 2000;
const MOST_SOURCES = 1000;
/** A day; a feed asked more often than every 15 s would soon refuse us. */
const INTERVAL = { least: 15, most: 86_400, usual: 300 };
const LARGEST_SETTINGS = 10_000;

/** Follows something new, from now on. Throws `InputError`, with what the adapter says against it under `query`. */
export async function createSource(
  tx: Tx,
  viewer: Viewer,
  channels: ChannelDirectory,
  input: CreateSourceInput,
  lent: Lent = { settings: {} },
): Promise<{ sourceId: string }> {
  const query = input.query.trim();
  const intervalSeconds = input.intervalSeconds ?? INTERVAL.usual;
  const settings = settingsOf(input.settings);
  const problems = textProblems('query', query, LONGEST_QUERY);
  if (intervalSeconds < INTERVAL.least || intervalSeconds > INTERVAL.most) {
    const message = `It is from ${INTERVAL.least} to ${INTERVAL.most} seconds.`;
    problems.push({ field: 'intervalSeconds', code: 'INVALID', message });
  }
  if (hasPassword(query)) {
    const message = 'A password in an address would be seen by everybody who sees the source.';
    problems.push({ field: 'query', code: 'NOT_ALLOWED', message });
  }
  if (problems.length > 0) throw new InputError(problems);
  const { organizationId } = tx.scope;
  const accountId = input.accountId ? await visibleId(tx, viewer, Account, input.accountId, 'accountId') : null;
  const { credentials = {} } = lent;
  const wished = { kind: input.kind, query, settings: { ...lent.settings, ...settings }, credentials };
  const channel = await channelFor(tx, channels, input, accountId, wished);
  const followed = isLentTo(lent, channel.kind) ? wished : { ...wished, credentials: {} };
  const refusal = channel.refusal(followed);
  if (refusal) throw invalid('query', refusal);
  if (Object.keys(followed.credentials).length > 0) keepSecretsHome(channel, lent, followed);
  await leaveRoom(tx, accountId);
  const sourceId = newId();
  const created = await tx.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query, settings, interval_seconds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organization_id, connector, kind, query) do nothing returning id`,
    [organizationId, sourceId, accountId, channel.kind, channel.network, input.kind, query, settings, intervalSeconds],
  );
  if (created.length === 0) throw invalid('query', 'This is followed already.', 'TAKEN');
  await tellOfSources(tx, [sourceId]);
  await scheduleSources(tx, [sourceId]);
  return { sourceId };
}

/** Whoever follows something through an account must not learn its secrets by it. */
function keepSecretsHome(
  channel: Channel,
  { handle = '', settings, credentials }: Lent,
  followed: FollowedSource,
): void {
  const home = channel.secretsGoTo({ kind: 'ACCOUNT', query: handle, settings, ...(credentials && { credentials }) });
  if (home === channel.secretsGoTo(followed)) return;
  const message = 'Through this account only what is on its own server is followed: nowhere else are its secrets sent.';
  throw invalid('query', message, 'NOT_ALLOWED');
}

/** Stops reading; what is being read at this moment may still arrive. */
export async function pauseSource(tx: Tx, viewer: Viewer, id: string): Promise<{ sourceId: string }> {
  const sourceId = await visibleId(tx, viewer, Source, id);
  await tx.query(`update sources set state = 'PAUSED' where organization_id = $1 and id = $2`, [
    tx.scope.organizationId,
    sourceId,
  ]);
  await tellOfSources(tx, [sourceId]);
  return { sourceId };
}

/** Goes on where it was; also after somebody mended what kept it from being read. */
export async function resumeSource(tx: Tx, viewer: Viewer, id: string): Promise<{ sourceId: string }> {
  const sourceId = await visibleId(tx, viewer, Source, id);
  const [source] = await tx.query<{ account_id: string | null }>(
    `with resumed as (
       update sources set state = 'ACTIVE', problem = null, failures = 0 where organization_id = $1 and id = $2 returning account_id)
     select account_id from resumed`,
    [tx.scope.organizationId, sourceId],
  );
  await tellOfSources(tx, [sourceId]);
  await scheduleSources(tx, [sourceId]);
  if (source?.account_id) await readWaiting(tx, source.account_id);
  return { sourceId };
}

/** Follows it no longer; what it brought stays. */
export async function removeSource(tx: Tx, viewer: Viewer, id: string): Promise<{ removedSourceId: string }> {
  const sourceId = await visibleId(tx, viewer, Source, id);
  await tellOfSources(tx, [sourceId]);
  await tx.query('delete from sources where organization_id = $1 and id = $2', [tx.scope.organizationId, sourceId]);
  return { removedSourceId: publicId('source', sourceId) };
}

/** Asks for what is new without waiting for its turn. */
export async function pollSourceNow(
  tx: Tx,
  viewer: Viewer,
  channels: ChannelDirectory,
  id: string,
): Promise<{ sourceId: string }> {
  const sourceId = await visibleId(tx, viewer, Source, id);
  const [source] = await tx.query<{ connector: string; state: string }>(
    'select connector, state from sources where organization_id = $1 and id = $2',
    [tx.scope.organizationId, sourceId],
  );
  const polls = channels.byKind(source!.connector)?.capabilities.polls;
  if (!polls) throw invalid('id', 'This source is not asked for news: it brings them by itself.', 'NOT_ALLOWED');
  if (source!.state === 'PAUSED') throw invalid('id', 'This source is paused; resume it first.', 'CONFLICT');
  await scheduleSources(tx, [sourceId]);
  await recordEvents(tx, [{ type: 'source.changed', subjectId: sourceId }]);
  return { sourceId };
}

/** Keeps what a check found. A good one also ends a wait: the source is read at once. */
export async function recordCheck(
  tx: Tx,
  viewer: Viewer,
  id: string,
  problem: StoredProblem | null,
): Promise<{ sourceId: string; ok: boolean }> {
  const sourceId = await visibleId(tx, viewer, Source, id);
  await tx.query(
    `update sources
        set problem = $3, failures = case when $3::jsonb is null then 0 else failures end,
            state = case when state = 'PAUSED' then state when $3::jsonb is null then 'ACTIVE' else 'FAILING' end
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, sourceId, problem],
  );
  await tellOfSources(tx, [sourceId]);
  if (!problem) await scheduleSources(tx, [sourceId]);
  return { sourceId, ok: !problem };
}

async function channelFor(
  tx: Tx,
  channels: ChannelDirectory,
  input: CreateSourceInput,
  accountId: string | null,
  followed: FollowedSource,
): Promise<Channel> {
  const [account] = accountId
    ? await tx.query<{ network: Network; connector: string | null }>(
        'select network, connector from accounts where organization_id = $1 and id = $2',
        [tx.scope.organizationId, accountId],
      )
    : [];
  const network = input.network ?? account?.network;
  if (account && network !== account.network) throw invalid('network', 'The account is on another network.');
  if (input.connector) {
    const named = channels.byKind(input.connector);
    if (!named) throw invalid('connector', 'There is no adapter of this name.', 'NOT_FOUND');
    if (network && named.network !== network) throw invalid('connector', 'This adapter reads another network.');
    return named;
  }
  if (!network)
    throw invalid('network', 'Say which network it is on, or through which account it is read.', 'REQUIRED');
  // What connects the account reads it too, unless that is nothing it follows.
  const reached = account?.connector ? channels.byKind(account.connector) : undefined;
  if (reached?.refusal(followed) === null) return reached;
  const own = channels.forNetwork(network);
  if (!own) throw invalid('network', 'No adapter for this network is plugged in, so it cannot be followed yet.');
  return own;
}

async function leaveRoom(tx: Tx, accountId: string | null): Promise<void> {
  const [{ all, same } = { all: 0, same: 0 }] = await tx.query<{ all: number; same: number }>(
    `select count(*)::integer as "all", count(*) filter (where account_id = $2)::integer as same
       from sources where organization_id = $1`,
    [tx.scope.organizationId, accountId],
  );
  if (all >= MOST_SOURCES)
    throw invalid(null, `An organisation follows at most ${MOST_SOURCES} sources.`, 'NOT_ALLOWED');
  if (same >= MAX_PAGE) throw invalid('accountId', `An account has at most ${MAX_PAGE} sources.`, 'NOT_ALLOWED');
}

function settingsOf(given: unknown): Record<string, unknown> {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('settings', 'It is an object.');
  const text = JSON.stringify(given);
  if (text.length > LARGEST_SETTINGS) throw invalid('settings', 'It is too large.', 'TOO_LONG');
  if (text.includes('\\u0000') || !text.isWellFormed())
    throw invalid('settings', 'It holds characters that cannot be kept.');
  return given as Record<string, unknown>;
}

const hasPassword = (query: string): boolean => /^[a-z]+:\/\/[^/?#]*@/i.test(query);
