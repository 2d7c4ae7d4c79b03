import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type Fault,
  type FaultClass,
  faultOfStatus,
  type HttpRequest,
  type RateReading,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';

export interface RedditConfig {
  clientId: string;
  accessToken: string;
  /** Of our account, without u/. */
  username: string;
  follows: { what: 'inbox' } | { what: 'subreddit'; name: string } | { what: 'search'; words: string };
}

const problems = z.object({
  json: z.object({
    errors: z.array(z.array(z.unknown())).catch([]),
    ratelimit: z.number().optional().catch(undefined),
  }),
});
const refusal = z.object({
  message: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
});

const CLASSES: Record<string, FaultClass> = {
  RATELIMIT: 'rate',
  USER_REQUIRED: 'auth',
  THREAD_LOCKED: 'forbidden',
  TOO_OLD: 'forbidden',
  COMMENTS_LOCKED: 'forbidden',
  SUBREDDIT_NOTALLOWED: 'forbidden',
  SUBREDDIT_OUTBOUND_LINKING_DISALLOWED: 'forbidden',
  SOMETHING_IS_BROKEN: 'transient',
  NOT_WHITELISTED_BY_USER_MESSAGE: 'forbidden',
  USER_BLOCKED: 'forbidden',
  USER_BLOCKED_MESSAGE: 'forbidden',
  DELETED_COMMENT: 'not_found',
  DELETED_LINK: 'not_found',
  DELETED_THING: 'not_found',
  USER_DOESNT_EXIST: 'not_found',
};
/** Reddit's words that the product has words of its own for. */
const CODES: Record<string, string> = {
  THREAD_LOCKED: 'COMMENTS_CLOSED',
  COMMENTS_LOCKED: 'COMMENTS_CLOSED',
  TOO_OLD: 'COMMENTS_CLOSED',
  TOO_LONG: 'TEXT_TOO_LONG',
  NO_TEXT: 'EMPTY',
};

/** What Reddit wants to see of who calls; others are throttled. */
export const userAgentOf = (clientId: string, username: string): string =>
  `web:${clientId || 'vinculo'}:v0.1 (by /u/${username || 'unknown'})`;

/** Calls Reddit for the account and answers its JSON. Throws `ConnectorError`, also for what is refused under status 200. */
export async function askReddit(
  context: ConnectorContext<RedditConfig>,
  origin: string,
  path: string,
  request: Pick<HttpRequest, 'method' | 'query' | 'form'> = {},
): Promise<unknown> {
  const { accessToken, clientId, username } = context.config;
  const now = context.now();
  const response = await context.http.request({
    ...request,
    url: `${origin}${path}`,
    // Without it Reddit writes &lt; for < in what is plain text.
    query: { raw_json: 1, ...request.query },
    headers: { authorization: `Bearer ${accessToken}`, 'user-agent': userAgentOf(clientId, username) },
    bucket: 'api',
  });
  if (response.status === 200) {
    const answer = response.json();
    const said = problems.safeParse(answer).data?.json;
    if (said && said.errors.length > 0) throw new ConnectorError(faultOfAnswer(said, now));
    return answer;
  }
  const said = refusal.safeParse(jsonOf(response.body)).data;
  const resetsAt = limitsOf(response, now)?.resetsAt;
  throw new ConnectorError(
    faultOfStatus(response, {
      message: `Reddit answered ${response.status}${said?.message ? `: ${said.message.slice(0, 300)}` : ''}.`,
      writes: request.method === 'POST',
      now,
      ...(said?.reason && { code: said.reason }),
      ...(response.status === 429 && resetsAt && { retryAt: resetsAt, scope: 'app' }),
    }),
  );
}

function faultOfAnswer({ errors, ratelimit }: z.infer<typeof problems>['json'], now: Date): Fault {
  const [code, message] = (errors[0] ?? []).map(word => (typeof word === 'string' ? word : ''));
  const cls = CLASSES[code ?? ''] ?? 'invalid';
  const words = message || code || 'Reddit refused it.';
  return {
    class: cls,
    code: CODES[code ?? ''] ?? (code || 'REFUSED'),
    message: words.slice(0, 500),
    scope: cls === 'rate' || cls === 'auth' ? 'account' : 'message',
    ...(cls === 'rate' && { retryAt: new Date(now.getTime() + 1000 * (ratelimit ?? secondsIn(words))) }),
  };
}

const SECONDS: Record<string, number> = { millisecond: 0.001, second: 1, minute: 60, hour: 3600 };

/** Of "try again in 9 minutes"; ten minutes, the longest that Reddit usually asks for, where it does not say. */
function secondsIn(message: string): number {
  const [, amount, unit] = /(\d+) (millisecond|second|minute|hour)s?/.exec(message) ?? [];
  // "9 minutes" may be 9 and a half.
  return amount ? (Number(amount) + 1) * SECONDS[unit!]! : 600;
}

/** Ten minutes' worth for each client: what is used and left, with decimals, and the seconds until it begins anew. */
export function limitsOf({ headers }: { headers: Record<string, string> }, now: Date): RateReading | undefined {
  const numbers = ['used', 'remaining', 'reset'].map(name => Number.parseFloat(headers[`x-ratelimit-${name}`] ?? ''));
  const [used, remaining, reset] = numbers as [number, number, number];
  if (Number.isNaN(remaining)) return undefined;
  return {
    remaining: Math.floor(remaining),
    ...(!Number.isNaN(used) && { limit: Math.floor(used + remaining) }),
    ...(!Number.isNaN(reset) && { resetsAt: new Date(now.getTime() + reset * 1000) }),
  };
}
