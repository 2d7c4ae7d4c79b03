import type { ErpContext, ErpRequest, ErpResponse } from '../../src/erp/port.js';

/** A context for an adapter alone: requests go straight out, and what it warns of is kept. */
export function erpContext(settings: Record<string, string>): ErpContext & { warnings: string[]; requests: string[] } {
  const warnings: string[] = [];
  const requests: string[] = [];
  return {
    settings,
    signal: new AbortController().signal,
    warn: message => void warnings.push(message),
    warnings,
    requests,
    async fetch(url: string, init: ErpRequest): Promise<ErpResponse> {
      requests.push(`${init.method} ${url} ${init.body ?? ''}`);
      const { method, headers = {}, body = null, timeoutMs = 30_000 } = init;
      const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
  };
}
