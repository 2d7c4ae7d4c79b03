import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, PublicId, Reference } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketLinkKind } from './ticket.states.rules.js';

export enum TicketLinkDirection {
  TO = 'TO',
  FROM = 'FROM',
}
registerEnumType(TicketLinkDirection, {
  name: 'TicketLinkDirection',
  description: 'Which way a link between tickets is read.',
  valuesConfig: {
    TO: { description: 'This ticket stands so to the other.' },
    FROM: { description: 'The other ticket stands so to this one.' },
  },
});

@ObjectType({ description: 'How a ticket stands to another.', simpleResolvers: true })
@Entity('ticket_links')
@Unique('ticket_links_key', ['organizationId', 'fromTicketId', 'toTicketId', 'kind'])
@Check('ticket_links_ends_check', `(from_ticket_id <> to_ticket_id)`)
@ForeignKey(() => Ticket, ['organizationId', 'fromTicketId'], ['organizationId', 'id'], {
  name: 'ticket_links_from_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Ticket, ['organizationId', 'toTicketId'], ['organizationId', 'id'], {
  name: 'ticket_links_to_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_links_to_idx', ['organizationId', 'toTicketId'])
export class TicketLink {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_links_pkey' })
  organizationId: string;

  @PublicId('ticket_link')
  @Field(() => ID, { description: 'Id of the link.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_links_pkey' })
  id: string;

  @Column('uuid')
  fromTicketId: string;

  @Column('uuid')
  toTicketId: string;

  @Field(() => TicketLinkKind, { description: 'How one stands to the other.' })
  @Column('text')
  kind: TicketLinkKind;

  @Derived(({ createdBy }: TicketLink) => publicActor(createdBy))
  @Field({ description: 'Who linked them, as in the audit log.' })
  @Column('text')
  createdBy: string;

  @Field(() => DateTime, { description: 'When they were linked.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => TicketLinkDirection, { description: 'Which way it is read from the ticket it was asked of.' })
  direction: TicketLinkDirection;

  @Reference(() => Ticket, 'otherId', {
    nullable: true,
    description: 'The other ticket; nothing when you may not see it.',
  })
  ticket?: Ticket;
}
