import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  Json,
  MutationInput,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { CallDirection, CallStatus } from '../../social/index.js';
import { TicketPriority } from '../tickets/ticket.states.rules.js';

export enum CallOrderField {
  STARTED_AT = 'STARTED_AT',
  WAIT = 'WAIT',
  TALK = 'TALK',
}
registerEnumType(CallOrderField, {
  name: 'CallOrderField',
  description: 'What calls are ordered by.',
  valuesConfig: {
    STARTED_AT: { description: 'When they began.' },
    WAIT: { description: 'How long they waited.' },
    TALK: { description: 'How long people spoke.' },
  },
});
export const CallOrder = orderInputOf(CallOrderField, 'Call');
const CallDirectionFilter = enumFilterOf(CallDirection, 'CallDirection');
const CallStatusFilter = enumFilterOf(CallStatus, 'CallStatus');

@InputType({ description: 'Which calls; all conditions must hold.' })
export class CallFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => CallDirectionFilter, { nullable: true, description: 'By who called whom.' })
  direction?: object;
  @Field(() => CallStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By the name of the queue they came by.' })
  queue?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By the extension that took them.' })
  agent?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who of us took them.' })
  memberId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the customer at the other end.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the ticket they are about.' })
  ticketId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By what came of them.' })
  dispositionId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they began.' })
  startedAt?: DateTimeFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether somebody called us and nobody answered.' })
  isMissed?: boolean;
  @Field(() => [CallFilter], { nullable: true, description: 'All of these.' })
  and?: CallFilter[];
  @Field(() => [CallFilter], { nullable: true, description: 'At least one of these.' })
  or?: CallFilter[];
  @Field(() => CallFilter, { nullable: true, description: 'Not this.' })
  not?: CallFilter;
}

@ArgsType()
export class CallsArgs extends PageArgs {
  @Field(() => CallFilter, { nullable: true, description: 'Only these.' })
  filter?: CallFilter;
  @Field(() => [CallOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof CallOrder>[];
}

@InputType({ description: 'Begins to write up a call.' })
export class StartWrapUpInput extends MutationInput {
  @Field(() => ID, { description: 'The call.' })
  callId: string;
}

@InputType({ description: 'The ticket that a call opens.' })
export class CallTicketInput {
  @Field({ description: 'What it is about, in one line of up to 300 characters.' })
  subject: string;
  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters; NORMAL unless said.' })
  priority?: TicketPriority | null;
}

@InputType({ description: 'What came of a call.' })
export class FinishCallInput extends MutationInput {
  @Field(() => ID, { description: 'The call.' })
  callId: string;
  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is a CONFLICT.' })
  version?: number | null;
  @Field(() => ID, { nullable: true, description: 'What came of it.' })
  dispositionId?: string | null;
  @Field(() => String, { nullable: true, description: 'What is to be remembered, up to 5,000 characters.' })
  notes?: string | null;
  @Field(() => ID, { nullable: true, description: 'The ticket it was about.' })
  ticketId?: string | null;
  @Field(() => CallTicketInput, { nullable: true, description: 'Or the ticket that it opens.' })
  openTicket?: CallTicketInput | null;
}

@InputType({ description: 'Calls back who called.' })
export class CallBackInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The call that is returned.' })
  callId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Or the ticket whose customer is called, by its last call.' })
  ticketId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Through which account; the one the call came by unless said.' })
  accountId?: string | null;
  @Field({ description: 'The extension or number of ours that rings first.' })
  agent: string;
}

const NAMES = 'Its name in other languages, by BCP 47: {"es": "Resuelto", "pt": "Resolvido"}.';

@InputType({ description: 'Something that can come of a call.' })
export class CreateCallDispositionInput extends MutationInput {
  @Field({ description: 'Its name, up to 100 characters.' })
  name: string;
  @Field(() => Json, { nullable: true, description: NAMES })
  names?: Record<string, unknown> | null;
}

@InputType({ description: 'Changes a disposition; what is left out stays.' })
export class UpdateCallDispositionInput extends MutationInput {
  @Field(() => ID, { description: 'The disposition.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Json, { nullable: true, description: NAMES })
  names?: Record<string, unknown> | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is still given.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Which dispositions; all conditions must hold.' })
export class CallDispositionFilter {
  @Field(() => Boolean, { nullable: true, description: 'Whether they are still given.' })
  isActive?: boolean;
}

@ArgsType()
export class CallDispositionsArgs extends PageArgs {
  @Field(() => CallDispositionFilter, { nullable: true, description: 'Only these.' })
  filter?: CallDispositionFilter;
}
