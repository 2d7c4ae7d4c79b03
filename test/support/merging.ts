import { expect } from '@jest/globals';
import type { Client, TestApp, TestOrganization } from './app.js';
import {
  CustomerMergesDocument,
  type CustomerMergesQuery,
  MergeCustomersDocument,
  type MergeCustomersInput,
  type MergeCustomersMutation,
  UndoMergeDocument,
  type UndoMergeMutation,
} from './operations.generated.js';
import type { Social } from './social.js';

export type Merged = MergeCustomersMutation['mergeCustomers'];
export type Undone = UndoMergeMutation['undoMerge'];
export type ListedMerges = NonNullable<
  NonNullable<CustomerMergesQuery['customer']>['merges']
>['edges'][number]['node'][];

/** Tables that remember what was done, rather than what is. */
const MEMORIES = [
  'audit_entries',
  'events',
  'idempotency_keys',
  'customer_merges',
  'customer_merge_changes',
  // What is still to be looked at, by others.
  'match_queue',
  'graph_doubts',
];

/** What tests of merges do again and again, as one caller in one organisation. */
export function mergingOf(app: TestApp, organization: TestOrganization, client: Client) {
  const sql = async (text: string, values: unknown[] = []): Promise<any[]> =>
    (await app.app.database.system.query(text, [organization.id, ...values])).rows;

  const tryMerge = async (input: MergeCustomersInput, as = client): Promise<Merged> =>
    (await as.data(MergeCustomersDocument, { input })).mergeCustomers;

  /** Merges and answers the id of the merge. */
  async function merge(
    survivorId: string,
    mergedIds: string[],
    rest: Partial<MergeCustomersInput> = {},
  ): Promise<string> {
    const merged = await tryMerge({ survivorId, mergedIds, ...rest });
    expect(merged.userErrors).toEqual([]);
    expect(merged.customer!.id).toBe(survivorId);
    return merged.mergeId!;
  }

  const tryUndo = async (mergeId: string, as = client): Promise<Undone> =>
    (await as.data(UndoMergeDocument, { input: { mergeId } })).undoMerge;

  /** Undoes and answers what was not put back. */
  async function undo(mergeId: string): Promise<Undone['notRestored']> {
    const undone = await tryUndo(mergeId);
    expect(undone.userErrors).toEqual([]);
    return undone.notRestored;
  }

  async function merges(id: string, as = client): Promise<ListedMerges> {
    const { customer } = await as.data(CustomerMergesDocument, { id });
    return customer!.merges!.edges.map(edge => edge.node);
  }

  async function create(input: object): Promise<string> {
    const { createCustomer } = await client.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { field message } } }',
      { input },
    );
    expect(createCustomer.userErrors).toEqual([]);
    return createCustomer.customer.id;
  }

  /** Runs a mutation that is expected to be done; answers its payload. */
  async function act(name: string, input: object, answer = ''): Promise<any> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const fitting = ['deleteCustomer', 'restoreCustomer', 'eraseCustomer'].includes(name) ? 'CustomerIdInput' : type;
    const result = await client.data(
      `mutation ($input: ${fitting}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
      { input },
    );
    expect(result[name].userErrors).toEqual([]);
    return result[name];
  }

  /** Every row of every table of the organisation, but for counters of changes and what only remembers. */
  async function everything(): Promise<Record<string, unknown[]>> {
    const tables = await sql(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
        where $1::uuid is not null and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and a.attname = 'organization_id' order by 1`,
    );
    const rows: Record<string, unknown[]> = {};
    for (const { name } of tables.filter(table => !MEMORIES.includes(table.name))) {
      const counters = name === 'customers' ? ` - 'version' - 'updated_at'` : '';
      const found = await sql(
        `select (to_jsonb(t)${counters})::text as row from ${name} t where organization_id = $1 order by 1`,
      );
      if (found.length > 0) rows[name] = found.map(({ row }) => JSON.parse(row));
    }
    return rows;
  }

  return { sql, tryMerge, merge, tryUndo, undo, merges, create, act, everything };
}

export type Merging = ReturnType<typeof mergingOf>;

/** Two records of one person, each with something of everything, and somebody they both know. */
export async function twinsOf(m: Merging, social: Social): Promise<{ ana: string; anita: string; luis: string }> {
  await m.act('defineCustomField', { key: 'branch', label: 'Branch', type: 'TEXT' });
  await m.act('defineCustomField', { key: 'points', label: 'Points', type: 'NUMBER' });
  const luis = await m.create({ displayName: 'Luis' });
  const ana = await m.create({
    givenName: 'Ana',
    familyName: 'Gil',
    tags: ['vip', 'bread'],
    externalId: 'erp-1',
    customFields: { branch: 'Centro' },
    contactPoints: [
      { kind: 'EMAIL', value: 'ana@example.com', isPrimary: true },
      { kind: 'EMAIL', value: 'ana.gil@example.com' },
    ],
    preferences: [{ key: 'bread', value: 'well baked' }],
    consents: [
      { purpose: 'MARKETING', channel: 'EMAIL', state: 'GRANTED', recordedAt: '2026-01-01T00:00:00Z' },
      { purpose: 'SERVICE', channel: 'SMS', state: 'GRANTED', recordedAt: '2026-03-01T00:00:00Z' },
    ],
  });
  const anita = await m.create({
    displayName: 'Anita G.',
    jobTitle: 'Baker',
    language: 'es',
    tags: ['bread', 'web'],
    externalId: 'shop-7',
    customFields: { branch: 'Norte', points: 7 },
    contactPoints: [
      { kind: 'EMAIL', value: 'ana.gil@example.com', isPrimary: true, label: 'work' },
      { kind: 'PHONE', value: '+34 612 34 56 78' },
    ],
    preferences: [
      { key: 'bread', value: 'soft' },
      { key: 'coffee', value: 'black' },
    ],
    consents: [
      { purpose: 'MARKETING', channel: 'EMAIL', state: 'WITHDRAWN', recordedAt: '2026-02-01T00:00:00Z' },
      { purpose: 'SERVICE', channel: 'SMS', state: 'WITHDRAWN', recordedAt: '2026-02-01T00:00:00Z' },
    ],
  });
  await m.act('addNote', { customerId: ana, text: 'Ana called.' });
  await m.act('addNote', { customerId: anita, text: 'Anita wrote.' });
  await m.act('relateCustomers', { fromId: ana, toId: luis, kind: 'FRIEND' });
  await m.act('relateCustomers', { fromId: anita, toId: luis, kind: 'FRIEND', detail: 'from school' });
  await m.act('relateCustomers', { fromId: ana, toId: anita, kind: 'FAMILY' });
  await m.act('relateCustomers', { fromId: luis, toId: anita, kind: 'EMPLOYEE_OF' });
  await social.say('1', { handle: 'ana' });
  await social.say('2', { handle: 'anita' });
  await social.link((await social.identity('ana')).id, ana);
  await social.link((await social.identity('anita')).id, anita);
  return { ana, anita, luis };
}
