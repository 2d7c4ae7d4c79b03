import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { Json, MutationInput, MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { ContactReason, ContactReasonKind } from './contact-reason.entity.js';

@InputType({ description: 'A code to be kept.' })
export class CreateContactReasonInput extends MutationInput {
  @Field(() => ContactReasonKind, { description: 'What it says of a ticket.' })
  kind: ContactReasonKind;
  @Field({ description: 'Its name, up to 100 characters.' })
  name: string;
  @Field(() => Json, { nullable: true, description: 'Its name in other languages, by BCP 47.' })
  names?: unknown;
  @Field(() => [String], { nullable: true, description: 'Words that speak for it, up to 50.' })
  words?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The wider one it belongs to.' })
  parentId?: string | null;
}

@InputType({ description: 'How a code changes; what is left out stays.' })
export class UpdateContactReasonInput extends MutationInput {
  @Field(() => ID, { description: 'The code.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Json, { nullable: true, description: 'Its name in other languages; all of them.' })
  names?: unknown;
  @Field(() => [String], { nullable: true, description: 'Words that speak for it; all of them.' })
  words?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The wider one it belongs to; null for none.' })
  parentId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is still given.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Why the customer of a ticket turned to us, and what that comes from.' })
export class CodeTicketItem {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => ID, { nullable: true, description: 'A code of the kind REASON; null takes it away, left out it stays.' })
  reasonId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'A code of the kind ROOT_CAUSE; null takes it away, left out it stays.',
  })
  rootCauseId?: string | null;
}

@InputType({ description: 'Codes of up to 200 tickets.' })
export class CodeTicketsInput extends MutationInput {
  @Field(() => [CodeTicketItem], { description: 'The tickets, each by itself.' })
  items: CodeTicketItem[];
}

@ObjectType({ description: 'A code after it was changed.', simpleResolvers: true })
export class ContactReasonPayload extends MutationPayload {
  @Reference(() => ContactReason, 'reasonId', { nullable: true, description: 'The code.' })
  reason?: ContactReason;
}

@ObjectType({ description: 'What became of one ticket that was coded.', simpleResolvers: true })
export class CodeTicketResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket, unless the item was refused.' })
  ticket?: Ticket;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each ticket that was coded.', simpleResolvers: true })
export class CodeTicketsPayload extends MutationPayload {
  @Field(() => [CodeTicketResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: CodeTicketResult[];
}
