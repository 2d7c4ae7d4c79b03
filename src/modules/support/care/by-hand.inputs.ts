import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';
import { TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';

/** What can be said of a ticket that comes of what was said. */
@InputType()
abstract class FromPostFields {
  @Field(() => String, { nullable: true, description: 'What it is about, in a line; that of the post unless given.' })
  subject?: string | null;
  @Field(() => TicketType, { nullable: true, description: 'What kind of concern it is.' })
  type?: TicketType | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters; NORMAL unless said.' })
  priority?: TicketPriority | null;
  @Field(() => [String], { nullable: true, description: 'Its tags.' })
  tags?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Its category.' })
  categoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
}

@InputType({ description: 'A post that a ticket is opened of.' })
export class OpenTicketFromPostItem extends FromPostFields {
  @Field(() => ID, { description: 'The post.' })
  postId: string;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'Opens a ticket of a post.' })
export class OpenTicketFromPostInput extends OpenTicketFromPostItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Opens a ticket of each of many posts.' })
export class OpenTicketsFromPostsInput extends MutationInput {
  @Field(() => [OpenTicketFromPostItem], { description: 'The posts, up to 200.' })
  items: OpenTicketFromPostItem[];
}

@InputType({ description: 'Opens a ticket of a conversation: all that was said in it becomes its messages.' })
export class OpenTicketFromConversationInput extends FromPostFields {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId: string;
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Adds a post to a ticket.' })
export class AddPostToTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { description: 'The post; one that is in another ticket is taken out of it first.' })
  postId: string;
}

@InputType({ description: 'Takes a post out of its ticket.' })
export class RemovePostFromTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The post.' })
  postId: string;
}

export type FromPostGiven = Omit<FromPostFields, never>;
