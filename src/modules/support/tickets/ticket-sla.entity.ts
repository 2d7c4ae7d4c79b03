import { Field, ObjectType } from 'type-graphql';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { SlaPolicy } from '../sla/sla-policy.entity.js';

@ObjectType({ description: 'What was promised for a ticket, by when, and whether it was kept.', simpleResolvers: true })
export class TicketSla {
  ticketId: string;
  policyId: string | null;

  @Reference(() => SlaPolicy, 'policyId', {
    nullable: true,
    description: 'What decides about it, where anything does.',
  })
  policy?: SlaPolicy;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'By when we first answer, or were to; nothing when nothing was promised, or while the time stands still.',
  })
  firstResponseDueAt: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when we answer what the customer said last; nothing while it is not our turn.',
  })
  nextResponseDueAt: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when it is solved, or was to be; nothing while the time stands still.',
  })
  resolutionDueAt: string | null;
  @Field(() => DateTime, { nullable: true, description: 'The first of these that is still to be kept.' })
  nextDueAt: string | null;
  @Field({ description: 'Whether a promised time ran out.' })
  breached: boolean;
  @Field(() => DateTime, { nullable: true, description: 'When the first of them ran out.' })
  breachedAt: string | null;
}

interface TimedTicket {
  id: string;
  slaPolicyId: string | null;
  firstResponseDueAt: string | null;
  nextResponseDueAt: string | null;
  resolutionDueAt: string | null;
  nextDueAt: string | null;
  slaBreachedAt: string | null;
}

export const slaOf = (ticket: TimedTicket): TicketSla => ({
  ticketId: ticket.id,
  policyId: ticket.slaPolicyId,
  firstResponseDueAt: ticket.firstResponseDueAt,
  nextResponseDueAt: ticket.nextResponseDueAt,
  resolutionDueAt: ticket.resolutionDueAt,
  nextDueAt: ticket.nextDueAt,
  breached: ticket.slaBreachedAt !== null,
  breachedAt: ticket.slaBreachedAt,
});
