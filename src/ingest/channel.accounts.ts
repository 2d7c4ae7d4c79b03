import {
  type AccessGrant,
  type ChannelHolder,
  ChannelRefusal,
  type ChannelSignIn,
  type GivenAccount,
  type Recognition,
} from '../modules/social/index.js';
import { channelHttp } from './channel.http.js';
import type { AnyConnector, OAuthContext, OAuthGrant, SourceDescription } from './connector.js';
import { type ChannelServices, contextOf } from './context.js';
import { faultOf, problemOf } from './fault.rules.js';

const quiet = { info() {}, warn() {} };

/** Asks the network who the account is. Never throws. */
export async function recognise(
  connector: AnyConnector,
  services: ChannelServices,
  { handle, settings, credentials }: GivenAccount,
  signal: AbortSignal,
): Promise<Recognition> {
  try {
    const config = configured(connector, handle, { settings, credentials });
    const result = await connector.check(contextOf(connector, config, services, { signal, log: quiet }));
    if (!result.ok) return { ok: false, problem: shownProblem(result.problem, credentials) };
    const { grants, expiresAt } = result;
    // What only repeats our own stand-in is no answer.
    const account = [result.account?.id, result.account?.handle].includes(STAND_IN) ? undefined : result.account;
    return {
      ok: true,
      externalId: account?.id ?? null,
      handle: account?.handle ?? null,
      displayName: account?.displayName ?? null,
      granted: grants ?? null,
      accessEndsAt: expiresAt ?? null,
    };
  } catch (error) {
    return { ok: false, problem: shownProblem(faultOf(error), credentials) };
  }
}

/** Stands in for a handle that nobody gave, for adapters that want one though the network knows it by the credentials. */
const STAND_IN = 'self';

function configured(
  connector: AnyConnector,
  handle: string,
  given: Pick<SourceDescription, 'settings' | 'credentials'>,
): unknown {
  try {
    return connector.configure({ ...given, kind: 'ACCOUNT', query: handle });
  } catch (error) {
    if (handle !== '') throw error;
    return connector.configure({ ...given, kind: 'ACCOUNT', query: STAND_IN });
  }
}

/** The adapter's sign-in with its errors as `ChannelRefusal`; null when it has none. */
export function signInOf(
  connector: AnyConnector,
  servicesOf: (holder: ChannelHolder) => ChannelServices,
): ChannelSignIn | null {
  const oauth = connector.connection?.oauth;
  if (!oauth) return null;
  const ask = async <Answer>(
    given: Record<string, string>,
    signal: AbortSignal,
    holder: ChannelHolder,
    work: (context: OAuthContext) => Promise<Answer>,
  ) => {
    const { outbound, limits } = servicesOf(holder);
    const http = channelHttp({ outbound, limits, signal });
    try {
      return await work({ given, http, signal, now: () => new Date() });
    } catch (error) {
      throw new ChannelRefusal(shownProblem(faultOf(error), given));
    }
  };
  return {
    renews: oauth.refresh !== undefined,
    async begin(given, request, signal, holder) {
      const { url, keeps = {} } = await ask(given, signal, holder, context => oauth.begin(context, request));
      return { url, keeps };
    },
    exchange: async (given, answer, signal, holder) =>
      grantOf(await ask(given, signal, holder, context => oauth.exchange(context, answer))),
    renew: async (given, signal, holder) =>
      grantOf(await ask(given, signal, holder, context => oauth.refresh!(context))),
  };
}

const grantOf = ({ credentials, expiresAt }: OAuthGrant): AccessGrant => ({ credentials, endsAt: expiresAt ?? null });

const EXAMPLES: Record<SourceDescription['kind'], string[]> = {
  ACCOUNT: ['example.com', 'https://example.com', 'hello@example.com', '+14155550123', '12345'],
  KEYWORD: ['bread'],
  FEED: ['https://example.com/feed'],
};
const GIVEN = ['example', 'https://example.com', '12345'];

/** What kinds of source an adapter follows: as it says, or else as it takes an example of each. */
export function followedBy(connector: AnyConnector): SourceDescription['kind'][] {
  if (connector.follows) return [...connector.follows];
  const kinds = Object.keys(EXAMPLES) as SourceDescription['kind'][];
  const named = (kind: 'setting' | 'secret', value: string) =>
    Object.fromEntries(
      (connector.connection?.fields ?? []).filter(field => field.kind === kind).map(({ name }) => [name, value]),
    );
  const takes = (source: SourceDescription): boolean => {
    try {
      connector.configure(source);
      return true;
    } catch {
      return false;
    }
  };
  const taken = kinds.filter(kind =>
    EXAMPLES[kind].some(
      query =>
        takes({ kind, query, settings: {}, credentials: {} }) ||
        GIVEN.some(value => {
          const credentials = named('secret', value);
          return (
            takes({ kind, query, settings: {}, credentials }) ||
            takes({ kind, query, settings: named('setting', value), credentials })
          );
        }),
    ),
  );
  // Some know their own kind of token when they see one; what is connected is followed at least as that.
  return taken.length === 0 && connector.connection ? ['ACCOUNT'] : taken;
}

const LEAST_SECRET = 4;

/** A fault as it may be shown and stored: some networks repeat in their refusal what they were given. */
function shownProblem(fault: Parameters<typeof problemOf>[0], secrets: Record<string, string>) {
  let { message } = fault;
  for (const secret of Object.values(secrets))
    if (secret.length >= LEAST_SECRET) message = message.replaceAll(secret, '…');
  return problemOf({ ...fault, message }, fault.retryAt ?? null, new Date());
}
