import { type ErpContext, ErpError, type ErpRequest } from '../../src/erp/port.js';
import type { Mapping } from './mapping.js';
import { textOf } from './values.js';

export interface Answer {
  json: unknown;
  headers: Record<string, string>;
}

export type Placeholders = Record<string, string | undefined>;

/** Calls an ERP that speaks JSON over HTTP. Every status that is no success is thrown as `ErpError`. */
export class RestClient {
  private readonly base: string;

  constructor(
    private readonly mapping: Mapping,
    private readonly context: ErpContext,
  ) {
    this.base = (context.settings['url'] || mapping.baseUrl || '').replace(/\/+$/, '');
  }

  /** A path with its query; a parameter whose placeholder has no value is left out. */
  address(path: string, query: Record<string, string | number>, given: Placeholders): string {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(given[name] ?? ''));
    const url = new URL(this.base + filled);
    for (const [name, template] of Object.entries(query)) {
      let isMissing = false;
      const value = String(template).replaceAll(/\{(\w+)\}/g, (_all, placeholder: string) => {
        if (given[placeholder] === undefined) isMissing = true;
        return given[placeholder] ?? '';
      });
      if (!isMissing) url.searchParams.set(name, value);
    }
    return url.href;
  }

  /** Another page, as the ERP names it: of the same ERP, or our secrets would go elsewhere. */
  follow(address: string): string {
    const url = URL.parse(address, `${this.base}/`);
    if (url?.origin !== new URL(this.base).origin)
      throw new ErpError('BROKEN', 'The next page is said to be on another server.');
    return url.href;
  }

  async call(url: string, init: Partial<ErpRequest> & { json?: unknown } = {}): Promise<Answer> {
    const { json, method = 'GET', headers, ...rest } = init;
    const answer = await this.context.fetch(url, {
      ...rest,
      method,
      headers: {
        accept: 'application/json',
        ...this.mapping.headers,
        ...this.authorization(),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    if (answer.status < 200 || answer.status > 299) throw faultOf(answer.status, answer.headers, answer.text, method);
    try {
      return { json: answer.text.trim() === '' ? null : JSON.parse(answer.text), headers: answer.headers };
    } catch {
      // What was written was written, whatever was said about it.
      throw new ErpError('BROKEN', 'The ERP answers something that is not JSON.', {
        mayHaveHappened: method !== 'GET',
      });
    }
  }

  private authorization(): Record<string, string> {
    const { auth } = this.mapping;
    const { token = '', user = '', password = '' } = this.context.settings;
    if (auth.kind === 'bearer') return { authorization: `Bearer ${token}` };
    if (auth.kind === 'basic')
      return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
    return auth.kind === 'header' ? { [auth.header]: token } : {};
  }
}

function faultOf(status: number, headers: Record<string, string>, body: string, method: string): ErpError {
  const said = saidIn(body);
  const words = (sentence: string) => (said ? `${sentence} (${said})` : sentence);
  if (status === 401 || status === 403)
    return new ErpError('UNAUTHORIZED', words(`The ERP does not let us in: ${status}.`));
  if (status === 404 || status === 410)
    return new ErpError('NOT_FOUND', words(`The ERP does not know this address: ${status}.`));
  if (status === 429) {
    const seconds = Number(headers['retry-after']);
    return new ErpError('RATE_LIMITED', 'The ERP asks us to wait.', {
      ...(Number.isFinite(seconds) && seconds >= 0 && { retryAfterMs: seconds * 1000 }),
    });
  }
  if (status === 408 || status >= 500)
    return new ErpError('UNREACHABLE', words(`The ERP fails: ${status}.`), { mayHaveHappened: method !== 'GET' });
  return new ErpError('REFUSED', words(`The ERP refuses: ${status}.`));
}

/** What an ERP usually calls its explanation. */
function saidIn(body: string): string | undefined {
  try {
    const json = JSON.parse(body);
    const said = json?.error?.message ?? json?.message ?? json?.error ?? json?.detail ?? json?.title;
    return textOf(said)?.slice(0, 300);
  } catch {
    return undefined;
  }
}
