import { namedFinder } from '../../access/index.js';

/** Finds what promises and their rules name. */
export const named = namedFinder({
  business_calendar: { table: 'business_calendars' },
  ticket_category: { table: 'ticket_categories' },
  queue: { table: 'support_queues' },
  // Who only signs in as a customer works on nothing.
  member: { table: 'members', visibility: 'STAFF', condition: `t.deactivated_at is null and t.role <> 'CUSTOMER'` },
  team: { table: 'teams', visibility: 'STAFF' },
});
