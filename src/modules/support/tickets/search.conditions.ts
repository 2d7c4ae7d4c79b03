import type { Asker, Parameters } from '../../../platform/paging/index.js';
import { cleanLine } from '../../../platform/text.js';
import { normaliseEmail, phonesLike } from '../../customers/index.js';

const MOST_FOUND = 10_000;
const MOST_CUSTOMERS = 200;

/** Keeps of `t` the tickets that a search text finds: by number and words, and for staff by whose they are. */
export function foundBy(query: unknown, parameters: Parameters, asker: Asker): string {
  const words = parameters.add(String(query), 'text');
  const sight = [
    parameters.add(asker.customerId ?? null, 'uuid'),
    parameters.add(asker.memberId ?? null, 'uuid'),
    parameters.add(asker.ticketTeamIds ?? null, 'uuid[]'),
  ];
  const found = `select id from search_tickets(${words}, ${asker.isStaff}, ${MOST_FOUND}, ${sight.join(', ')})`;
  if (!asker.isStaff) return `t.id in (${found})`;
  const customers = [`select id from search_customers(${words}, ${MOST_CUSTOMERS})`];
  const contacts = asker.isHidden?.('CUSTOMER', 'contactPoints') ? [] : contactsIn(cleanLine(String(query)));
  if (contacts.length > 0) {
    const values = parameters.add(contacts, 'text[]');
    customers.push(
      `select p.customer_id from contact_points p where p.kind in ('EMAIL', 'PHONE') and p.value = any (${values})`,
    );
  }
  const known = [`c.id in (${customers.join(' union all ')})`, asker.sees?.('CUSTOMER', 'c', parameters)];
  const theirs = [
    `x.customer_id = any (array(select c.id from customers c where ${known.filter(Boolean).join(' and ')}))`,
    asker.sees?.('TICKET', 'x', parameters),
  ];
  return `t.id in (${found} union all
    (select x.id from tickets x where ${theirs.filter(Boolean).join(' and ')} order by x.opened_at desc limit ${MOST_FOUND}))`;
}

/** The address or the numbers that a text may be. */
function contactsIn(text: string): string[] {
  if (text.includes('@')) {
    const email = normaliseEmail(text);
    return email ? [email] : [];
  }
  return /^[+(\d][\d\s().\-/]{4,}$/.test(text) ? phonesLike(text) : [];
}
