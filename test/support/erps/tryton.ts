import { trytonAdapter } from '../../../integrations/tryton/adapter.js';
import { erpContext } from '../erp-context.js';
import { hasTrytond, openTrytond } from '../trytond.js';
import type { ErpSubject, OpenedErp } from './subject.js';

/** A real Tryton, with a customer and a sale of it. */
async function openBakery(): Promise<OpenedErp> {
  const server = await openTrytond();
  try {
    const adapter = trytonAdapter();
    const session = await adapter.open(erpContext(server.settings));
    const { externalId: customerId } = await session.write(
      'CUSTOMER',
      { kind: 'COMPANY', name: 'Café Sol', email: 'pedidos@cafe.example' },
      'customer-sol',
    );
    const { records } = await session.changes('PRODUCT', null, 100);
    const productId = records.find(({ sku }) => sku === 'PAN-01')!.externalId;
    const line = {
      productId,
      description: 'Pan',
      quantity: '2',
      unitPrice: '4.50',
      discountPercent: '0',
      taxPercent: '10',
    };
    const amounts = { currency: 'EUR', net: '9.00', tax: '0.90', total: '9.90' };
    const placedAt = '2026-11-20T10:00:00Z';
    await session.write('ORDER', { ...amounts, customerId, status: 'PLACED', placedAt, lines: [line] }, 'O-SOL');
    await session.close();
    const { password } = server.settings;
    return {
      adapter,
      settings: server.settings,
      wrong: { ...server.settings, password: 'not-the-phrase' },
      secrets: [password],
      filled: { customers: 1, products: 3 },
      async rename(name) {
        const [template] = await server.rpc(
          'model.product.template.search',
          [['products', '=', Number(productId)]],
          0,
          1,
          null,
        );
        await server.rpc('model.product.template.write', [template], { name });
        return productId;
      },
      order: { customerId, productId },
      close: server.close,
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

export const tryton: ErpSubject = {
  name: 'tryton',
  open: hasTrytond() ? openBakery : undefined,
  missing: 'tryton-server, its modules for sales or tryton-proteus is not installed.',
};
