import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';

@InputType({ description: 'A note in a ticket, for us alone.' })
export class AddTicketNoteInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field({ description: 'What it says. `@Name` calls a colleague.' })
  text: string;
  @Field(() => [ID], { nullable: true, description: 'Colleagues it calls, beside those it names.' })
  mentionIds?: string[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Files that were uploaded for it, each by a `POST` to `/support/attachments?name=<file name>`.',
  })
  attachmentIds?: string[] | null;
}

@InputType({ description: 'A note that is written anew.' })
export class UpdateTicketNoteInput extends MutationInput {
  @Field(() => ID, { description: 'The note: a message of its ticket.' })
  messageId: string;
  @Field({ description: 'What it says now.' })
  text: string;
  @Field(() => [ID], { nullable: true, description: 'Colleagues it calls, beside those it names.' })
  mentionIds?: string[] | null;
}

@InputType({ description: 'A note that is to go.' })
export class RemoveTicketNoteInput extends MutationInput {
  @Field(() => ID, { description: 'The note: a message of its ticket.' })
  messageId: string;
}
