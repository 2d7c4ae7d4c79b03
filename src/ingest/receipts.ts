import type { Tx } from '../platform/database/database.js';
import type { Network, Receipt } from './connector.js';

/** What became of messages of ours, told by a network, in the transaction of whatever brought it. */
export async function keepReceipts(_tx: Tx, _network: Network, _receipts: Receipt[]): Promise<void> {
  // Nothing is sent yet, so there is nothing it could be about.
}
