import { Field, ObjectType } from 'type-graphql';
import type { Parameters } from '../../../platform/paging/index.js';
import { Reference } from '../../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { Ticket } from './ticket.entity.js';

interface Told {
  number: string;
  subject: string;
}

/** Tickets of the customer that the viewer may see; `moment` is a column of `t` that is there. */
const ofCustomer =
  (moment: 'opened_at' | 'solved_at') =>
  (viewer: Viewer, parameters: Parameters): string | null => {
    if (!viewer.may('tickets:read')) return null;
    const rule = visibleCondition(viewer, 'TICKET', 't', parameters);
    return `select t.${moment} as occurred_at, t.id,
                   jsonb_build_object('number', t.number, 'subject', t.subject, 'ticketId', t.id) as detail
              from tickets t where t.customer_id = k.parent and t.${moment} is not null${rule ? ` and ${rule}` : ''}`;
  };

const line = (what: string, { number, subject }: Told): string =>
  subject ? `${what} ${number}: ${subject}` : `${what} ${number}`;

@ObjectType({
  implements: TimelineEntry,
  description: 'The customer wanted something from us.',
  simpleResolvers: true,
})
export class TicketOpened extends TimelineEntry {
  @Field({ description: 'Number of the ticket.' })
  number: string;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket.' })
  ticket?: Ticket;
}

timelineSource<Told>({
  type: TicketOpened,
  prefix: 'ticket_opening',
  sql: ofCustomer('opened_at'),
  summary: {
    en: told => line('Opened ticket', told),
    es: told => line('Abrió el ticket', told),
    pt: told => line('Abriu o ticket', told),
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'What the customer wanted from us was solved.',
  simpleResolvers: true,
})
export class TicketSolved extends TimelineEntry {
  @Field({ description: 'Number of the ticket.' })
  number: string;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket.' })
  ticket?: Ticket;
}

timelineSource<Told>({
  type: TicketSolved,
  prefix: 'ticket_solution',
  sql: ofCustomer('solved_at'),
  summary: {
    en: told => line('Solved ticket', told),
    es: told => line('Resuelto el ticket', told),
    pt: told => line('Resolvido o ticket', told),
  },
});
