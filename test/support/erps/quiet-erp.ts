import { ERP_KINDS, type ErpAdapter } from '../../../src/erp/port.js';

/** An ERP that lets everybody in and has nothing to say. */
export const quietErp: ErpAdapter = {
  kind: 'quiet',
  label: 'Quiet',
  fields: [{ name: 'token', label: 'Token', isSecret: true, isRequired: false }],
  reads: ERP_KINDS,
  writes: ['CUSTOMER', 'ORDER'],
  problems: () => [],
  open: async () => ({
    check: async () => ({ name: 'Quiet' }),
    changes: async () => ({ records: [], cursor: 'end', hasMore: false }),
    write: async (_kind, record, key) => ({ ...record, externalId: record.externalId ?? key }) as never,
    findWritten: async () => null,
    close: async () => {},
  }),
};
