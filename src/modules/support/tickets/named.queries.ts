import { namedFinder } from '../../access/index.js';

/** Finds what inputs of tickets name; `findStaff` finds to whom they go, and `findFollower` who follows them. */
export const findNamed = namedFinder({
  customer: { table: 'customers', visibility: 'CUSTOMER', condition: 't.deleted_at is null' },
  identity: { table: 'social_identities', visibility: 'IDENTITY' },
  team: { table: 'teams', visibility: 'STAFF' },
  queue: { table: 'support_queues' },
  ticket: { table: 'tickets', visibility: 'TICKET' },
  ticket_category: { table: 'ticket_categories', condition: 't.is_active' },
}).one;
