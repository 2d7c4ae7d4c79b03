import type { z } from 'zod';
import { ConnectorError, type Fault, type HttpResponse, type RateReading } from '../../src/ingest/connector.js';

/** What an HTTP answer other than 200 means. */
export function faultOf(response: { status: number; body: string; retryAfter?: string }, asked: string): Fault {
  const said = readXrpcError(response.body);
  const message = `${asked}: ${said.message || said.error || `HTTP ${response.status}`}`;
  const code = said.error ?? String(response.status);
  if (response.status === 429) return { ...fault('rate', message, code), retryAt: retryAt(response.retryAfter) };
  if (response.status === 401) return fault('auth', message, code);
  if (response.status === 403) return fault('forbidden', message, code);
  if (response.status === 404 || /unable to resolve handle|not found/i.test(message))
    return fault('not_found', message, code);
  return fault(response.status >= 500 ? 'transient' : 'invalid', message, code);
}

const ACCOUNT_STOPPED = [
  'AccountTakedown',
  'AccountDeactivated',
  'AccountSuspended',
  'RepoDeactivated',
  'RepoTakendown',
];
const NEEDS_SIGN_IN = ['ExpiredToken', 'InvalidToken', 'AuthFactorTokenRequired', 'AuthMissing'];

/** The same for what was asked as an account. */
export function faultOfAnswer(response: HttpResponse, asked: string, now: Date): Fault {
  const { status, headers } = response;
  const said = faultOf({ status, body: response.text(), retryAfter: headers['retry-after'] }, asked);
  if (said.class === 'auth' || NEEDS_SIGN_IN.includes(said.code ?? ''))
    return { ...said, class: 'auth', scope: 'account' };
  if (ACCOUNT_STOPPED.includes(said.code ?? '')) return { ...said, class: 'forbidden', scope: 'account' };
  if (said.class === 'rate') {
    // The limit that was hit says when it ends; without a word from it, five minutes is the shortest there is.
    const resetsAt = said.retryAt ?? limitsOf(response)?.resetsAt ?? new Date(now.getTime() + 300_000);
    return { ...said, retryAt: resetsAt };
  }
  return said;
}

/** `RateLimit-Reset` is in seconds since 1970. Servers of one's own send none of these. */
export function limitsOf({ headers }: { headers: Record<string, string> }): RateReading | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(name => {
    const value = headers[`ratelimit-${name}`];
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  });
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { resetsAt: new Date(reset * 1000) }),
  };
}

/** Throws `ConnectorError` of class `transient` when the server says something else than its lexicon. */
export function readAnswer<Shape extends z.ZodType>(
  response: HttpResponse,
  shape: Shape,
  asked: string,
): z.infer<Shape> {
  const parsed = shape.safeParse(response.json());
  if (parsed.success) return parsed.data;
  throw new ConnectorError(fault('transient', `${asked}: the answer could not be read`));
}

export function readXrpcError(body: string): { error?: string; message?: string } {
  try {
    const { error, message } = JSON.parse(body) as Record<string, unknown>;
    return {
      error: typeof error === 'string' ? error.slice(0, 64) : undefined,
      message: typeof message === 'string' ? message.slice(0, 500) : undefined,
    };
  } catch {
    return {};
  }
}

export function fault(cls: Fault['class'], message: string, code?: string): Fault {
  return { class: cls, message, code, scope: 'endpoint' };
}

/** `Retry-After` comes as seconds or as a date. */
function retryAt(header: string | undefined): Date | undefined {
  if (!header) return undefined;
  const at = /^\d+$/.test(header) ? Date.now() + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : new Date(at);
}
