import { randomBytes } from 'node:crypto';
import type { Area } from './area.js';

const fresh = (): string => randomBytes(6).toString('hex');

/** Stored id of the connection that random rows belong to. */
const CONNECTION = '01955555-0000-7000-8000-0000000000e1';

export const erp: Area = {
  byName: { connectionId: 'erp_connection', writeIds: 'erp_write' },
  byMutation: [
    [/^resolveErpConflicts?$/, 'erp_conflict'],
    [/Erp/, 'erp_connection'],
  ],
  byType: { ErpSystem: 'erp_connection', ErpChanged: 'erp_connection' },
  sensible: {
    connectErp: [
      ['input.adapter', () => 'quiet'],
      ['input.name', fresh],
      ['input.secrets', () => ({ name: 'token', value: fresh() })],
    ],
    updateErpConnection: [['input.secrets', () => ({ name: 'token', value: fresh() })]],
    setErpFieldRules: [['input.rules', () => ({ kind: 'CUSTOMER', field: 'name', rule: 'THEIRS' })]],
  },
  async plant(put, { marker, customer, kept }) {
    const connection = await put(
      'erp_connections',
      { adapter: 'quiet', name: marker, settings: JSON.stringify({ note: marker }) },
      'erp_connection',
    );
    const here = { connection_id: connection };
    await put('erp_states', { ...here, erp_name: marker });
    await put('erp_secrets', { ...here, sealed: marker });
    await put('erp_cursors', { ...here, kind: 'CUSTOMER', cursor: marker });
    const about = { ...here, kind: 'CUSTOMER', external_id: marker };
    await put('erp_links', { ...about, record_id: customer, base: JSON.stringify({ name: marker }), hash: marker });
    await put('erp_waiting', {
      ...here,
      kind: 'ORDER',
      external_id: marker,
      record: JSON.stringify({ number: marker }),
    });
    const said = JSON.stringify(marker);
    await put(
      'erp_conflicts',
      { ...about, record_id: customer, field: 'name', label: marker, ours: said, theirs: said },
      'erp_conflict',
    );
    await put(
      'erp_writes',
      { ...here, kind: 'ORDER', record_id: kept['order'], key: marker, state: 'FAILED' },
      'erp_write',
    );
    await put('erp_runs', { ...here, state: 'DONE' }, 'erp_run');
  },
  rows: ({ id, moment, name }) => {
    const connection = { connection_id: `'${CONNECTION}'` };
    return {
      first: [['erp_connections', { id: `'${CONNECTION}'`, adapter: `'quiet'`, name: `'many'` }]],
      tables: {
        erp_conflicts: {
          id,
          ...connection,
          kind: `'CUSTOMER'`,
          external_id: 'gen_random_uuid()::text',
          field: `'name'`,
          label: name,
          created_at: moment,
        },
        erp_writes: { id, ...connection, kind: `'ORDER'`, record_id: id, key: name, created_at: moment },
        erp_runs: { id, ...connection, started_at: moment },
      },
    };
  },
};
