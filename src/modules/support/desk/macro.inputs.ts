import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { ReplyVisibility } from '../../social/index.js';
import { TicketPriority, TicketStatus } from '../tickets/ticket.states.rules.js';
import { TicketMacro } from './macro.entity.js';
import { MacroActionKind } from './macro.rules.js';

registerEnumType(MacroActionKind, {
  name: 'MacroActionKind',
  description: 'What one step of a macro does to a ticket.',
  valuesConfig: {
    REPLY: { description: 'Answers: with `cannedResponseId`, or with `text`.' },
    NOTE: { description: 'Writes the note `text`.' },
    SET_STATUS: { description: 'Puts it to `status`.' },
    SET_PRIORITY: { description: 'Gives it `priority`.' },
    SET_CATEGORY: { description: 'Gives it the category `categoryId`; none takes it away.' },
    ADD_TAGS: { description: 'Adds `tags`.' },
    REMOVE_TAGS: { description: 'Takes `tags` away.' },
    ASSIGN: { description: 'Gives it to the member `assigneeId`; to whoever applies the macro unless given.' },
    SET_TEAM: { description: 'Gives it to the team `teamId`.' },
    SET_QUEUE: { description: 'Puts it into the queue `queueId`.' },
  },
});

export const TicketMacroConnection = connectionOf(TicketMacro, 'TicketMacro');

@InputType({ description: 'One step of a macro; only what its kind needs is given.' })
export class MacroActionInput {
  @Field(() => MacroActionKind, { description: 'What it does.' })
  kind: MacroActionKind;
  @Field(() => String, { nullable: true, description: 'What is said, or noted.' })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: 'The canned response that is said.' })
  cannedResponseId?: string | null;
  @Field(() => ReplyVisibility, { nullable: true, description: 'Who can read what is said.' })
  visibility?: ReplyVisibility | null;
  @Field(() => TicketStatus, { nullable: true, description: 'Where it stands then.' })
  status?: TicketStatus | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters then.' })
  priority?: TicketPriority | null;
  @Field(() => ID, { nullable: true, description: 'Its category then.' })
  categoryId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Tags.' })
  tags?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The member who gets it.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets it.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The queue that gets it.' })
  queueId?: string | null;
}

@InputType({ description: 'What is done to tickets in one go.' })
export class CreateTicketMacroInput extends MutationInput {
  @Field({ description: 'Its name; one macro has it.' })
  name: string;
  @Field(() => [MacroActionInput], { description: 'Its steps, in order, up to 20.' })
  actions: MacroActionInput[];
  @Field(() => ID, { nullable: true, description: 'The team it is for; everybody unless given.' })
  teamId?: string | null;
}

@InputType({ description: 'What changes about a macro; what is left out stays.' })
export class UpdateTicketMacroInput extends MutationInput {
  @Field(() => ID, { description: 'The macro.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you have seen.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => [MacroActionInput], { nullable: true, description: 'Its steps, in place of all it had.' })
  actions?: MacroActionInput[] | null;
  @Field(() => ID, { nullable: true, description: 'The team it is for; null is everybody.' })
  teamId?: string | null;
}

@InputType({ description: 'A macro that is to go.' })
export class RemoveTicketMacroInput extends MutationInput {
  @Field(() => ID, { description: 'The macro.' })
  id: string;
}

@InputType({ description: 'A macro, and tickets to which it is done.' })
export class ApplyMacrosInput extends MutationInput {
  @Field(() => ID, { description: 'The macro.' })
  macroId: string;
  @Field(() => [ID], { description: 'The tickets, up to 200.' })
  ticketIds: string[];
  @Field(() => Boolean, { nullable: true, description: 'Whether it answers whatever you have not seen.' })
  confirmUnseen?: boolean | null;
}

@InputType({ description: 'A macro, and the ticket to which it is done.' })
export class ApplyMacroInput extends MutationInput {
  @Field(() => ID, { description: 'The macro.' })
  macroId: string;
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => Boolean, { nullable: true, description: 'Whether it answers whatever you have not seen.' })
  confirmUnseen?: boolean | null;
}

@ObjectType({ description: 'A macro after it was changed.', simpleResolvers: true })
export class TicketMacroPayload extends MutationPayload {
  @Reference(() => TicketMacro, 'macroId', { nullable: true, description: 'As it is now.' })
  macro?: TicketMacro;
}
