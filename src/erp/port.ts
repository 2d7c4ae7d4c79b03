/**
 * The port to an ERP: what an adapter in `integrations/` implements, and all it knows of us. Amounts and quantities are exact
 * decimal text ("12.50"), moments RFC 3339 in UTC, days ISO 8601, currencies ISO 4217. Ids are the ERP's own, as text.
 */

export type ErpKind = 'PRODUCT' | 'PRICE_BOOK' | 'STOCK' | 'CUSTOMER' | 'ORDER' | 'INVOICE' | 'PAYMENT';

/** In the order in which they are read and written: each names only those before it. */
export const ERP_KINDS: readonly ErpKind[] = [
  'PRODUCT',
  'PRICE_BOOK',
  'STOCK',
  'CUSTOMER',
  'ORDER',
  'INVOICE',
  'PAYMENT',
];

interface Base {
  externalId: string;
  /** When it last changed there, where the ERP says so. */
  updatedAt?: string | undefined;
  /** It is no longer there, or no longer used. */
  isGone?: boolean | undefined;
}

export interface ErpProduct extends Base {
  sku: string;
  name: string;
  kind: 'GOOD' | 'SERVICE' | 'SUBSCRIPTION';
  /** Code of its unit. */
  unit?: string | undefined;
  /** Percent of the tax on its sale. */
  taxPercent?: string | undefined;
  description?: string | undefined;
}

export interface ErpPriceBook extends Base {
  name: string;
  currency: string;
  /** A tag of customers it is for; everybody's unless said. */
  segment?: string | undefined;
  /** Days; from now on, and without an end, unless said. */
  validFrom?: string | undefined;
  validUntil?: string | undefined;
  entries: { productId: string; minQuantity: string; unitPrice: string }[];
}

/** `externalId` is the product's. */
export interface ErpStock extends Base {
  quantity: string;
}

export interface ErpCustomer extends Base {
  kind: 'PERSON' | 'COMPANY';
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
  taxId?: string | undefined;
  language?: string | undefined;
  address?:
    | { street?: string; city?: string; postalCode?: string; region?: string; country?: string | undefined }
    | undefined;
}

export interface ErpOrderLine {
  /** Missing in what we write first. */
  externalId?: string | undefined;
  /** The ERP's id of the product; a line may be text only. */
  productId?: string | undefined;
  description: string;
  quantity: string;
  unit?: string | undefined;
  /** Before discount and tax. */
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  /** As far as it left, or came back. */
  deliveredQuantity?: string | undefined;
  returnedQuantity?: string | undefined;
}

export interface ErpOrder extends Base {
  number?: string | undefined;
  /** Our own number, by which an order that we wrote is found again. */
  reference?: string | undefined;
  customerId: string;
  status: 'DRAFT' | 'PLACED' | 'CONFIRMED' | 'PARTIALLY_DELIVERED' | 'DELIVERED' | 'CANCELLED';
  currency: string;
  placedAt: string;
  net: string;
  tax: string;
  total: string;
  lines: ErpOrderLine[];
}

export interface ErpInvoice extends Base {
  number: string;
  kind: 'INVOICE' | 'CREDIT_NOTE';
  status: 'DRAFT' | 'POSTED' | 'PAID' | 'CANCELLED';
  customerId: string;
  /** The order it is for, where the ERP knows one. */
  orderId?: string | undefined;
  currency: string;
  net: string;
  tax: string;
  total: string;
  amountDue: string;
  issuedOn?: string | undefined;
  dueOn?: string | undefined;
}

export interface ErpPayment extends Base {
  customerId: string;
  invoiceId?: string | undefined;
  amount: string;
  currency: string;
  paidOn: string;
  method?: string | undefined;
}

export interface ErpRecords {
  PRODUCT: ErpProduct;
  PRICE_BOOK: ErpPriceBook;
  STOCK: ErpStock;
  CUSTOMER: ErpCustomer;
  ORDER: ErpOrder;
  INVOICE: ErpInvoice;
  PAYMENT: ErpPayment;
}

/** A part of a kind's changes, in order. `cursor` covers exactly these: given back, the next call begins behind them. */
export interface ErpChanges<Kind extends ErpKind> {
  records: ErpRecords[Kind][];
  cursor: string;
  /** Whether there is more to be had at once. */
  hasMore: boolean;
  /** What is in this part but is not as a record must be: shown to people, and passed over. */
  unreadable?: { externalId: string; problem: string }[];
}

export interface ErpField {
  name: string;
  label: string;
  isSecret: boolean;
  isRequired: boolean;
  help?: string;
}

export interface ErpContext {
  /** As its owner gave them, secrets included; never to be logged. */
  settings: Readonly<Record<string, string>>;
  /** Requests to the outside, guarded and bounded. */
  fetch(url: string, init: ErpRequest): Promise<ErpResponse>;
  /** Where files are exchanged with this organisation's systems; undefined where the server has no such place. */
  folder?: string | undefined;
  signal: AbortSignal;
  warn(message: string, details?: Record<string, unknown>): void;
}

export interface ErpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
}

export interface ErpResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** An ERP made ready for one connection. Throws `ErpError` for whatever the ERP does. */
export interface ErpSession {
  /** Whether it can be reached and lets us in; what it calls itself. */
  check(): Promise<{ name: string; version?: string | undefined; currency?: string | undefined }>;
  /** What changed behind `cursor` (from the beginning without one), at most about `limit` records, each change at least once. */
  changes<Kind extends ErpKind>(kind: Kind, cursor: string | null, limit: number): Promise<ErpChanges<Kind>>;
  /**
   * Creates the record, or changes the one named by its `externalId`. `key` is the same whenever the same write is tried again; for
   * an order it is our number. Answers the record as the ERP keeps it.
   */
  write<Kind extends ErpKind>(kind: Kind, record: Unsaved<ErpRecords[Kind]>, key: string): Promise<ErpRecords[Kind]>;
  /** The record that an earlier `write` with this key made, or null; asked after a write of which nothing was heard. */
  findWritten<Kind extends ErpKind>(kind: Kind, key: string): Promise<ErpRecords[Kind] | null>;
  /** One record by its id, where the ERP can be asked for one: what another record names and was never told is fetched so. */
  fetch?<Kind extends ErpKind>(kind: Kind, externalId: string): Promise<ErpRecords[Kind] | null>;
  close(): Promise<void>;
}

export type Unsaved<Row extends Base> = Omit<Row, 'externalId'> & { externalId?: string | undefined };

export interface ErpAdapter {
  /** `tryton`, `mapped`. */
  kind: string;
  label: string;
  fields: readonly ErpField[];
  reads: readonly ErpKind[];
  writes: readonly ErpKind[];
  /** Pure: what of that a connection with these settings does; all of it unless given. */
  handles?(settings: Readonly<Record<string, string>>): { reads: readonly ErpKind[]; writes: readonly ErpKind[] };
  /** Pure: origins that secrets are sent to. Unless given, any other settings are taken to send them elsewhere. */
  servers?(settings: Readonly<Record<string, string>>): readonly string[];
  /** Pure: what is wrong with the settings, by field. */
  problems(settings: Readonly<Record<string, string>>): { field: string; message: string }[];
  open(context: ErpContext): Promise<ErpSession>;
}

export type ErpErrorCode = 'UNREACHABLE' | 'UNAUTHORIZED' | 'REFUSED' | 'NOT_FOUND' | 'RATE_LIMITED' | 'BROKEN';

/** What went wrong with an ERP. `mayHaveHappened`: a write of which it is not known whether it was done. */
export class ErpError extends Error {
  override readonly name = 'ErpError';
  constructor(
    readonly code: ErpErrorCode,
    message: string,
    readonly details: { mayHaveHappened?: boolean; retryAfterMs?: number; field?: string } = {},
  ) {
    super(message);
  }
}
