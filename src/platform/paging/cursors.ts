import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.js';

export type CursorValue = string | number | boolean | null;

/** Makes cursors that only we can make: a client may keep one for ever, but not alter it or take it to another list. */
export class CursorSeal {
  private readonly key: KeyObject;

  constructor(key: Buffer) {
    // Made into a key once; from bytes it would be made again for every cursor.
    this.key = createSecretKey(key);
  }

  /** `list` names what the cursor belongs to, its order included. */
  seal(list: string, values: CursorValue[]): string {
    const body = Buffer.from(JSON.stringify(values)).toString('base64url');
    return `${body}.${this.mac(list, body)}`;
  }

  /** The sealed values. Throws BAD_CURSOR for anything that `seal(list, …)` did not make. */
  open(list: string, cursor: string): CursorValue[] {
    const [body, mac] = cursor.length < 4096 ? cursor.split('.') : [];
    const expected = Buffer.from(this.mac(list, body ?? ''));
    const given = Buffer.from(mac ?? '');
    if (!body || given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new AppError('BAD_CURSOR');
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as CursorValue[];
  }

  private mac(list: string, body: string): string {
    return createHmac('sha256', this.key).update(list).update('\0').update(body).digest('base64url').slice(0, 16);
  }
}
