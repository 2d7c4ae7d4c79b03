import type { ErpAdapter, ErpContext } from '../../../src/erp/port.js';

/** An adapter with an ERP that it speaks to, for the tests that hold for all of them. */
export interface ErpSubject {
  name: string;
  /** Undefined where this machine cannot run the ERP; said why by `missing`. */
  open: (() => Promise<OpenedErp>) | undefined;
  missing?: string;
}

export interface OpenedErp {
  adapter: ErpAdapter;
  /** Settings, and secrets, with which it lets us in. */
  settings: Record<string, string>;
  /** Where files are exchanged, for those that do. */
  folder?: string;
  /** Settings with which it does not; undefined where everybody is let in. */
  wrong?: Record<string, string>;
  /** The texts in the settings that must never be in a message. */
  secrets: string[];
  /** What of the port's kinds has something in it: three products and a customer at least, an order of that customer. */
  filled: { customers: number; products: number };
  /** Changes the name of a product in the ERP, as somebody there would, and answers its id. */
  rename(name: string): Promise<string>;
  /** Whether an order can be written; then it is one with a customer of the ERP. */
  order?: { customerId: string; productId: string };
  close(): Promise<void>;
}

export const contextFor = (
  { settings, folder }: Pick<OpenedErp, 'settings' | 'folder'>,
  fetch: ErpContext['fetch'],
): ErpContext => ({
  settings,
  folder,
  fetch,
  signal: new AbortController().signal,
  warn: () => {},
});
