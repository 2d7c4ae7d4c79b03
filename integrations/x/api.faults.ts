import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import { z } from 'zod';
import { ConnectorError, type Fault, faultOfStatus, type RateReading } from '../../src/ingest/connector.js';
import { parseRetryAfter } from '../../src/platform/outbound.error.js';

const word = z.string().optional().catch(undefined);
const problemShape = z
  .object({
    title: word,
    detail: word,
    type: word,
    reason: word,
    period: word,
    connection_issue: word,
    errors: z
      .array(z.object({ message: word, detail: word, type: word }).catch({}))
      .optional()
      .catch(undefined),
  })
  .catch({});

/** What X says of its limits: seconds of Unix time, a window of 15 minutes and, on some endpoints, one of a day. */
export function limitsOf({ headers }: { headers: Record<string, string> }): RateReading | undefined {
  const windows = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour']
    .map(prefix => readingOf(headers, prefix))
    .filter(reading => reading !== undefined);
  // The one that is used up is the one that holds.
  return windows.find(({ remaining }) => remaining === 0) ?? windows[0];
}

function readingOf(headers: Record<string, string>, prefix: string): RateReading | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(name => {
    const said = headers[`${prefix}-${name}`];
    return said !== undefined && /^\d{1,12}$/.test(said) ? Number(said) : undefined;
  });
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { resetsAt: new Date(reset * 1000) }),
  };
}

/**
 * What went wrong, without the library's error as a cause: that one holds the request and with it the token. `writes`: something
 * may have been written when no answer came.
 */
export function errorOf(error: unknown, asked: { what: string; writes: boolean; now: Date }): ConnectorError {
  if (error instanceof ConnectorError) return error;
  return new ConnectorError(faultOf(error, asked));
}

function faultOf(error: unknown, { what, writes, now }: { what: string; writes: boolean; now: Date }): Fault {
  if (error instanceof ApiResponseError) return faultOfAnswer(error, { what, writes, now });
  if (error instanceof ApiRequestError) {
    // The library keeps the cause under another name than the one its own getter looks under.
    const { _options: kept } = error as unknown as { _options?: { error?: NodeJS.ErrnoException } };
    const code = kept?.error?.code;
    const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '');
    const message = `${what}: X did not answer${code ? ` (${code})` : ''}.`;
    return { ...fault('transient', message, code), ...(writes && !neverLeft && { mayHaveHappened: true }) };
  }
  if (error instanceof ApiPartialResponseError) {
    return {
      ...fault('transient', `${what}: the answer of X could not be read.`),
      ...(writes && { mayHaveHappened: true }),
    };
  }
  return fault('unknown', `${what}: ${error instanceof Error ? error.message : 'something failed'}`);
}

function faultOfAnswer(
  error: ApiResponseError,
  { what, writes, now }: { what: string; writes: boolean; now: Date },
): Fault {
  const problem = problemShape.parse(error.data);
  const said = [problem.detail, ...(problem.errors ?? []).map(each => each.message ?? each.detail)].find(Boolean);
  const message = `${what}: ${(said ?? problem.title ?? `HTTP ${error.code}`).slice(0, 300)}`;
  const type = problem.type?.split('/').at(-1);
  const headers = Object.fromEntries(
    Object.entries(error.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const basis = faultOfStatus({ status: error.code, headers }, { message, writes, now });
  if (error.code === 402 || type === 'usage-capped' || type === 'credits') {
    return { ...basis, class: 'quota', scope: 'app', code: type ?? '402', retryAt: nextCycle(problem.period, now) };
  }
  if (error.code === 429) {
    const reading = limitsOf({ headers });
    // A stream that is taken is refused with the same status, though its window is not used up.
    const isUsedUp = !reading?.remaining;
    const retryAt = parseRetryAfter(headers['retry-after'], now) ?? (isUsedUp ? reading?.resetsAt : undefined);
    return { ...basis, ...(retryAt && { retryAt }) };
  }
  if (error.code === 403 && /duplicate/i.test(message)) return { ...basis, class: 'duplicate', code: 'duplicate' };
  if (error.code === 403 && /not (?:been )?mentioned|otherwise engaged/i.test(message))
    return { ...basis, code: 'NOT_SUMMONED' };
  return { ...basis, ...(type && type !== 'blank' && { code: type }) };
}

/** The money of a month comes back with the next one; until then asking again is of no use. */
function nextCycle(period: string | undefined, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return new Date(period === 'Daily' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1));
}

export function fault(faultClass: Fault['class'], message: string, code?: string): Fault {
  return { class: faultClass, message, scope: 'endpoint', ...(code && { code }) };
}
