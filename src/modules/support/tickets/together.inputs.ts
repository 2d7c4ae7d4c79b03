import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../../platform/schema/index.js';
import { TicketLinkKind } from './ticket.states.rules.js';

const reasonOptions = {
  nullable: true,
  description: 'Why, for its history, up to 500 characters; the customer does not see it.',
};

@InputType({ description: 'Makes a ticket a part of another.' })
export class MergeTicketsInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket that goes on.' })
  survivorId: string;
  @Field(() => ID, { description: 'The ticket that becomes a part of it, and is closed.' })
  mergedId: string;
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

@InputType({ description: 'Makes a ticket that became a part of another one of its own again.' })
export class UnmergeTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket that became a part of another.' })
  id: string;
  @Field(() => String, reasonOptions)
  reason?: string | null;
}

@InputType({ description: 'Makes messages of a ticket a ticket of their own.' })
export class SplitTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => [ID], { description: 'Messages that go, up to 200; at least one stays.' })
  messageIds: string[];
  @Field({ description: 'What the new ticket is about, in a line, up to 200 characters.' })
  subject: string;
}

@InputType({ description: 'Links two tickets.' })
export class LinkTicketsInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket that stands so to the other.' })
  fromId: string;
  @Field(() => ID, { description: 'The other.' })
  toId: string;
  @Field(() => TicketLinkKind, { description: 'How it stands to the other.' })
  kind: TicketLinkKind;
}

@InputType({ description: 'Takes a link between tickets away.' })
export class UnlinkTicketsInput extends MutationInput {
  @Field(() => ID, { description: 'The link.' })
  linkId: string;
}

@InputType({ description: 'Who follows a ticket, or no longer does.' })
export class FollowTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  id: string;
  @Field(() => ID, { nullable: true, description: 'The member; you unless said.' })
  memberId?: string | null;
}
