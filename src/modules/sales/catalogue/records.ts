import { defineRecord } from '../../../platform/schema/index.js';
import { Product } from './product.entity.js';

export const productRecord = defineRecord({
  type: Product,
  name: 'products',
  prefix: 'product',
  visibility: 'CATALOGUE',
  orders: { CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: { id: { sql: 't.id', type: 'uuid', prefix: 'product' } },
});
