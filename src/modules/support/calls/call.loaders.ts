import type { ListOfParent } from '../../access/index.js';

export const callsOfCustomer: ListOfParent = {
  name: 'customer.calls',
  condition:
    't.identity_id in (select ci.id from social_identities ci where ci.organization_id = t.organization_id and ci.customer_id = k.parent)',
};

/** Those an agent named it for, and those whose channel put them into it. */
export const callsOfTicket: ListOfParent = {
  name: 'ticket.calls',
  condition: `t.id in (select h.id from call_handlings h where h.ticket_id = k.parent
              union select m.post_id from ticket_messages m where m.ticket_id = k.parent and m.post_id is not null)`,
};
