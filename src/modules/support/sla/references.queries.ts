import { namedFinder } from '../../access/index.js';

/** Finds what promises and their rules name. */
export const named = namedFinder({
  business_calendar: { table: 'business_calendars' },
  ticket_category: { table: 'ticket_categories' },
  queue: { table: 'support_queues' },
});
