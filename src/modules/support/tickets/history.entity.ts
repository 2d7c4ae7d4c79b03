import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, Derived, PublicId, Reference } from '../../../platform/schema/index.js';
import { Member, publicActor, Team } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketChange, TicketPriority, TicketStatus } from './ticket.states.rules.js';
import { TicketCategory } from './ticket-category.entity.js';

@ObjectType({
  description: 'One step in the history of a ticket: how it stood after it, and before, where that differs.',
  simpleResolvers: true,
})
export class TicketHistoryEntry {
  @PublicId('ticket_step')
  @Field(() => ID, { description: 'Id of the step.' })
  id: string;

  @Field(() => DateTime, { description: 'When.' })
  at: string;

  @Derived(({ by }: TicketHistoryEntry) => publicActor(by))
  @Field({ description: 'Who did it, as in the audit log.' })
  by: string;

  @Field(() => TicketChange, { description: 'What happened.' })
  change: TicketChange;

  @Field(() => String, { nullable: true, description: 'Why, where whoever did it said so.' })
  reason: string | null;

  @Field(() => TicketStatus, { nullable: true, description: 'Where it stood from then on.' })
  status: TicketStatus | null;
  @Field(() => TicketStatus, { nullable: true, description: 'Where it stood before.' })
  fromStatus: TicketStatus | null;

  @Field(() => TicketPriority, { nullable: true, description: 'How much it mattered from then on.' })
  priority: TicketPriority | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it mattered before.' })
  fromPriority: TicketPriority | null;

  @Reference(() => Member, 'assigneeId', { nullable: true, description: 'Who looked after it from then on.' })
  assignee?: Member;
  @Reference(() => Member, 'fromAssigneeId', { nullable: true, description: 'Who looked after it before.' })
  fromAssignee?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looked after it from then on.' })
  team?: Team;
  @Reference(() => Team, 'fromTeamId', { nullable: true, description: 'The team that looked after it before.' })
  fromTeam?: Team;

  @Reference(() => TicketCategory, 'categoryId', { nullable: true, description: 'What it was about from then on.' })
  category?: TicketCategory;
  @Reference(() => TicketCategory, 'fromCategoryId', { nullable: true, description: 'What it was about before.' })
  fromCategory?: TicketCategory;

  @PublicId('queue')
  @Field(() => ID, { nullable: true, description: 'The queue it waited in from then on.' })
  queueId: string | null;
  @PublicId('queue')
  @Field(() => ID, { nullable: true, description: 'The queue it waited in before.' })
  fromQueueId: string | null;

  @Reference(() => Ticket, 'otherId', {
    nullable: true,
    description: 'The other ticket, where two were linked, merged or split; nothing when you may not see it.',
  })
  other?: Ticket;
}
