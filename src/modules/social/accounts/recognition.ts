import { type InputError, invalid } from '../../../platform/errors.js';
import type { Channel, ChannelAccount, ChannelHolder, Granted, StoredProblem } from '../channel.directory.js';
import type { Given } from './given.rules.js';

const CHECK_TIMEOUT_MS = 15_000;
const LONGEST_HANDLE = 500;
const LONGEST_NAME = 200;

/** An account as the network has just confirmed it, with all it takes to reach it. */
export interface Connection extends Given {
  channel: Channel;
  externalId: string | null;
  handle: string;
  displayName: string | null;
  granted: Granted | null;
  accessEndsAt: Date | null;
  /** Null where only its owner can renew it. */
  accessRenewAt: Date | null;
}

/** An account as its owner described it. */
export interface Described extends Given {
  handle?: string | null;
  displayName?: string | null;
}

/**
 * Asks the network whose account it is; before any transaction. Throws `InputError` with what the network said, under `secrets`
 * when it refused whoever gave them.
 */
export async function recogniseAccount(
  channel: Channel,
  described: Described,
  holder: ChannelHolder,
): Promise<Connection> {
  const found = await lookUp(channel, described, holder);
  if (!('channel' in found)) throw refused(found);
  return found;
}

/** What the network says of a connected account now: all is well, or what stands in the way. */
export async function checkAccount(channel: Channel, account: ChannelAccount): Promise<Connection | StoredProblem> {
  const { handle, displayName, externalId, credentials } = account;
  const settings = account.settings as Given['settings'];
  const holder = { organizationId: account.organizationId, accountId: account.id };
  const found = await lookUp(channel, { handle, displayName, settings, credentials }, holder);
  if (!('channel' in found) || !externalId || !found.externalId || externalId === found.externalId) return found;
  const message = `The credentials belong to another account: ${found.handle}.`;
  return { class: 'INVALID', message, retryAt: null, at: new Date().toISOString() };
}

/** What the network said against it, as something a person can mend. */
export function refused({ class: kind, message }: StoredProblem): InputError {
  return invalid(kind === 'AUTH' || kind === 'FORBIDDEN' ? 'secrets' : null, message, 'INVALID');
}

async function lookUp(
  channel: Channel,
  described: Described,
  holder: ChannelHolder,
): Promise<Connection | StoredProblem> {
  const { settings, credentials } = described;
  const typed = bareHandle(described.handle ?? '');
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  const answer = await channel.recognise({ handle: typed, settings, credentials }, signal, holder);
  if (!answer.ok) return answer.problem;
  const { externalId, granted, accessEndsAt } = answer;
  const handle = clean(bareHandle(answer.handle ?? ''), LONGEST_HANDLE) || typed || externalId;
  if (!handle) throw invalid('handle', 'The network does not say whose account it is: give its handle.', 'REQUIRED');
  const displayName = described.displayName ?? (clean(answer.displayName ?? '', LONGEST_NAME) || null);
  return {
    channel,
    settings,
    credentials,
    externalId,
    handle: handle.slice(0, LONGEST_HANDLE),
    displayName,
    granted,
    accessEndsAt,
    accessRenewAt: null,
  };
}

const bareHandle = (handle: string): string => handle.trim().replace(/^@(?=.)/, '');

/** Networks put anything into their names. */
const clean = (text: string, most: number): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most);
