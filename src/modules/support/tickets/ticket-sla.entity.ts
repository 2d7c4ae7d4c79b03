import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../../../platform/schema/index.js';

@ObjectType({ description: 'What was promised for a ticket, by when, and whether it was kept.', simpleResolvers: true })
export class TicketSla {
  @Field(() => DateTime, { nullable: true, description: 'By when we first answer; nothing when nothing was promised.' })
  firstResponseDueAt: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when we answer what the customer said last; nothing while it is not our turn.',
  })
  nextResponseDueAt: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'By when it is solved; moves while the clock stands still.',
  })
  resolutionDueAt: string | null;
  @Field({ description: 'Whether a promised time ran out.' })
  breached: boolean;
  @Field(() => DateTime, { nullable: true, description: 'When the first of them ran out.' })
  breachedAt: string | null;
}

export const slaOf = (ticket: {
  firstResponseDueAt: string | null;
  nextResponseDueAt: string | null;
  resolutionDueAt: string | null;
  slaBreachedAt: string | null;
}): TicketSla => ({
  firstResponseDueAt: ticket.firstResponseDueAt,
  nextResponseDueAt: ticket.nextResponseDueAt,
  resolutionDueAt: ticket.resolutionDueAt,
  breached: ticket.slaBreachedAt !== null,
  breachedAt: ticket.slaBreachedAt,
});
