import { mappedErp } from '../../../integrations/mapped-erp/adapter.js';
import { fillErp } from './bakery.js';
import { PRACTICE_MAPPING, startPracticeErp } from './practice-erp.js';
import type { ErpSubject } from './subject.js';

export const mappedRest: ErpSubject = {
  name: 'mapped, by REST',
  async open() {
    const erp = await startPracticeErp();
    fillErp(erp);
    const settings = { mapping: PRACTICE_MAPPING(erp.origin), token: erp.token };
    return {
      adapter: mappedErp(),
      settings,
      wrong: { ...settings, token: 'wrong' },
      secrets: [erp.token],
      filled: { products: 3, customers: 1 },
      async rename(name) {
        erp.put('items', { id: 'i2', title: name });
        return 'i2';
      },
      order: { customerId: 'c1', productId: 'i1' },
      close: () => erp.close(),
    };
  },
};
