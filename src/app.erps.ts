import { mappedErp } from '../integrations/mapped-erp/adapter.js';
import { trytonAdapter } from '../integrations/tryton/adapter.js';
import type { ErpAdapter } from './erp/port.js';

/** Every ERP adapter there is. */
export function erpAdapters(): ErpAdapter[] {
  return [mappedErp(), trytonAdapter()];
}
