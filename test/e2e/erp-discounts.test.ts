import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { type Outgoing, outgoing } from '../../src/modules/erp/outgoing.service.js';
import { placeOrder } from '../../src/modules/sales/index.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Bakery, fillErp, openBakery } from '../support/erps/bakery.js';
import { erpOptions } from '../support/erps/syncing.js';

let app: TestApp;
let options: ErpOptions;
let bakery: Bakery;

beforeAll(async () => {
  app = await openTestApp({
    WORKER: 'off',
    ALLOW_PRIVATE_ADDRESSES: 'true',
    CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  options = erpOptions(app);
  bakery = await openBakery(app, options);
  fillErp(bakery.erp);
  await bakery.sync();
});
afterAll(async () => {
  await bakery?.close();
  await options?.outbound.close();
  await app?.close();
});

test('what is taken off a whole order reaches the ERP as what is taken off its lines', async () => {
  const [customer] = await bakery.rows(
    `select id from customers where organization_id = $org and display_name = 'Hotel Sol'`,
  );
  const scope = { organizationId: bakery.organization.id, actor: 'system:test', requestId: newId() };
  const sent = (await app.app.database.write(scope, async tx => {
    const line = { description: 'Bread', quantity: '100', unitPrice: '2.50', taxPercent: '4' };
    const { orderId } = await placeOrder(tx, {
      customerId: customer!['id'],
      currency: 'EUR',
      channel: 'PHONE',
      discountPercent: '10',
      lines: [{ ...line, discountPercent: '5' }, line],
    });
    const write = {
      id: newId(),
      kind: 'ORDER',
      recordId: orderId,
      key: '',
      isDoubtful: false,
      attempts: 0,
      claimedUntil: '',
    };
    return outgoing(tx, { connectionId: bakery.connectionId, writes: [] } as never, write as never);
  })) as Exclude<Outgoing, string>;
  expect(sent).toMatchObject({
    record: { net: '438.75', lines: [{ discountPercent: '14.5' }, { discountPercent: '10' }] },
  });
});
