import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type FaultClass,
  faultOfStatus,
  type HttpRequest,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';

export interface YoutubeConfig {
  channelId: string;
  /** To read what is public. */
  apiKey?: string;
  /** To act for the channel. */
  accessToken?: string;
}

const problem = z.object({
  error: z.object({
    message: z.string().optional().catch(undefined),
    errors: z
      .array(z.object({ reason: z.string().optional() }))
      .optional()
      .catch(undefined),
  }),
});

const CLASSES: Record<string, FaultClass> = {
  quotaExceeded: 'quota',
  dailyLimitExceeded: 'quota',
  rateLimitExceeded: 'rate',
  userRateLimitExceeded: 'rate',
  authError: 'auth',
  keyInvalid: 'auth',
  commentsDisabled: 'forbidden',
  commentNotFound: 'not_found',
  parentCommentNotFound: 'not_found',
  channelNotFound: 'not_found',
  processingFailure: 'transient',
};

/** Calls the YouTube Data API; answers its JSON, or null where it has nothing to say. Throws `ConnectorError`. */
export async function askYoutube(
  context: ConnectorContext<YoutubeConfig>,
  origin: string,
  path: string,
  request: Pick<HttpRequest, 'method' | 'query' | 'json'>,
): Promise<unknown> {
  const { apiKey, accessToken } = context.config;
  const response = await context.http.request({
    ...request,
    url: `${origin}/${path}`,
    headers: accessToken ? { authorization: `Bearer ${accessToken}` } : { 'x-goog-api-key': apiKey! },
  });
  if (response.status === 204) return null;
  if (response.status >= 200 && response.status <= 299) return response.json();
  const said = problem.safeParse(jsonOf(response.body));
  const reason = said.data?.error.errors?.[0]?.reason;
  const cls = CLASSES[reason ?? ''];
  throw new ConnectorError(
    faultOfStatus(response, {
      message: said.data?.error.message?.slice(0, 500) ?? `YouTube answered ${response.status}.`,
      writes: (request.method ?? 'GET') !== 'GET',
      now: context.now(),
      ...(reason && { code: reason === 'commentsDisabled' ? 'COMMENTS_CLOSED' : reason }),
      ...(cls && { class: cls, scope: cls === 'auth' ? 'account' : cls === 'quota' ? 'app' : 'message' }),
      ...(cls === 'quota' && { retryAt: nextPacificMidnight(context.now()) }),
    }),
  );
}

const HOUR_MS = 3_600_000;
const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** The day's allowance begins anew at midnight in California. On the two days a year when its clocks change, an hour late or early. */
export function nextPacificMidnight(now: Date): Date {
  const part = (type: string) => Number(pacific.formatToParts(now).find(found => found.type === type)!.value);
  const sinceMidnight = (part('hour') * 60 + part('minute')) * 60_000 + (now.getTime() % 60_000);
  return new Date(now.getTime() + 24 * HOUR_MS - sinceMidnight);
}
