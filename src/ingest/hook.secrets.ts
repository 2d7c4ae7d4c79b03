import { createHmac } from 'node:crypto';

/** What a network proves itself by when it calls us: its own for each account, and the same for as long as the account exists. */
export const hookSecrets =
  (key: Buffer) =>
  (accountId: string): string =>
    createHmac('sha256', key).update(accountId).digest('base64url');
