import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, Json, MutationInput } from '../../../platform/schema/index.js';
import { Network } from '../../social/index.js';
import { TicketChannel, TicketPriority, TicketStatus, TicketType } from './ticket.states.rules.js';

/** What can be said of a ticket, new or known. */
@InputType()
export abstract class TicketFields {
  @Field(() => String, { nullable: true, description: 'What it is about, up to 10,000 characters.' })
  description?: string | null;
  @Field(() => TicketType, { nullable: true, description: 'What kind of concern it is.' })
  type?: TicketType | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters; NORMAL unless said.' })
  priority?: TicketPriority | null;
  @Field(() => String, { nullable: true, description: 'Language of its customer in it, BCP 47.' })
  language?: string | null;
  @Field(() => [String], { nullable: true, description: 'Its tags, up to 50; replaces what was there.' })
  tags?: string[] | null;
  @Field(() => Json, {
    nullable: true,
    description: 'Values of custom fields by key; null clears one. Others stay as they are.',
  })
  customFields?: unknown;
  @Field(() => ID, { nullable: true, description: 'The customer whose it is.' })
  customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The identity that spoke; its customer is that of the ticket.' })
  identityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Its category.' })
  categoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The ticket it is a part of.' })
  parentId?: string | null;
  @Field(() => String, { nullable: true, description: 'Its id in the system it came from; one ticket has it.' })
  externalId?: string | null;
}

@InputType({ description: 'A ticket to open.' })
export class OpenTicketItem extends TicketFields {
  @Field({ description: 'What it is about, in a line, up to 200 characters.' })
  subject: string;
  @Field(() => TicketChannel, {
    nullable: true,
    description: 'How it came to us: MANUAL unless said; what a customer opens comes by the PORTAL.',
  })
  channel?: TicketChannel | null;
  @Field(() => Network, { nullable: true, description: 'The network it came by, where it came by one.' })
  network?: Network | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was opened, where that is past; now unless said.' })
  openedAt?: Date | null;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'Opens a ticket.' })
export class OpenTicketInput extends OpenTicketItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

const versionOptions = {
  nullable: true,
  description: 'The version you have seen: when it has changed since, nothing is done.',
};
const reasonOptions = {
  nullable: true,
  description: 'Why, for its history, up to 500 characters; the customer does not see it.',
};

@InputType({ description: 'Tickets to open, up to 200.' })
export class OpenTicketsInput extends MutationInput {
  @Field(() => [OpenTicketItem], { description: 'Each is opened or refused by itself.' })
  items: OpenTicketItem[];
}

@InputType({ description: 'What to change of a ticket; what is left out stays.' })
export class UpdateTicketItem extends TicketFields {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is about, in a line, up to 200 characters.' })
  subject?: string | null;
  @Field(() => TicketStatus, {
    nullable: true,
    description:
      'OPEN, PENDING or ON_HOLD, of one that is not done; it is solved, closed and reopened in ways of their own.',
  })
  status?: TicketStatus | null;
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

@InputType({ description: 'Changes a ticket; what is left out stays.' })
export class UpdateTicketInput extends UpdateTicketItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Tickets to change, up to 200.' })
export class UpdateTicketsInput extends MutationInput {
  @Field(() => [UpdateTicketItem], { description: 'Each is changed or refused by itself.' })
  items: UpdateTicketItem[];
}

@InputType({ description: 'The same change for many tickets, up to 200; what is left out stays.' })
export class BulkUpdateTicketsInput extends MutationInput {
  @Field(() => [ID], { description: 'The tickets; each is changed or refused by itself.' })
  ticketIds: string[];
  @Field(() => TicketStatus, { nullable: true, description: 'Where they are to stand; any but NEW.' })
  status?: TicketStatus | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much they matter.' })
  priority?: TicketPriority | null;
  @Field(() => TicketType, { nullable: true, description: 'What kind of concern they are.' })
  type?: TicketType | null;
  @Field(() => ID, { nullable: true, description: 'Their category.' })
  categoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after them: a member, or nobody.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after them, or none.' })
  teamId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Tags to add.' })
  addTags?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Tags to take away.' })
  removeTags?: string[] | null;
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

/** Which ticket, as it was seen. */
@InputType()
export abstract class TicketStepInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

@InputType({ description: 'Says that a ticket is solved.' })
export class SolveTicketInput extends TicketStepInput {}

@InputType({ description: 'Opens a ticket again that was solved.' })
export class ReopenTicketInput extends TicketStepInput {}

@InputType({ description: 'Says that a ticket waits for somebody else, such as a supplier.' })
export class HoldTicketInput extends TicketStepInput {}

@InputType({ description: 'Says of many tickets that they are solved, up to 200.' })
export class SolveTicketsInput extends MutationInput {
  @Field(() => [ID], { description: 'The tickets; each goes or is refused by itself.' })
  ticketIds: string[];
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

@InputType({ description: 'Closes many tickets for good, up to 200.' })
export class CloseTicketsInput extends SolveTicketsInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether their open parts are closed with them (true) or stay open (false); must be said of one that has any you may see.',
  })
  closeParts?: boolean | null;
}

@InputType({ description: 'Closes a ticket for good.' })
export class CloseTicketInput extends TicketStepInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its open parts are closed with it (true) or stay open (false); must be said when it has any you may see.',
  })
  closeParts?: boolean | null;
}
