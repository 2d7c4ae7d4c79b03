import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { channelAccount } from '../account.channel.js';
import type { ChannelAccount } from '../channel.directory.js';
import { type Channel, type ChannelDirectory, type ChannelHolder, ChannelRefusal } from '../channel.directory.js';
import { CALLBACK_PATH, type Connecting, namedChannel } from './connecting.js';
import { keepConnection, renewConnection } from './connection.service.js';
import type { Given } from './given.rules.js';
import { type Connection, recogniseAccount, refused } from './recognition.js';
import { renewalOf } from './renewal.rules.js';

const NETWORK_TIMEOUT_MS = 20_000;
const MINUTES = 10;

/** A sign-in that was begun: what the browser is sent to, and the row it is found by when it comes back. */
export interface BegunSignIn {
  url: string;
  state: string;
  stateDigest: string;
  redirectUri: string;
  sealed: string;
}

export interface SignInRequest {
  channel: Channel;
  given: Given;
  redirectUri: string | null | undefined;
  holder: ChannelHolder;
  /** What a new account is to be called, where the network does not say it, and whose it is. */
  details: { handle?: string | null; displayName?: string | null; teamId?: string | null };
}

/** Prepares a sign-in with PKCE (RFC 7636); before any transaction. Throws `InputError`. */
export async function beginSignIn(parts: Connecting, request: SignInRequest): Promise<BegunSignIn> {
  const { channel, given, details, holder } = request;
  if (!channel.signIn) throw invalid('connector', 'One does not sign in with this adapter: use connectAccount.');
  const redirectUri = allowedRedirect(parts, request.redirectUri);
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const { url, keeps } = await fromNetwork(
    channel.signIn.begin(
      { ...given.settings, ...given.credentials },
      { redirectUri, state, codeChallenge },
      soon(),
      holder,
    ),
  );
  if (!/^https?:\/\//i.test(url)) throw invalid(null, 'The network gave no address to sign in at.');
  const stateDigest = digestOf(state);
  const kept = JSON.stringify({ ...given, credentials: { ...given.credentials, ...keeps }, details });
  return { url, state, stateDigest, redirectUri, sealed: await parts.vault.seal({ verifier, kept }, stateDigest) };
}

/** Keeps a begun sign-in for ten minutes, as its caller's. */
export async function keepSignIn(
  tx: Tx,
  begun: BegunSignIn,
  connector: string,
  accountId: string | null,
): Promise<void> {
  await tx.query(
    `insert into account_connections (organization_id, state_digest, actor, connector, account_id, redirect_uri, sealed, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => ${MINUTES}))`,
    [tx.scope.organizationId, begun.stateDigest, tx.scope.actor, connector, accountId, begun.redirectUri, begun.sealed],
  );
}

/** A sign-in under way, as the page that it comes back to needs to know it. */
export interface PendingSignIn {
  organizationId: string;
  organization: string;
  actor: string;
  /** Name of the member who began it; null for a program. */
  member: string | null;
  connector: string;
  redirectUri: string;
}

/** Looks at a sign-in without using it up; null when it was used, is over or was never begun. */
export async function pendingSignIn({ system }: Connecting, state: string): Promise<PendingSignIn | null> {
  const { rows } = await system.query<PendingSignIn>(
    `select c.organization_id as "organizationId", o.name as organization, c.actor, m.name as member, c.connector,
            c.redirect_uri as "redirectUri"
       from account_connections c
       join organizations o on o.id = c.organization_id
       left join members m on m.organization_id = c.organization_id and c.actor = 'user:' || m.id
      where c.state_digest = $1 and c.expires_at > now()`,
    [digestOf(state)],
  );
  return rows[0] ?? null;
}

/** What a sign-in brought: the account, confirmed by its network, and the one it renews if it does. */
export interface FinishedSignIn {
  connection: Connection;
  account: ChannelAccount | null;
  teamId: string | null;
}

interface Claimed {
  connector: string;
  accountId: string | null;
  redirectUri: string;
  sealed: string;
}

/**
 * Uses a sign-in up and trades its code for access; before any transaction. Only who began it, in the same organisation, within its
 * ten minutes. Throws one and the same `InputError` for every other state.
 */
export async function finishSignIn(
  parts: Connecting,
  channels: ChannelDirectory,
  who: { organizationId: string; actor: string },
  { state, code }: { state: string; code: string },
): Promise<FinishedSignIn> {
  const stateDigest = digestOf(state);
  const { rows } = await parts.system.query<Claimed & { isFresh: boolean }>(
    `delete from account_connections where state_digest = $1 and organization_id = $2 and actor = $3
     returning connector, account_id as "accountId", redirect_uri as "redirectUri", sealed, expires_at > now() as "isFresh"`,
    [stateDigest, who.organizationId, who.actor],
  );
  const claimed = rows[0];
  if (!claimed?.isFresh)
    throw invalid('state', 'This sign-in was used already, has expired, or was not begun by you.', 'NOT_FOUND');
  const channel = namedChannel(channels, claimed.connector);
  const opened = await parts.vault.open(claimed.sealed, stateDigest);
  const { settings, credentials, details } = keptSchema.parse(JSON.parse(opened['kept']!));
  const holder = { organizationId: who.organizationId, accountId: claimed.accountId };
  const began = new Date();
  const grant = await fromNetwork(
    channel.signIn!.exchange(
      { ...settings, ...credentials },
      { code, redirectUri: claimed.redirectUri, codeVerifier: opened['verifier']! },
      soon(),
      holder,
    ),
  );
  const given = { settings, credentials: { ...credentials, ...grant.credentials } };
  const connection = await recogniseAccount(channel, { ...details, ...given }, holder);
  const accessEndsAt = grant.endsAt ?? connection.accessEndsAt;
  const account = claimed.accountId ? await channelAccount(parts.system, parts.vault, { id: claimed.accountId }) : null;
  return {
    connection: {
      ...connection,
      accessEndsAt,
      accessRenewAt: channel.signIn!.renews && accessEndsAt ? renewalOf(began, accessEndsAt) : null,
    },
    account,
    teamId: details.teamId ?? null,
  };
}

/** Keeps what a sign-in brought, as a new account or as new access to the one it was begun for. */
export function keepFinished(tx: Tx, parts: Connecting, { connection, account, teamId }: FinishedSignIn) {
  return account
    ? renewConnection(tx, parts.vault, account, connection)
    : keepConnection(tx, parts.vault, null, connection, teamId);
}

/** Removes sign-ins that nobody came back from. */
export async function forgetSignIns(parts: Pick<Connecting, 'system'>): Promise<void> {
  await parts.system.query('delete from account_connections where expires_at < now()');
}

const keptSchema = z.object({
  settings: z.record(z.string(), z.string()),
  credentials: z.record(z.string(), z.string()),
  details: z.object({
    handle: z.string().nullish(),
    displayName: z.string().nullish(),
    teamId: z.string().nullish(),
  }),
});

/** Our own page, or one at an origin that the installation names. */
function allowedRedirect({ publicUrl, redirectOrigins }: Connecting, given: string | null | undefined): string {
  const own = `${publicUrl}${CALLBACK_PATH}`;
  if (!given || given === own) return own;
  const url = URL.parse(given);
  const isPlain = url && !url.username && !url.password && !url.hash && /^https?:$/.test(url.protocol);
  if (!isPlain || !redirectOrigins.includes(url.origin)) {
    const message = 'Nobody is sent there: its origin is not among OAUTH_REDIRECT_ORIGINS.';
    throw invalid('redirectUri', message, 'NOT_ALLOWED');
  }
  return url.href;
}

async function fromNetwork<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ChannelRefusal) throw refused(error.problem);
    throw error;
  }
}

const soon = (): AbortSignal => AbortSignal.timeout(NETWORK_TIMEOUT_MS);

/** A state has 256 random bits, so nothing finds it by its digest. */
const digestOf = (state: string): string => createHash('sha256').update(state).digest('base64url');
