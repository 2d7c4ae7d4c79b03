import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Personal } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketPayload } from '../tickets/ticket.payloads.js';
import { draftOfTicket, presenceOfTicket, unseenOfTicket } from './desk.loaders.js';
import { TicketDraft } from './draft.entity.js';
import { MarkTicketSeenInput, SaveTicketDraftInput, TicketDraftPayload } from './draft.inputs.js';
import { markSeen, saveDraft } from './draft.service.js';
import { ReportTicketPresenceInput, TicketPresenceEntry } from './presence.inputs.js';
import { reportPresence } from './presence.service.js';
import { DeskSettings, DeskSettingsPayload, UpdateDeskSettingsInput } from './settings.inputs.js';
import { setUndoSeconds, undoSecondsOf } from './settings.service.js';

@Resolver(() => Ticket)
export class TicketDeskResolver {
  @Permit('tickets:work')
  @Mutation(() => TicketDraftPayload, {
    description: 'Keeps what you have begun to write in a ticket; it goes when you answer.',
  })
  saveTicketDraft(
    @Arg('input', () => SaveTicketDraftInput, { description: 'Where, and what.' }) input: SaveTicketDraftInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'saveTicketDraft', input, tx => saveDraft(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Says how far you have read a ticket.' })
  markTicketSeen(
    @Arg('input', () => MarkTicketSeenInput, { description: 'Which, and how far.' }) input: MarkTicketSeenInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'markTicketSeen', input, tx => markSeen(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Says that you look at a ticket, write in it, or have gone; say it again within 30 seconds to stay.',
  })
  reportTicketPresence(
    @Arg('input', () => ReportTicketPresenceInput, { description: 'Which, and what you do.' })
    input: ReportTicketPresenceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reportTicketPresence', input, tx => reportPresence(tx, context.viewer, input));
  }

  @Permit('support:read')
  @Query(() => DeskSettings, { description: 'How tickets are worked on.' })
  async deskSettings(@Ctx() context: RequestContext): Promise<DeskSettings> {
    const reader = { scope: context.scope, query: context.read.bind(context) };
    return { undoSeconds: await undoSecondsOf(reader) };
  }

  @Permit('support:manage')
  @Mutation(() => DeskSettingsPayload, { description: 'Changes how tickets are worked on.' })
  updateDeskSettings(
    @Arg('input', () => UpdateDeskSettingsInput, { description: 'How.' }) input: UpdateDeskSettingsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateDeskSettings', input, async tx => {
      if (input.undoSeconds != null) await setUndoSeconds(tx, input.undoSeconds);
      return { settings: { undoSeconds: await undoSecondsOf(tx) } };
    });
  }

  @Personal
  @FieldResolver(() => TicketDraft, { nullable: true, description: 'What you have begun to write in it.' })
  draft(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<TicketDraft | null> {
    return context.load(draftOfTicket, id);
  }

  @Personal
  @FieldResolver(() => Int, { description: 'How many of its messages you have not seen; for members of staff.' })
  unseenCount(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<number> {
    return context.load(unseenOfTicket, id);
  }

  @FieldResolver(() => [TicketPresenceEntry], {
    description: 'Colleagues who look at it or write in it at this moment; for staff.',
  })
  presence(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<TicketPresenceEntry[]> {
    return context.load(presenceOfTicket, id);
  }
}
