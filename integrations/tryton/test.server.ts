import { readFileSync } from 'node:fs';
import type { ErpContext, ErpResponse } from '../../src/erp/port.js';

/** A request as Tryton reads it: the last of `params` is the context. */
export interface Call {
  method: string;
  params: unknown[];
}

export type Answer =
  | { result: unknown }
  | { error: unknown }
  | { status: number; text?: string; headers?: Record<string, string> };

const SETTINGS = { url: 'https://tryton.example', database: 'crm', username: 'crm', password: 'a secret' };
const recorded: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('./fixtures/bakery.json', import.meta.url), 'utf8'),
);

/** What Tryton 6.0 said when it was asked the same, where it was. */
export function recordedAnswer({ method, params }: Call): unknown {
  const fields = method.endsWith('.search_read') ? (params[4] as string[]) : [];
  const context = params.at(-1) as { price_list?: number; quantity?: number };
  const step = fields.includes('sale_price_uom')
    ? ` list=${context.price_list ?? ''} quantity=${context.quantity}`
    : '';
  return recorded[[method, ...fields].join(' ') + step];
}

/** A context whose Tryton answers as recorded, unless `answer` says otherwise. Calls are kept in order. */
export function recordedContext(answer: (call: Call) => Answer | undefined = () => undefined, settings: object = {}) {
  const calls: Call[] = [];
  const warnings: string[] = [];
  const context: ErpContext = {
    settings: { ...SETTINGS, ...settings },
    signal: new AbortController().signal,
    warn: message => void warnings.push(message),
    async fetch(_url, { body }): Promise<ErpResponse> {
      const call = JSON.parse(body!) as Call;
      calls.push(call);
      const said = answer(call) ?? (call.method === 'common.db.login' ? { result: [2, 'session'] } : undefined);
      if (said && 'status' in said) return { headers: {}, text: '', ...said };
      const answered = said ?? { result: recordedAnswer(call) ?? [] };
      return { status: 200, headers: {}, text: JSON.stringify({ id: 1, ...answered }) };
    },
  };
  return { context, calls, warnings };
}
