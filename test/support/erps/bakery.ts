import type { ErpOptions } from '../../../src/erp/sync.js';
import type { Client, TestApp, TestOrganization } from '../app.js';
import { PRACTICE_MAPPING, type PracticeErp, startPracticeErp } from './practice-erp.js';
import { syncOnce, writeOnce } from './syncing.js';

/** An organisation with an ERP for practice that it is connected to, and what it takes to look at both. */
export interface Bakery {
  organization: TestOrganization;
  erp: PracticeErp;
  owner: Client;
  /** Stored. */
  connectionId: string;
  /** Public. */
  connection: string;
  sync(more?: Partial<ErpOptions>): Promise<void>;
  write(more?: Partial<ErpOptions>): Promise<void>;
  /** `$org` stands for the organisation's id. */
  rows<Row = Record<string, any>>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

const CONNECT = `mutation Connect($input: ConnectErpInput!) {
  connectErp(input: $input) { connection { id erpName state } userErrors { field code message } }
}`;

export async function openBakery(app: TestApp, options: ErpOptions): Promise<Bakery> {
  const erp = await startPracticeErp();
  const organization = await app.organization();
  const owner = await organization.as('OWNER');
  const { connectErp } = await owner.data(CONNECT, {
    input: {
      adapter: 'mapped',
      name: 'Practice',
      settings: [{ name: 'mapping', value: PRACTICE_MAPPING(erp.origin) }],
      secrets: [{ name: 'token', value: erp.token }],
    },
  });
  if (connectErp.userErrors.length > 0) throw new Error(JSON.stringify(connectErp.userErrors));
  const rows: Bakery['rows'] = async sql =>
    (await app.app.database.system.query(sql.replaceAll('$org', `'${organization.id}'`))).rows as never;
  const [{ id: connectionId } = { id: '' }] = await rows<{ id: string }>(
    'select id from erp_connections where organization_id = $org',
  );
  return {
    organization,
    erp,
    owner,
    connectionId,
    connection: connectErp.connection.id,
    rows,
    sync: more => syncOnce({ ...options, ...more }, organization, connectionId),
    write: more => writeOnce({ ...options, ...more }, organization, connectionId),
    close: () => erp.close(),
  };
}

/** Three products, their prices and stock, a customer, and what it ordered, was invoiced and paid. */
export function fillErp({ put }: PracticeErp): void {
  put('items', { id: 'i1', code: 'BREAD', title: 'Bread', vat: 4, unit: 'pc' });
  put('items', { id: 'i2', code: 'CAKE', title: 'Cake', vat: 10 });
  put('items', { id: 'i3', code: 'ROLL', title: 'Roll', vat: 4 });
  put('prices', {
    id: 'p1',
    title: 'Shop',
    currency: 'EUR',
    rows: [
      { item: 'i1', from: 1, price: 2.5 },
      { item: 'i2', from: 1, price: 18 },
      { item: 'i2', from: 10, price: 15.9 },
    ],
  });
  put('stock', { id: 'i1', left: 40 });
  put('partners', {
    id: 'c1',
    name: 'Hotel Sol',
    company: true,
    mail: 'Compras@hotelsol.example',
    tel: '912 345 678',
    street: 'Calle Mayor 1',
    city: 'Madrid',
    zip: '28013',
    land: 'ES',
  });
  put('sales', sale('s1', 'c1', { state: 'partly', sent: 4 }));
  put('bills', {
    id: 'b1',
    no: 'F-1',
    partner: 'c1',
    sale: 's1',
    state: 'posted',
    total: 26,
    tax: 1,
    due: 26,
    on: '2026-11-02',
  });
  put('receipts', { id: 'z1', partner: 'c1', bill: 'b1', sum: 26, on: '2026-11-03' });
}

export const sale = (id: string, partner: string, { state = 'open', sent = 0 } = {}) => ({
  id,
  no: `SO-${id}`,
  partner,
  state,
  currency: 'EUR',
  at: '2026-11-01T09:00:00Z',
  net: 25,
  tax: 1,
  total: 26,
  rows: [{ row: 'r1', item: 'i1', text: 'Bread', qty: 10, price: 2.5, vat: 4, sent }],
});
