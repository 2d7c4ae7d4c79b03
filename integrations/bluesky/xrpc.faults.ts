import type { Fault } from '../../src/ingest/connector.js';

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
