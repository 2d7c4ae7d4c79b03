import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonServer, startJson } from '../json-server.js';

export type Table = 'items' | 'prices' | 'stock' | 'partners' | 'sales' | 'bills' | 'receipts';
const TABLES: readonly string[] = ['items', 'prices', 'stock', 'partners', 'sales', 'bills', 'receipts'];

export interface PracticeErp extends JsonServer {
  tables: Record<Table, Map<string, Record<string, unknown>>>;
  /** Keeps a row as the ERP would: it is numbered, and told as changed from here on. `changed` sets the moment it is said to have changed. */
  put(table: Table, row: { id: string } & Record<string, unknown>, changed?: string): void;
  /** The next answers to reading this table are 500. */
  breakTable(table: Table | null): void;
  token: string;
  /** From here on it lets in only who has this one. */
  setToken(token: string): void;
}

/** An ERP for practice: REST and JSON on loopback, kept in memory, with a token, paging, and changes by their moment. */
export async function startPracticeErp(): Promise<PracticeErp> {
  const tables = Object.fromEntries(TABLES.map(name => [name, new Map()])) as unknown as PracticeErp['tables'];
  let token = 'let-me-in';
  let broken: Table | null = null;
  let clock = Date.parse('2026-11-01T10:00:00Z');
  let ids = 100;

  const put: PracticeErp['put'] = (table, row, changed) => {
    clock += 1000;
    const before = tables[table].get(row.id) ?? {};
    tables[table].set(row.id, { ...before, ...row, changed: changed ?? new Date(clock).toISOString() });
  };

  const server = await startJson(({ method, path, query, headers, text }) => {
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'who are you' } };
    const [, name = '', id] = path.split('/');
    if (name === 'ping') return { ok: true };
    if (!TABLES.includes(name)) return undefined;
    const rows = tables[name as Table];
    if (name === broken) return { status: 400, body: { message: 'this report is broken' } };
    if (method === 'GET' && id !== undefined) {
      const row = rows.get(decodeURIComponent(id));
      return row ? { data: row } : undefined;
    }
    if (method === 'GET') {
      const [since, ref, limit] = [query.get('changed_since'), query.get('ref'), Number(query.get('limit') ?? 100)];
      const page = Number(query.get('page') ?? 1);
      const found = [...rows.values()]
        .filter(row => since === null || String(row['changed']) >= since)
        .filter(row => ref === null || row['ref'] === ref)
        .sort((a, b) => (String(a['changed']) < String(b['changed']) ? -1 : 1));
      return { data: found.slice((page - 1) * limit, page * limit) };
    }
    const body = JSON.parse(text);
    if (method === 'POST') {
      if (body.name === 'Refused') return { status: 422, body: { message: 'we do not sell to them' } };
      const fresh = String(++ids);
      put(name as Table, { ...body, id: fresh, no: `SO-${fresh}` });
      return { data: rows.get(fresh) };
    }
    if (id === undefined || !rows.has(id)) return undefined;
    put(name as Table, { ...body, id });
    return { data: rows.get(id) };
  });
  return Object.assign(server, {
    tables,
    put,
    token,
    breakTable: (table: Table | null) => {
      broken = table;
    },
    setToken: (given: string) => {
      token = given;
    },
  });
}

/** How the practice ERP is described to the adapter `mapped`: the first example of docs/erp-mapping.md. */
export const PRACTICE_MAPPING = (origin: string): string =>
  documentedMappings()[0]!.replace('https://erp.example.com/api', origin);

/** The mappings that docs/erp-mapping.md shows as a whole, in order. */
export function documentedMappings(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/erp-mapping.md'), 'utf8');
  return [...text.matchAll(/```yaml\n(version: 1\n[\s\S]*?)```/g)].map(([, yaml]) => yaml!);
}
