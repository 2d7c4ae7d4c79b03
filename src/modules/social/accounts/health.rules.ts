import type { Language } from '../../access/index.js';
import { type Account, AccountState } from '../account.entity.js';
import type { ChannelCapabilities, Granted, StoredProblem } from '../channel.directory.js';
import { type Source, SourceProblemClass, SourceState } from '../source.entity.js';
import { HEALTH_WORDS } from './health.words.js';

const DAY_MS = 24 * 3600_000;
/** Access that nobody but its owner can renew is told of this early. */
const NOTICE_DAYS = 7;

/** What an adapter can do, less or more what the network grants this account. */
export function grantedCapabilities(all: ChannelCapabilities, granted: Granted | null): ChannelCapabilities {
  return {
    ...all,
    canReplyPublicly: granted?.reply?.public ?? all.canReplyPublicly,
    canReplyPrivately: granted?.reply?.private ?? all.canReplyPrivately,
    textLimit: granted?.textLimit ?? all.textLimit,
  };
}

export interface AccountHealth extends Pick<StoredProblem, 'message' | 'retryAt'> {
  class: SourceProblemClass;
  remedy: string;
}

/** Who must act comes before what mends itself. */
const WORST_FIRST = [SourceState.NEEDS_REAUTHORIZATION, SourceState.FAILING, SourceState.RATE_LIMITED];

/** The one thing that stands most in the way of an account, in the reader's language where the words are ours; or null. */
export function accountProblem(
  account: Pick<Account, 'state' | 'problem' | 'hookProblem' | 'accessEndsAt' | 'accessRenewAt'>,
  sources: Pick<Source, 'state' | 'problem'>[],
  language: Language,
  now: Date,
): AccountHealth | null {
  const ofSources = WORST_FIRST.map(state => sources.find(source => source.state === state && source.problem)?.problem);
  const found =
    account.problem ?? ofSources.find(Boolean) ?? ending(account, language, now) ?? account.hookProblem ?? null;
  if (!found) return null;
  const kind = found.class in SourceProblemClass ? (found.class as SourceProblemClass) : SourceProblemClass.UNKNOWN;
  return {
    class: kind,
    message: found.message,
    retryAt: found.retryAt,
    remedy: HEALTH_WORDS[language].remedies[kind],
  };
}

function ending(
  { state, accessEndsAt, accessRenewAt }: Pick<Account, 'state' | 'accessEndsAt' | 'accessRenewAt'>,
  language: Language,
  now: Date,
): Pick<StoredProblem, 'class' | 'message' | 'retryAt'> | null {
  const ended = { class: SourceProblemClass.AUTH, message: HEALTH_WORDS[language].ended, retryAt: null };
  if (state === AccountState.NEEDS_REAUTHORIZATION) return ended;
  if (!accessEndsAt || accessRenewAt) return null;
  const days = (Date.parse(accessEndsAt) - now.getTime()) / DAY_MS;
  if (days > NOTICE_DAYS) return null;
  return days > 0 ? { ...ended, message: HEALTH_WORDS[language].endsIn(Math.ceil(days)) } : ended;
}
