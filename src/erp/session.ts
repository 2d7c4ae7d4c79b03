import { type Outbound, OutboundError } from '../platform/outbound.js';
import {
  type ErpAdapter,
  type ErpContext,
  ErpError,
  type ErpRequest,
  type ErpResponse,
  type ErpSession,
} from './port.js';

/** What ends a reading or a writing early: nothing else would fare better. */
export const FOR_ALL: ReadonlySet<string> = new Set(['UNREACHABLE', 'UNAUTHORIZED', 'RATE_LIMITED']);

const MOST_BYTES = 20 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

export interface Warn {
  warn(details: object, message: string): void;
}

/** Opens an adapter for one connection. `folder`: where its organisation exchanges files. Throws `ErpError`. */
export async function openSession(
  adapter: ErpAdapter,
  settings: Readonly<Record<string, string>>,
  { outbound, folder, signal, log }: { outbound: Outbound; folder: string | undefined; signal: AbortSignal; log: Warn },
): Promise<ErpSession> {
  const context: ErpContext = {
    settings,
    folder,
    signal,
    fetch: (url, init) => fetchFrom(outbound, url, init, signal),
    warn: (message, details) => log.warn({ adapter: adapter.kind, ...details }, message),
  };
  return adapter.open(context);
}

/** One request of an adapter. Throws `ErpError` UNREACHABLE where there is no answer; every status is one. */
export async function fetchFrom(
  outbound: Outbound,
  url: string,
  init: ErpRequest,
  signal: AbortSignal,
): Promise<ErpResponse> {
  const { method, headers, body, timeoutMs = TIMEOUT_MS } = init;
  try {
    const answer = await outbound.request(url, {
      method,
      ...(headers && { headers: lowerCase(headers) }),
      ...(body !== undefined && { body }),
      timeoutMs,
      maxBytes: MOST_BYTES,
      signal,
    });
    return { status: answer.status, headers: answer.headers, text: answer.body.toString('utf8') };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw faultOf(error, method);
  }
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Reasons that come before anything was sent. */
const NEVER_SENT = new Set(['invalid_url', 'blocked_address']);
const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

function faultOf(error: OutboundError, method: ErpRequest['method']): ErpError {
  const isWrite = method !== 'GET';
  const mayHaveHappened = isWrite && !NEVER_SENT.has(error.reason) && !NEVER_REACHED.has(error.code ?? '');
  if (error.reason === 'too_large') return new ErpError('BROKEN', error.message, { mayHaveHappened });
  const isSetting = error.reason === 'invalid_url' || error.reason === 'blocked_address';
  return new ErpError(isSetting ? 'REFUSED' : 'UNREACHABLE', error.message, { mayHaveHappened });
}

/** Whatever an adapter threw, in the port's words. What nobody explained may have happened. */
export function erpErrorOf(error: unknown): ErpError {
  if (error instanceof ErpError) return error;
  const isAbort = error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
  return isAbort
    ? new ErpError('UNREACHABLE', 'The ERP took too long.', { mayHaveHappened: true })
    : new ErpError('BROKEN', 'The adapter could not make sense of what the ERP said.', { mayHaveHappened: true });
}

/**
 * Does `work` with an end: an adapter that never settles is given up after `ms`. `stop` asks it to stop at the same time.
 */
export async function within<Result>(ms: number, stop: AbortController, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => {
      stop.abort();
      fail(new ErpError('UNREACHABLE', 'The ERP took too long.', { mayHaveHappened: true }));
    }, ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
