import Big from 'big.js';
import {
  type ErpAdapter,
  type ErpChanges,
  type ErpContext,
  ErpError,
  type ErpKind,
  type ErpOrder,
  type ErpRecords,
  type ErpSession,
  type Unsaved,
} from '../../src/erp/port.js';
import { configOf, FIELDS, problemsOf, type TrytonConfig } from './account.config.js';
import { type Changed, readChanged, type Trail } from './change.feed.js';
import { TrytonClient } from './client.js';
import { readCompany } from './company.row.js';
import { customerTrails, readCustomers } from './customer.rows.js';
import { findCustomer, writeCustomer } from './customer.writer.js';
import { numberOf } from './external.id.js';
import { invoiceTrails, readInvoices } from './invoice.rows.js';
import { orderTrails, readOrders } from './order.rows.js';
import { findOrder, readSaleLineFields, type SaleLineFields, writeOrder } from './order.writer.js';
import { readPayments } from './payment.rows.js';
import { priceBookTrails, readPriceBooks } from './price-book.rows.js';
import { productTrails, readProducts } from './product.rows.js';
import { readStock, stockTrails } from './stock.rows.js';

/** Tryton 6.0 and later with its module `sale`, over JSON-RPC. */
export function trytonAdapter(): ErpAdapter {
  return {
    kind: 'tryton',
    label: 'Tryton',
    fields: FIELDS,
    reads: ['PRODUCT', 'PRICE_BOOK', 'STOCK', 'CUSTOMER', 'ORDER', 'INVOICE', 'PAYMENT'],
    writes: ['CUSTOMER', 'ORDER'],
    servers: settings => [URL.parse(settings['url']?.trim() ?? '')?.origin ?? ''],
    problems: problemsOf,
    open: async context => {
      const [problem] = problemsOf(context.settings);
      if (problem) throw new ErpError('REFUSED', problem.message, { field: problem.field });
      return new TrytonSession(context, configOf(context.settings));
    },
  };
}

type Readers = { [Kind in ErpKind]: (roots: readonly number[]) => Promise<ErpRecords[Kind][]> };
type Write<Kind extends ErpKind> = (record: Unsaved<ErpRecords[Kind]>, key: string) => Promise<ErpRecords[Kind]>;
type Writers = { [Kind in ErpKind]?: Write<Kind> };
type Finders = { [Kind in ErpKind]?: (key: string) => Promise<ErpRecords[Kind] | null> };

class TrytonSession implements ErpSession {
  private readonly client: TrytonClient;
  private lines: Promise<SaleLineFields> | null = null;
  private readonly readers: Readers;
  private readonly writers: Writers;
  private readonly finders: Finders;

  constructor(
    private readonly context: ErpContext,
    private readonly config: TrytonConfig,
  ) {
    const client = new TrytonClient(context, config);
    this.client = client;
    this.readers = {
      PRODUCT: roots => readProducts(client, roots),
      PRICE_BOOK: () => readPriceBooks(client),
      STOCK: roots => readStock(client, roots, config.warehouse),
      CUSTOMER: roots => readCustomers(client, roots),
      ORDER: async roots => readOrders(client, roots, (await this.saleLineFields()).hasDiscounts),
      INVOICE: roots => readInvoices(client, roots),
      PAYMENT: roots => readPayments(client, roots),
    };
    this.writers = {
      CUSTOMER: (customer, key) => writeCustomer(client, customer, key, message => context.warn(message)),
      ORDER: (order, key) => this.writeOrder(order, key),
    };
    this.finders = {
      CUSTOMER: key => findCustomer(client, key),
      ORDER: async key => findOrder(client, config, key, await this.saleLineFields()),
    };
  }

  async check() {
    const { name, currency } = await readCompany(this.client);
    return { name, currency, version: await this.client.version() };
  }

  async changes<Kind extends ErpKind>(kind: Kind, cursor: string | null, limit: number): Promise<ErpChanges<Kind>> {
    const trails = await this.trailsOf(kind);
    const page =
      kind === 'PRICE_BOOK'
        ? await this.allChanged(trails, cursor)
        : await readChanged(this.client, trails, cursor, limit);
    const records = page.roots.length === 0 ? [] : await this.readers[kind](page.roots);
    return { records, cursor: page.cursor, hasMore: page.hasMore };
  }

  async write<Kind extends ErpKind>(
    kind: Kind,
    record: Unsaved<ErpRecords[Kind]>,
    key: string,
  ): Promise<ErpRecords[Kind]> {
    const write: Write<Kind> | undefined = this.writers[kind];
    if (!write) throw new ErpError('REFUSED', `Nothing of the kind ${kind} is written to Tryton.`);
    return write(record, key);
  }

  async findWritten<Kind extends ErpKind>(kind: Kind, key: string): Promise<ErpRecords[Kind] | null> {
    const find: Finders[Kind] = this.finders[kind];
    return find ? find(key) : null;
  }

  async fetch<Kind extends ErpKind>(kind: Kind, externalId: string): Promise<ErpRecords[Kind] | null> {
    // A payment is found only by its invoice.
    if (kind === 'PAYMENT') return null;
    const roots = kind === 'PRICE_BOOK' ? [] : [numberOf(externalId)];
    const records = await this.readers[kind](roots);
    return records.find(record => record.externalId === externalId) ?? null;
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async trailsOf(kind: ErpKind): Promise<readonly Trail[]> {
    switch (kind) {
      case 'PRODUCT':
        return productTrails;
      case 'PRICE_BOOK':
        return priceBookTrails;
      case 'STOCK':
        return stockTrails;
      case 'CUSTOMER':
        return customerTrails;
      case 'ORDER':
        return orderTrails(await this.client.company());
      default:
        return invoiceTrails(await this.client.company());
    }
  }

  /** Prices are worked out for all books at once, so all that changed is looked through first. */
  private async allChanged(trails: readonly Trail[], cursor: string | null): Promise<Changed> {
    const roots = new Set<number>();
    for (let at = cursor; ; ) {
      const page = await readChanged(this.client, trails, at, 1000);
      for (const root of page.roots) roots.add(root);
      if (!page.hasMore) return { ...page, roots: [...roots] };
      at = page.cursor;
    }
  }

  private async writeOrder(order: Unsaved<ErpOrder>, key: string): Promise<ErpOrder> {
    const saved = await writeOrder(this.client, this.config, order, key, await this.saleLineFields());
    // Tryton rounds in its own way: to its digits of a price after a discount, and taxes by line or by invoice as it is set up.
    if (!Big(saved.total).eq(order.total))
      this.context.warn('The total of a sale in Tryton differs from ours.', {
        order: key,
        ours: order.total,
        theirs: saved.total,
      });
    return saved;
  }

  private saleLineFields(): Promise<SaleLineFields> {
    this.lines ??= readSaleLineFields(this.client).catch(error => {
      this.lines = null;
      throw error;
    });
    return this.lines;
  }
}
