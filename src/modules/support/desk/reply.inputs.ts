import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Network, ReplyMediaInput, ReplyVisibility } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketChannel, TicketStatus } from '../tickets/ticket.states.rules.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';

@InputType({ description: 'What is said in a ticket, by which way, and where the ticket stands after it.' })
export class ReplyToTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field({
    description: 'What is said, as plain text; may be empty when a canned response or something attached says it.',
  })
  text: string;
  @Field(() => TicketChannel, {
    nullable: true,
    description:
      'By which channel; as its customer spoke last unless given. Another needs their consent. PORTAL and MANUAL go nowhere but into the ticket.',
  })
  channel?: TicketChannel | null;
  @Field(() => Network, { nullable: true, description: 'On which network, where a channel has several.' })
  network?: Network | null;
  @Field(() => ID, { nullable: true, description: 'From which account of ours.' })
  accountId?: string | null;
  @Field(() => ID, { nullable: true, description: 'To which identity of the customer.' })
  identityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Or to which of the contact points of the customer.' })
  contactPointId?: string | null;
  @Field(() => ReplyVisibility, {
    nullable: true,
    description: 'Who can read it; as what it answers unless given. PRIVATE goes on alone with who spoke in public.',
  })
  visibility?: ReplyVisibility | null;
  @Field(() => [ReplyMediaInput], { nullable: true, description: 'What goes with it, by its address.' })
  media?: ReplyMediaInput[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Files that were uploaded for it, each by a `POST` to `/support/attachments?name=<file name>`.',
  })
  attachmentIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'A canned response that is said before the text, in the language of the customer.',
  })
  cannedResponseId?: string | null;
  @Field(() => String, { nullable: true, description: 'Its language, BCP 47.' })
  language?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'A text that is too long becomes several, each of which answers the one before it.',
  })
  splitIntoThread?: boolean | null;
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it is to be sent, or shown in the portal. Until then it is no answer: the customer waits, and promised times run.',
  })
  scheduledAt?: string | null;
  @Field(() => String, { nullable: true, description: 'Something to tell whoever has to approve it.' })
  approvalNote?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'For how many seconds it can be taken back, 0 to 60; what the organisation set unless given, and none for programs.',
  })
  undoSeconds?: number | null;
  @Field(() => TicketStatus, {
    nullable: true,
    description:
      'Where the ticket stands once it goes out; we wait for the customer unless given. One that waits for approval or for its moment moves it then, unless somebody did meanwhile or the customer spoke again.',
  })
  status?: TicketStatus | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The last message of the ticket that its author has seen: what came after it is asked about first. The mark of `markTicketSeen` unless given.',
  })
  lastSeenMessageId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is said whatever its author has not seen.' })
  confirmUnseen?: boolean | null;
}

@InputType({ description: 'Which answer is taken back.' })
export class UndoTicketReplyInput extends MutationInput {
  @Field(() => ID, { description: 'The message of the ticket.' })
  messageId: string;
}

@ObjectType({ description: 'What was said in a ticket.', simpleResolvers: true })
export class TicketMessagePayload extends MutationPayload {
  @Reference(() => TicketMessage, 'messageId', {
    nullable: true,
    description: 'The message; nothing was said without.',
  })
  message?: TicketMessage;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket it was said in, as it is now.' })
  ticket?: Ticket;
}

@ObjectType({ description: 'What was said in a ticket, or what should be read first.', simpleResolvers: true })
export class ReplyToTicketPayload extends MutationPayload {
  /** Stored ids. */
  unseenIds?: string[];
  @Reference(() => TicketMessage, 'messageId', {
    nullable: true,
    description: 'The message; nothing was said without.',
  })
  message?: TicketMessage;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket it was said in, as it is now.' })
  ticket?: Ticket;
}
