import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Conversation, Post } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketConnection, TicketsArgs } from '../tickets/ticket.inputs.js';
import { TicketPayload, TicketsPayload } from '../tickets/ticket.payloads.js';
import {
  AddPostToTicketInput,
  OpenTicketFromConversationInput,
  OpenTicketFromPostInput,
  OpenTicketsFromPostsInput,
  RemovePostFromTicketInput,
} from './by-hand.inputs.js';
import {
  addPostToTicket,
  openTicketFromConversation,
  openTicketFromPost,
  openTicketsFromPosts,
  removePostFromTicket,
} from './by-hand.service.js';
import { ticketOfPost } from './thread.loaders.js';

@Resolver()
export class ByHandResolver {
  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Opens a ticket of a post; the same post again answers the same ticket.',
  })
  openTicketFromPost(
    @Arg('input', () => OpenTicketFromPostInput, { description: 'Which post, and what the ticket is like.' })
    input: OpenTicketFromPostInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTicketFromPost', input, tx => openTicketFromPost(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Opens a ticket of each of many posts.' })
  openTicketsFromPosts(
    @Arg('input', () => OpenTicketsFromPostsInput, { description: 'The posts.' }) input: OpenTicketsFromPostsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTicketsFromPosts', input, tx => openTicketsFromPosts(tx, context.viewer, input.items));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Opens a ticket of a conversation, with all that was said in it.' })
  openTicketFromConversation(
    @Arg('input', () => OpenTicketFromConversationInput, { description: 'Which, and what the ticket is like.' })
    input: OpenTicketFromConversationInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTicketFromConversation', input, tx =>
      openTicketFromConversation(tx, context.viewer, input),
    );
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Adds a post to a ticket.' })
  addPostToTicket(
    @Arg('input', () => AddPostToTicketInput, { description: 'Which to which.' }) input: AddPostToTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addPostToTicket', input, tx => addPostToTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Takes a post out of its ticket.' })
  removePostFromTicket(
    @Arg('input', () => RemovePostFromTicketInput, { description: 'Which.' }) input: RemovePostFromTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removePostFromTicket', input, tx => removePostFromTicket(tx, context.viewer, input.postId));
  }
}

@Resolver(() => Post)
export class PostTicketResolver {
  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket it is in; nothing when it is in none, or in one that you may not see.',
  })
  ticket(@Root() post: Post, @Ctx() context: RequestContext): Promise<Ticket | null> {
    return context.load(ticketOfPost, post.id);
  }
}

@Resolver(() => Conversation)
export class ConversationTicketsResolver {
  @FieldResolver(() => TicketConnection, { description: 'The tickets that are spoken about in it, the latest first.' })
  tickets(
    @Root() conversation: Conversation,
    @Args(() => TicketsArgs) args: TicketsArgs,
    @Ctx() context: RequestContext,
  ) {
    const list = {
      name: 'conversation.tickets',
      condition: `t.id in (select j.ticket_id from ticket_conversations j where j.organization_id = t.organization_id and j.conversation_id = k.parent)`,
    };
    return context.pageOf(Ticket, list, conversation.id, args);
  }
}

const TicketConversationConnection = connectionOf(Conversation, 'TicketConversation');

@Resolver(() => Ticket)
export class TicketConversationsResolver {
  @FieldResolver(() => TicketConversationConnection, {
    description: 'All the threads on networks in which it is spoken about, the latest first.',
  })
  conversations(@Root() ticket: Ticket, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    const list = {
      name: 'ticket.conversations',
      condition: `t.id in (select j.conversation_id from ticket_conversations j where j.organization_id = t.organization_id and j.ticket_id = k.parent)`,
    };
    return context.pageOf(Conversation, list, ticket.id, args);
  }
}
