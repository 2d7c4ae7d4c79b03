import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketConnection, TicketsArgs } from '../tickets/ticket.inputs.js';
import { ContactReason, ContactReasonKind } from './contact-reason.entity.js';
import {
  CodeTicketsInput,
  CodeTicketsPayload,
  ContactReasonPayload,
  CreateContactReasonInput,
  UpdateContactReasonInput,
} from './contact-reason.inputs.js';
import { codeTickets, createContactReason, updateContactReason } from './contact-reason.service.js';
import { suggestedReasons } from './quality.loaders.js';
import { Theme } from './theme.entity.js';
import {
  CreateThemeInput,
  PeriodArgs,
  SuggestedTheme,
  ThemePayload,
  ThemeReportRow,
  UpdateThemeInput,
} from './theme.inputs.js';
import { suggestedThemes, TICKETS_OF_THEME, themeReport } from './theme.queries.js';
import { createTheme, updateTheme } from './theme.service.js';

const ContactReasonConnection = connectionOf(ContactReason, 'ContactReason');
const ThemeConnection = connectionOf(Theme, 'Theme');

@Resolver()
export class ContactReasonResolver {
  @Permit('support:read')
  @Query(() => ContactReasonConnection, { description: 'Codes of one kind, by name.' })
  contactReasons(
    @Arg('kind', () => ContactReasonKind, { description: 'Of which kind.' }) kind: ContactReasonKind,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.page(ContactReason, args, parameters => `t.kind = ${parameters.add(kind, 'text')}`);
  }

  @Permit('support:manage')
  @Mutation(() => ContactReasonPayload, { description: 'Keeps a code.' })
  createContactReason(
    @Arg('input', () => CreateContactReasonInput, { description: 'The code.' }) input: CreateContactReasonInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createContactReason', input, tx => createContactReason(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => ContactReasonPayload, { description: 'Changes a code.' })
  updateContactReason(
    @Arg('input', () => UpdateContactReasonInput, { description: 'Which, and how.' }) input: UpdateContactReasonInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateContactReason', input, tx => updateContactReason(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => CodeTicketsPayload, {
    description: 'Says of up to 200 tickets why their customers turned to us, and what that comes from.',
  })
  codeTickets(
    @Arg('input', () => CodeTicketsInput, { description: 'Which, and how.' }) input: CodeTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'codeTickets', input, tx => codeTickets(tx, context.viewer, input.items));
  }
}

@Resolver(() => Ticket)
export class TicketReasonsResolver {
  @FieldResolver(() => [ContactReason], {
    description: 'Up to three reasons whose words its customer used; nothing for whom codes are not.',
  })
  suggestedReasons(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<ContactReason[]> | ContactReason[] {
    return context.viewer.may('support:read') ? context.load(suggestedReasons, ticket.id) : [];
  }
}

@Resolver(() => Theme)
export class ThemeResolver {
  @Permit('support:read')
  @Query(() => Theme, { nullable: true, description: 'One theme, or nothing when there is none.' })
  theme(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Theme>(Theme, id);
  }

  @Permit('support:read')
  @Query(() => ThemeConnection, { description: 'What is looked for in what customers say, by name.' })
  themes(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(Theme, args);
  }

  @Permit('support:read')
  @Query(() => [ThemeReportRow], {
    description:
      'How much each theme was spoken of: in posts, tickets and answers to surveys, and how; the most spoken of first.',
  })
  themeReport(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: RequestContext): Promise<ThemeReportRow[]> {
    return themeReport(context, args);
  }

  @FieldResolver(() => TicketConnection, {
    description:
      'The tickets you may see whose customers spoke of it, by its words as they are now: in the subject, in what was written down when it was opened, or in what they said, whatever the channel; of the 10,000 that spoke of it last. Our answers and notes do not count.',
  })
  tickets(@Root() theme: Theme, @Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Ticket, TICKETS_OF_THEME, theme.id, args);
  }

  @Permit('support:read')
  @Query(() => [SuggestedTheme], {
    description:
      'What is spoken of more than before, up to 20, the most telling first, from the latest 4,000 posts and the latest 4,000 tickets that you may see.',
  })
  suggestedThemes(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: RequestContext): Promise<SuggestedTheme[]> {
    return suggestedThemes(context, args);
  }

  @Permit('support:manage')
  @Mutation(() => ThemePayload, { description: 'Keeps a theme.' })
  createTheme(
    @Arg('input', () => CreateThemeInput, { description: 'The theme.' }) input: CreateThemeInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTheme', input, tx => createTheme(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => ThemePayload, { description: 'Changes a theme.' })
  updateTheme(
    @Arg('input', () => UpdateThemeInput, { description: 'Which, and how.' }) input: UpdateThemeInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTheme', input, tx => updateTheme(tx, context.viewer, input));
  }
}
