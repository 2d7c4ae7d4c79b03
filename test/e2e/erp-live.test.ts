import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { placeOrder } from '../../src/modules/sales/orders/order.service.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Bakery, fillErp, openBakery } from '../support/erps/bakery.js';
import { erpOptions } from '../support/erps/syncing.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let bakery: Bakery;

beforeAll(async () => {
  app = await openTestApp({
    ALLOW_PRIVATE_ADDRESSES: 'true',
    CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  bakery = await openBakery(app, erpOptions(app));
});
afterAll(async () => {
  await app.close();
  await bakery.close();
});

test('an ERP is read as soon as it is connected or asked for, and what is ordered here is there by itself', async () => {
  await eventually(async () => {
    const [state] = await bakery.rows('select last_synced_at from erp_states where organization_id = $org');
    return state!['last_synced_at'];
  });
  fillErp(bakery.erp);
  await bakery.owner.data(`mutation ($id: ID!) { syncErpNow(input: { id: $id }) { userErrors { message } } }`, {
    id: bakery.connection,
  });
  const customerId: string = await eventually(async () => {
    const [row] = await bakery.rows('select customer_id from orders where organization_id = $org');
    return row?.['customer_id'] as string | undefined;
  });
  const scope = { organizationId: bakery.organization.id, actor: 'system:test', requestId: newId() };
  const { orderId } = await app.app.database.write(scope, tx =>
    placeOrder(tx, {
      customerId,
      currency: 'EUR',
      channel: 'WEB',
      lines: [{ description: 'Bread', quantity: '1', unitPrice: '2.50' }],
    }),
  );
  await eventually(async () => {
    const [row] = await bakery.rows(`select erp_number from orders where id = '${orderId}'`);
    return row!['erp_number'];
  });
  expect([...bakery.erp.tables.sales.values()].filter(row => row['ref'])).toHaveLength(1);
});
