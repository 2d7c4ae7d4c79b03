import { type Fault, faultOfStatus, type HttpResponse, type RateReading } from '../../src/ingest/connector.js';

const SHORTEST_LIMIT_MS = 5 * 60_000;

/** What an answer other than a good one means. `asked` is what we wanted, in a word or two. */
export function faultOfAnswer(response: HttpResponse, asked: string, now: Date): Fault {
  const said = errorOf(response);
  const fault = faultOfStatus(response, { message: `${asked}: ${said || `HTTP ${response.status}`}`, now });
  if (fault.class === 'rate') {
    return {
      ...fault,
      retryAt: fault.retryAt ?? limitsOf(response)?.resetsAt ?? new Date(now.getTime() + SHORTEST_LIMIT_MS),
    };
  }
  if (fault.class !== 'forbidden') return fault;
  // Both are mended by signing in again, the one with more rights, the other once the instance allows it.
  const isOfToken = /outside the authorized scopes|login is currently disabled|confirm|suspended/i.test(said);
  return isOfToken ? { ...fault, class: 'auth', scope: 'account' } : fault;
}

function errorOf(response: HttpResponse): string {
  try {
    const { error, error_description: description } = JSON.parse(response.text()) as Record<string, unknown>;
    return [description, error].find(each => typeof each === 'string')?.slice(0, 300) ?? '';
  } catch {
    return '';
  }
}

/** `X-RateLimit-Reset` is an instant in ISO 8601, with microseconds. */
export function limitsOf({ headers }: { headers: Record<string, string> }): RateReading | undefined {
  const limit = wholeOf(headers['x-ratelimit-limit']);
  const remaining = wholeOf(headers['x-ratelimit-remaining']);
  const resetsAt = new Date(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(!Number.isNaN(resetsAt.getTime()) && { resetsAt }),
  };
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
