import { ErpError } from '../../src/erp/port.js';

/** Tryton's ids are numbers. Throws `ErpError` for what can be none. */
export function numberOf(externalId: string): number {
  if (!/^[1-9]\d{0,9}$/.test(externalId))
    throw new ErpError('NOT_FOUND', `Tryton has no id ${externalId}.`, { field: 'externalId' });
  return Number(externalId);
}
