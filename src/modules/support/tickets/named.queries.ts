import { namedFinder } from '../../access/index.js';

/** Finds what inputs of tickets name. */
export const findNamed = namedFinder({
  customer: { table: 'customers', visibility: 'CUSTOMER', condition: 't.deleted_at is null' },
  identity: { table: 'social_identities', visibility: 'IDENTITY' },
  member: { table: 'members', visibility: 'STAFF', condition: 't.deactivated_at is null' },
  team: { table: 'teams', visibility: 'STAFF' },
  queue: { table: 'support_queues' },
  ticket: { table: 'tickets', visibility: 'TICKET' },
  ticket_category: { table: 'ticket_categories', condition: 't.is_active' },
}).one;
