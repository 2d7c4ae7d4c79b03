/** Every event there is. An event carries identifiers and states, never what people wrote: readers see the present, under their own rights. */
export const EVENTS = {
  'post.received': { subject: 'post', description: 'A post reached us for the first time.' },
  'post.edited': { subject: 'post', description: 'Its author changed a post.' },
  'post.deleted': { subject: 'post', description: 'A post was deleted on its network.' },
  'post.reassessed': { subject: 'post', description: 'Its sentiment was corrected by a person.' },
  'post.hidden': { subject: 'post', description: 'A post was hidden on its network by us, or shown again.' },
  'reply.changed': { subject: 'reply', description: 'A reply was written, or came further on its way to the network.' },
  'conversation.changed': {
    subject: 'conversation',
    description: 'A conversation was assigned, or its status changed.',
  },
  'identity.linked': { subject: 'identity', description: 'An identity was linked to a customer.' },
  'identity.unlinked': { subject: 'identity', description: 'An identity is no longer linked to a customer.' },
  'customer.created': { subject: 'customer', description: 'A customer was kept for the first time.' },
  'customer.updated': {
    subject: 'customer',
    description: 'Something about a customer changed, its contact points and notes included.',
  },
  'customer.deleted': { subject: 'customer', description: 'A customer was deleted; it can be restored.' },
  'customer.merged': {
    subject: 'customer',
    description: 'Others were found to be this customer, and became it.',
  },
  'customer.unmerged': {
    subject: 'customer',
    description: 'Others that had become this customer are customers of their own again.',
  },
  'customer.erased': { subject: 'customer', description: 'Everything about a customer was erased for good.' },
  'source.changed': { subject: 'source', description: 'A source was created, paused, resumed, or its health changed.' },
  'account.changed': {
    subject: 'account',
    description: 'An account was connected, or how it or one of its sources fares changed.',
  },
  'lead.changed': { subject: 'lead', description: 'A lead was kept, changed, scored, assigned or converted.' },
  'opportunity.changed': {
    subject: 'opportunity',
    description: 'An opportunity was opened, moved, changed or closed.',
  },
  'quote.changed': { subject: 'quote', description: 'A quote was written, approved, sent, accepted or refused.' },
  'order.changed': { subject: 'order', description: 'An order was placed, delivered, returned, invoiced or paid.' },
  'contract.changed': { subject: 'contract', description: 'A contract was made, changed, renewed or ended.' },
  'activity.changed': {
    subject: 'activity',
    description: 'A task, call, meeting or visit was planned, changed or done.',
  },
  'activity.due': { subject: 'activity', description: 'The moment to be reminded of an activity has come.' },
  'ticket.changed': {
    subject: 'ticket',
    description: 'A ticket was opened, spoken in, assigned, changed or closed; `data.change` says which.',
  },
  'ticket.moved': {
    subject: 'ticket',
    description: 'What lists of tickets go by changed; `data.was` says what it was before.',
  },
  'ticket.due': { subject: 'ticket', description: 'A promised time of a ticket is about to run out.' },
  'ticket.breached': { subject: 'ticket', description: 'A promised time of a ticket has run out.' },
  'ticket.watched': {
    subject: 'ticket',
    description: 'Who looks at a ticket, or writes in it, is not the same as before.',
  },
  'queue.changed': { subject: 'queue', description: 'A queue, or who works in it, changed.' },
  'incident.changed': {
    subject: 'incident',
    description: 'Like posts became an incident, or it was answered or ended.',
  },
  'article.changed': { subject: 'article', description: 'An article was written, published, changed or withdrawn.' },
  'survey.answered': { subject: 'survey_response', description: 'A customer said how content they were.' },
  'call.changed': { subject: 'post', description: 'A call was queued, taken, ended, or described by who took it.' },
  'erp.changed': {
    subject: 'erp_connection',
    description: 'An ERP was connected, read, written to, or disagrees with us.',
  },
  'diagnostics.pinged': { subject: 'organization', description: 'Somebody checks that events arrive.' },
} as const satisfies Record<string, { subject: string; description: string }>;

export type EventType = keyof typeof EVENTS;
