import type { Trytond } from './trytond.js';

const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });
function today() {
  const now = new Date();
  return { __class__: 'date', year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
}

/** What the bakery's people do in Tryton, as their own client would ask for it. */
export class BakeryAtWork {
  constructor(private readonly server: Trytond) {}

  /** Ships `quantity` of the one line of a sale, or all that is left of it. */
  async ship(sale: string, quantity?: number): Promise<void> {
    const { rpc } = this.server;
    const [{ shipments }] = await rpc('model.sale.sale.read', [Number(sale)], ['shipments']);
    const waiting = await rpc(
      'model.stock.shipment.out.search',
      [
        ['id', 'in', shipments],
        ['state', '=', 'waiting'],
      ],
      0,
      null,
      null,
    );
    for (const shipment of waiting) {
      if (quantity !== undefined) {
        const [{ inventory_moves: moves }] = await rpc(
          'model.stock.shipment.out.read',
          [shipment],
          ['inventory_moves'],
        );
        await rpc('model.stock.move.write', moves, { quantity });
      }
      for (const step of ['assign_try', 'pick', 'pack', 'done'])
        await rpc(`model.stock.shipment.out.${step}`, [shipment]);
    }
  }

  /** Posts the invoice of a sale and answers its id. */
  async invoice(sale: string): Promise<string> {
    const { rpc } = this.server;
    const [{ invoices }] = await rpc('model.sale.sale.read', [Number(sale)], ['invoices']);
    await rpc('model.account.invoice.write', invoices, { invoice_date: today() });
    await rpc('model.account.invoice.post', invoices);
    return String(invoices[0]);
  }

  /** Takes money at the till for an invoice. */
  async pay(invoice: string, amount: string): Promise<void> {
    const { rpc, rpcWith } = this.server;
    const [method] = await rpc('model.account.invoice.payment.method.search', [], 0, 1, null);
    const [{ currency, company }] = await rpc('model.account.invoice.read', [Number(invoice)], ['currency', 'company']);
    const context = { active_model: 'account.invoice', active_id: Number(invoice), active_ids: [Number(invoice)] };
    const start = {
      amount: decimal(amount),
      currency,
      currency_digits: 2,
      company,
      date: today(),
      payment_method: method,
      description: 'till',
    };
    const [wizard] = await rpc('wizard.account.invoice.pay.create');
    const execute = (data: object, state: string) =>
      rpcWith(context, 'wizard.account.invoice.pay.execute', wizard, data, state);
    const { view } = await execute({ start }, 'choice');
    // Less than the whole: the wizard asks what to do with the rest.
    if (view) {
      const defaults = Object.entries(view.defaults).filter(([name]) => !name.endsWith('.'));
      await execute({ start, ask: { ...Object.fromEntries(defaults), type: 'partial' } }, 'pay');
    }
    await rpc('wizard.account.invoice.pay.delete', wizard);
  }
}
