import { namedFinder } from '../../access/index.js';

/** Finds members and teams that may be given something. */
export const findStaff = namedFinder({
  // Who only signs in as a customer looks after nothing.
  member: { table: 'members', visibility: 'STAFF', condition: `t.deactivated_at is null and t.role <> 'CUSTOMER'` },
  team: { table: 'teams', visibility: 'STAFF' },
}).one;
