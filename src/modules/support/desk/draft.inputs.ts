import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { ReplyVisibility } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketDraft } from './draft.entity.js';

@InputType({ description: 'What somebody has begun to write in a ticket.' })
export class SaveTicketDraftInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field({ description: 'What is written so far; nothing removes the draft.' })
  text: string;
  @Field(() => ReplyVisibility, { nullable: true, description: 'Who is to read it.' })
  visibility?: ReplyVisibility | null;
  @Field(() => String, { nullable: true, description: 'Its language, BCP 47.' })
  language?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Any name of the device or window: what it wrote itself it may write over without a version.',
  })
  device?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen; another device having written since is a CONFLICT.',
  })
  version?: number | null;
}

@ObjectType({ description: 'A draft after it was saved.', simpleResolvers: true })
export class TicketDraftPayload extends MutationPayload {
  @Field(() => TicketDraft, { nullable: true, description: 'The draft; nothing when it was removed.' })
  draft?: TicketDraft | null;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'Its ticket.' })
  ticket?: Ticket;
}

@InputType({ description: 'How far somebody has read a ticket.' })
export class MarkTicketSeenInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { nullable: true, description: 'The last message that was seen; all of them unless given.' })
  messageId?: string | null;
}
