import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { connectionOf, Hideable, PageArgs } from '../../../platform/schema/index.js';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { followTicket, unfollowTicket } from './follower.service.js';
import { TicketHistoryEntry } from './history.entity.js';
import { historyPage } from './history.loaders.js';
import { linkTickets, unlinkTickets } from './link.service.js';
import { mergeTickets } from './merge.service.js';
import { splitTicket } from './split.service.js';
import { Ticket } from './ticket.entity.js';
import { TicketConnection, TicketsArgs } from './ticket.inputs.js';
import { followersOfTicket, linksOfTicket } from './ticket.loaders.js';
import { TicketPayload } from './ticket.payloads.js';
import { TicketLink } from './ticket-link.entity.js';
import {
  FollowTicketInput,
  LinkTicketsInput,
  MergeTicketsInput,
  SplitTicketInput,
  UnlinkTicketsInput,
  UnmergeTicketInput,
} from './together.inputs.js';
import { unmergeTicket } from './unmerge.service.js';

const HistoryConnection = connectionOf(TicketHistoryEntry, 'TicketHistoryEntry');

@Resolver(() => Ticket)
export class TicketTogetherResolver {
  @Hideable(() => Ticket)
  @FieldResolver(() => [Member], { description: 'Who follows it, of those you may see.' })
  async followers(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<Member[]> {
    const ids = await context.load(followersOfTicket, id);
    const members = await Promise.all(ids.map(memberId => context.recordById<Member>(Member, memberId)));
    return members.filter(member => member !== null);
  }

  @Hideable(() => Ticket)
  @FieldResolver(() => [TicketLink], { description: 'How it stands to other tickets.' })
  links(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<TicketLink[]> {
    return context.load(linksOfTicket, id);
  }

  @FieldResolver(() => TicketConnection, { description: 'Its parts, the latest first.' })
  parts(@Root() { id }: Ticket, @Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Ticket, { name: 'ticket.parts', condition: 't.parent_id = k.parent' }, id, args);
  }

  @Hideable(() => Ticket)
  @FieldResolver(() => HistoryConnection, {
    nullable: true,
    description: 'Who moved what, when and why, the latest first; nothing for whom that is hidden.',
  })
  history(@Root() { id }: Ticket, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return historyPage(context, id, args);
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description:
      'Makes a ticket a part of another: all that was said goes over, and it is closed. Answers the survivor.',
  })
  mergeTickets(
    @Arg('input', () => MergeTicketsInput, { description: 'Which into which.' }) input: MergeTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'mergeTickets', input, tx => mergeTickets(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Undoes a merge: the ticket is one of its own again.' })
  unmergeTicket(
    @Arg('input', () => UnmergeTicketInput, { description: 'Which.' }) input: UnmergeTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'unmergeTicket', input, tx => unmergeTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Makes messages of a ticket a ticket of their own. Answers the new one.',
  })
  splitTicket(
    @Arg('input', () => SplitTicketInput, { description: 'Which messages of which.' }) input: SplitTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'splitTicket', input, tx => splitTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Links two tickets. Answers the first.' })
  linkTickets(
    @Arg('input', () => LinkTicketsInput, { description: 'Which, and how.' }) input: LinkTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'linkTickets', input, tx => linkTickets(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Takes a link between tickets away.' })
  unlinkTickets(
    @Arg('input', () => UnlinkTicketsInput, { description: 'Which link.' }) input: UnlinkTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'unlinkTickets', input, tx => unlinkTickets(tx, context.viewer, input.linkId));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Lets somebody follow a ticket: they see it, and are told of it.' })
  followTicket(
    @Arg('input', () => FollowTicketInput, { description: 'Which, and who.' }) input: FollowTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'followTicket', input, tx => followTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Lets somebody follow a ticket no more.' })
  unfollowTicket(
    @Arg('input', () => FollowTicketInput, { description: 'Which, and who.' }) input: FollowTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'unfollowTicket', input, tx => unfollowTicket(tx, context.viewer, input));
  }
}
