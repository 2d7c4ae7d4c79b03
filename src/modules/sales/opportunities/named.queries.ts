import { namedFinder } from '../../access/index.js';

/** Finds what inputs of opportunities and contracts name. */
export const findNamed = namedFinder({
  customer: { table: 'customers', visibility: 'CUSTOMER', condition: 't.deleted_at is null' },
  member: { table: 'members', visibility: 'STAFF', condition: 't.deactivated_at is null' },
  team: { table: 'teams', visibility: 'STAFF' },
  lead: { table: 'leads', visibility: 'LEAD' },
  post: { table: 'posts', visibility: 'POST' },
  product: { table: 'products', visibility: 'CATALOGUE', condition: 't.is_active' },
  pipeline: { table: 'pipelines', condition: 't.is_active' },
  stage: { table: 'stages', condition: 't.is_active' },
  close_reason: { table: 'close_reasons', condition: 't.is_active' },
  competitor: { table: 'competitors' },
}).one;
