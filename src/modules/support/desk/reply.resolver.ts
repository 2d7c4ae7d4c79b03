import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import type { Outbox } from '../../social/index.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';
import { removeDraft } from './draft.service.js';
import {
  ReplyToTicketInput,
  ReplyToTicketPayload,
  TicketMessagePayload,
  UndoTicketReplyInput,
} from './reply.inputs.js';
import { replyInTicket } from './reply.service.js';
import { sayInTicket } from './saying.service.js';
import { undoReply } from './undo.service.js';
import { UnseenMessages } from './unseen.queries.js';

@Resolver(() => ReplyToTicketPayload)
export class TicketReplyResolver {
  constructor(private readonly outbox: Outbox) {}

  @Permit('tickets:open')
  @Mutation(() => ReplyToTicketPayload, {
    description:
      'Answers in a ticket: kept first, then sent; `ticketChanged` tells how it goes. Its customer says something in it this way, too, up to 60 times an hour: then RATE_LIMITED, with `retryAfter` in seconds.',
  })
  async replyToTicket(
    @Arg('input', () => ReplyToTicketInput, { description: 'What is said, and how.' }) input: ReplyToTicketInput,
    @Ctx() context: RequestContext,
  ) {
    let unseenIds: string[] = [];
    const answer = await mutate(context, 'replyToTicket', input, async tx => {
      const { viewer } = context;
      if (viewer.role === 'CUSTOMER') return sayInTicket(tx, viewer, input);
      const { id: ticketId } = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
      try {
        const { messageId } = await replyInTicket(tx, this.outbox, context, { ...input, ticketId });
        if (viewer.memberId) await removeDraft(tx, ticketId, viewer.memberId);
        return { messageId, ticketId };
      } catch (error) {
        if (error instanceof UnseenMessages) unseenIds = error.messageIds;
        throw error;
      }
    });
    return { ...answer, unseenIds };
  }

  @FieldResolver(() => [TicketMessage], {
    description: 'With CONFLICT on `confirmUnseen`: what was said that its author has not seen, 20 at most.',
  })
  async unseen(@Root() { unseenIds = [] }: ReplyToTicketPayload, @Ctx() context: RequestContext) {
    const messages = await Promise.all(unseenIds.map(id => context.recordById(TicketMessage, id)));
    return messages.filter(message => message !== null);
  }

  @Permit('tickets:work')
  @Mutation(() => TicketMessagePayload, {
    description:
      'Takes an answer back until it goes out; a ticket that it moved stands again where it stood. Too late is a CONFLICT.',
  })
  undoTicketReply(
    @Arg('input', () => UndoTicketReplyInput, { description: 'Which.' }) input: UndoTicketReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'undoTicketReply', input, tx => undoReply(tx, context, input.messageId));
  }
}
