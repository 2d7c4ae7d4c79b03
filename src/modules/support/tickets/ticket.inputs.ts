import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
  StringListFilter,
} from '../../../platform/schema/index.js';
import { Network } from '../../social/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketChannel, TicketPriority, TicketStatus, TicketType } from './ticket.states.rules.js';

export const TicketConnection = connectionOf(Ticket, 'Ticket');

export enum TicketOrderField {
  OPENED_AT = 'OPENED_AT',
  UPDATED_AT = 'UPDATED_AT',
  LAST_MESSAGE_AT = 'LAST_MESSAGE_AT',
  WAITING_SINCE = 'WAITING_SINCE',
  PRIORITY = 'PRIORITY',
  RESOLUTION_DUE_AT = 'RESOLUTION_DUE_AT',
  NEXT_DUE = 'NEXT_DUE',
}
registerEnumType(TicketOrderField, {
  name: 'TicketOrderField',
  description: 'What tickets are ordered by.',
  valuesConfig: {
    OPENED_AT: { description: 'When they were opened.' },
    UPDATED_AT: { description: 'When they last changed.' },
    LAST_MESSAGE_AT: { description: 'When anybody spoke last; those without a word count as the latest.' },
    WAITING_SINCE: { description: 'Since when their customer waits; those where nobody waits count as the latest.' },
    PRIORITY: { description: 'How much they matter, LOW first.' },
    RESOLUTION_DUE_AT: { description: 'By when they are to be solved; those without a promise count as the latest.' },
    NEXT_DUE: { description: 'Which promised time comes first; those without a promise count as the latest.' },
  },
});

export const TicketOrder = orderInputOf(TicketOrderField, 'Ticket');
export const TicketStatusFilter = enumFilterOf(TicketStatus, 'TicketStatus');
export const TicketPriorityFilter = enumFilterOf(TicketPriority, 'TicketPriority');
const TicketTypeFilter = enumFilterOf(TicketType, 'TicketType');
export const TicketChannelFilter = enumFilterOf(TicketChannel, 'TicketChannel');
const NetworkFilter = enumFilterOf(Network, 'TicketNetwork');

@InputType({ description: 'A condition on a field of its own that the organisation keeps of tickets.' })
export class TicketFieldCondition {
  @Field({ description: 'The name of the field.' })
  key: string;
  @Field({ description: 'Is exactly this, as text; `true` and `false` for yes and no.' })
  eq: string;
}

@InputType({ description: 'Which tickets; all conditions must hold.' })
export class TicketFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By number.' })
  number?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By what they are about, in a line.' })
  subject?: StringFilter;
  @Field(() => TicketStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => Boolean, { nullable: true, description: 'Whether they are neither solved nor closed.' })
  isOpen?: boolean;
  @Field(() => TicketPriorityFilter, { nullable: true, description: 'By how much they matter.' })
  priority?: object;
  @Field(() => TicketTypeFilter, { nullable: true, description: 'By what kind of concern they are.' })
  type?: object;
  @Field(() => TicketChannelFilter, { nullable: true, description: 'By how they came to us.' })
  channel?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'By the network they came by.' })
  network?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By the language of their customer in them, BCP 47.' })
  language?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By whose they are.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who spoke, where a network knows them.' })
  identityId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the conversation in which their customer spoke last.' })
  conversationId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  assigneeId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that looks after them.' })
  teamId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the queue they wait in.' })
  queueId?: IdFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether nobody looks after them yet.' })
  isUnassigned?: boolean;
  @Field(() => IdFilter, { nullable: true, description: 'By category, without those below it.' })
  categoryId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By why their customer turned to us, as coded.' })
  reasonId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By what that comes from, as coded.' })
  rootCauseId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the ticket they are a part of.' })
  parentId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the ticket they became a part of.' })
  mergedIntoId?: IdFilter;
  @Field(() => StringListFilter, { nullable: true, description: 'By tags.' })
  tags?: StringListFilter;
  @Field(() => [TicketFieldCondition], { nullable: true, description: 'By custom fields; all must hold.' })
  customFields?: TicketFieldCondition[];
  @Field(() => StringFilter, { nullable: true, description: 'By id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether you follow them.' })
  followedByMe?: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Whether they are put off, for now.' })
  snoozed?: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Whether a promised time ran out.' })
  breached?: boolean;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By the promised time that comes first.' })
  dueAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were opened.' })
  openedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when anybody spoke last.' })
  lastMessageAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By since when their customer waits for us.' })
  waitingSince?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were solved.' })
  solvedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were closed.' })
  closedAt?: DateTimeFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'By number ("T-2026-0005", "2026-0005", "#5"), by words of their subject or description or said in them, and for staff by the name, e-mail address or telephone number of their customer. The newest 10,000 that you may see by each of these fit.',
  })
  search?: string;
  @Field(() => [TicketFilter], { nullable: true, description: 'All of these.' })
  and?: TicketFilter[];
  @Field(() => [TicketFilter], { nullable: true, description: 'At least one of these.' })
  or?: TicketFilter[];
  @Field(() => TicketFilter, { nullable: true, description: 'Not this.' })
  not?: TicketFilter;
}

@ArgsType()
export class TicketsArgs extends PageArgs {
  @Field(() => TicketFilter, { nullable: true, description: 'Only these.' })
  filter?: TicketFilter;
  @Field(() => [TicketOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof TicketOrder>[];
}

@ArgsType()
export class TicketListArgs extends TicketsArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'A saved view: only what fits it, and in its order unless another is given.',
  })
  viewId?: string;
}
