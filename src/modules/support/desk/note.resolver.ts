import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../../platform/schema/index.js';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { TicketMessageConnection } from '../tickets/message.resolver.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';
import { TicketAttachment } from './attachment.entity.js';
import { attachmentsOfMessage } from './desk.loaders.js';
import { AddTicketNoteInput, RemoveTicketNoteInput, UpdateTicketNoteInput } from './note.inputs.js';
import { addTicketNote, removeTicketNote, updateTicketNote } from './note.service.js';
import { TicketMessagePayload } from './reply.inputs.js';

@Resolver(() => TicketMessage)
export class TicketNoteResolver {
  @Permit('tickets:work')
  @Mutation(() => TicketMessagePayload, {
    description: 'Writes a note in a ticket, for us alone; colleagues it calls follow the ticket from then on.',
  })
  addTicketNote(
    @Arg('input', () => AddTicketNoteInput, { description: 'Where, and what.' }) input: AddTicketNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addTicketNote', input, tx => addTicketNote(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketMessagePayload, { description: 'Writes a note of one’s own anew.' })
  updateTicketNote(
    @Arg('input', () => UpdateTicketNoteInput, { description: 'Which, and what it says now.' })
    input: UpdateTicketNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicketNote', input, tx => updateTicketNote(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketMessagePayload, {
    description: 'Removes a note: one’s own, or any for who manages support. The audit log remembers it.',
  })
  removeTicketNote(
    @Arg('input', () => RemoveTicketNoteInput, { description: 'Which.' }) input: RemoveTicketNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeTicketNote', input, tx => removeTicketNote(tx, context.viewer, input.messageId));
  }

  @Permit('tickets:work')
  @Query(() => TicketMessageConnection, { description: 'Notes that call you, the latest first.' })
  myMentions(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    const latest = { ...args, orderBy: [{ field: 'OCCURRED_AT', direction: 'DESC' as const }] };
    return context.page(
      TicketMessage,
      latest,
      parameters =>
        `t.id in (select mm.message_id from ticket_mentions mm where mm.organization_id = t.organization_id and mm.member_id = ${parameters.add(context.viewer.memberId ?? null, 'uuid')})`,
    );
  }

  @FieldResolver(() => [Member], { description: 'Colleagues whom a note calls.' })
  async mentions(@Root() { mentionedIds }: TicketMessage, @Ctx() context: RequestContext): Promise<Member[]> {
    const members = await Promise.all((mentionedIds ?? []).map(id => context.recordById(Member, id)));
    return members.filter(member => member !== null);
  }

  @FieldResolver(() => [TicketAttachment], {
    description: 'Files that go with it; what came with a post is its `media`.',
  })
  attachments(@Root() { id }: TicketMessage, @Ctx() context: RequestContext): Promise<TicketAttachment[]> {
    return context.load(attachmentsOfMessage, id);
  }
}
