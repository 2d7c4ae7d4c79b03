import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { ContactPointKind } from '../../customers/index.js';
import { Post, SocialIdentity } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { lastWordsOf, openTicketsOf } from './contact-screen.loaders.js';
import { contactScreen } from './contact-screen.queries.js';
import { standingOf } from './contact-screen.standing.js';
import { ContactMatch, ContactScreen, ContactStanding } from './contact-screen.types.js';

@Resolver(() => ContactScreen)
export class ContactScreenResolver {
  @Permit('support:read')
  @Query(() => ContactScreen, {
    description:
      'Who calls or writes from this address or number, and all a person needs to know at that moment. Several may share one.',
  })
  contactScreen(
    @Arg('value', () => String, { description: 'The address or number, as people write it or an exchange tells it.' })
    value: string,
    @Arg('kind', () => ContactPointKind, {
      nullable: true,
      description: 'What it is; told from its looks unless said.',
    })
    kind: ContactPointKind | null,
    @Ctx() context: RequestContext,
  ): Promise<ContactScreen> {
    return contactScreen(context, value, kind ?? null);
  }

  @FieldResolver(() => [SocialIdentity], {
    description: 'Who called or wrote from it on a network and is nobody we know yet, the latest first.',
  })
  async identities(@Root() { identityIds }: ContactScreen, @Ctx() context: RequestContext): Promise<SocialIdentity[]> {
    const found = await Promise.all(identityIds.map(id => context.recordById<SocialIdentity>(SocialIdentity, id)));
    return found.filter(identity => identity !== null);
  }
}

@Resolver(() => ContactMatch)
export class ContactMatchResolver {
  @FieldResolver(() => [Ticket], {
    description: 'Their open tickets that you may see, who waits longest first, ten at most.',
  })
  async openTickets(@Root() { customerId }: ContactMatch, @Ctx() context: RequestContext): Promise<Ticket[]> {
    return (await context.load(openTicketsOf, customerId)).tickets;
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'What they have waited for longest: the open ticket in which it has been our turn since the earliest.',
  })
  async waitingFor(@Root() { customerId }: ContactMatch, @Ctx() context: RequestContext): Promise<Ticket | null> {
    const { tickets } = await context.load(openTicketsOf, customerId);
    return tickets.find(({ waitingSince }) => waitingSince !== null) ?? null;
  }

  @FieldResolver(() => [Post], { description: 'What they said last on any network, three posts at most.' })
  lastWords(@Root() { customerId }: ContactMatch, @Ctx() context: RequestContext): Promise<Post[]> {
    return context.load(lastWordsOf, customerId);
  }

  @FieldResolver(() => ContactStanding, { description: 'How they stand with us at the moment.' })
  standing(@Root() { customerId }: ContactMatch, @Ctx() context: RequestContext): Promise<ContactStanding> {
    return standingOf(context, customerId);
  }
}
