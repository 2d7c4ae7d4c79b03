import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  DateTime,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
} from '../../../platform/schema/index.js';
import { Complaint } from './complaint.entity.js';
import { ComplaintOutcome, ComplaintSeverity, ComplaintStage } from './complaint.rules.js';
import { ComplaintProcedure } from './complaint-procedure.entity.js';

@InputType({ description: 'Which ticket is registered as a complaint, and what of it is known.' })
export class RegisterComplaintInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ComplaintSeverity, {
    nullable: true,
    description: 'How much is at stake; MEDIUM unless said, and for staff to say.',
  })
  severity?: ComplaintSeverity | null;
  @Field(() => String, { nullable: true, description: 'What the customer wants, up to 2,000 characters.' })
  wanted?: string | null;
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it reached us, for staff to say. Unless said, when the ticket was opened, and now where its customer registers it.',
  })
  receivedAt?: string | null;
}

@InputType({ description: 'Which complaint, as it was seen.' })
export class ComplaintInput extends MutationInput {
  @Field(() => ID, { description: 'The complaint.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
}

@InputType({ description: 'How a complaint changes; what is left out stays.' })
export class UpdateComplaintInput extends ComplaintInput {
  @Field(() => ComplaintSeverity, { nullable: true, description: 'How much is at stake.' })
  severity?: ComplaintSeverity | null;
  @Field(() => String, { nullable: true, description: 'What the customer wants.' })
  wanted?: string | null;
}

@InputType({ description: 'How a complaint, or its appeal, was decided.' })
export class AnswerComplaintInput extends ComplaintInput {
  @Field(() => ComplaintOutcome, { description: 'How it was decided.' })
  outcome: ComplaintOutcome;
  @Field({ description: 'What the customer is told, up to 10,000 characters; send it with `replyToTicket`.' })
  answer: string;
  @Field(() => String, { nullable: true, description: 'What the customer is given, up to 2,000 characters.' })
  remedy?: string | null;
}

@InputType({ description: 'Why an answer is not accepted.' })
export class AppealComplaintInput extends ComplaintInput {
  @Field({ description: 'Why, up to 5,000 characters.' })
  reason: string;
}

@InputType({ description: 'Within how many days complaints are dealt with; what is left out stays.' })
export class SetComplaintProcedureInput extends MutationInput {
  @Field(() => Int, { nullable: true, description: 'Until one is acknowledged, 0 to 365.' })
  acknowledgeDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'Until one is answered, 1 to 365.' })
  answerDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'For how long an answer can be appealed, 0 to 365.' })
  appealDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'Until an appeal is answered, 1 to 365.' })
  appealAnswerDays?: number | null;
}

@ObjectType({ description: 'A complaint after it was changed.', simpleResolvers: true })
export class ComplaintPayload extends MutationPayload {
  @Reference(() => Complaint, 'complaintId', { nullable: true, description: 'The complaint.' })
  complaint?: Complaint;
}

@ObjectType({ description: 'The procedure after it was changed.', simpleResolvers: true })
export class ComplaintProcedurePayload extends MutationPayload {
  @Field(() => ComplaintProcedure, { nullable: true, description: 'The procedure.' })
  procedure?: ComplaintProcedure;
}

export enum ComplaintOrderField {
  RECEIVED_AT = 'RECEIVED_AT',
  NEXT_DUE_AT = 'NEXT_DUE_AT',
}
registerEnumType(ComplaintOrderField, {
  name: 'ComplaintOrderField',
  description: 'What complaints are ordered by.',
  valuesConfig: {
    RECEIVED_AT: { description: 'When they reached us.' },
    NEXT_DUE_AT: { description: 'By when something is to be done next.' },
  },
});

const ComplaintOrder = orderInputOf(ComplaintOrderField, 'Complaint');
const ComplaintStageFilter = enumFilterOf(ComplaintStage, 'ComplaintStage');
const ComplaintSeverityFilter = enumFilterOf(ComplaintSeverity, 'ComplaintSeverity');

@InputType({ description: 'Which complaints; all conditions must hold.' })
export class ComplaintFilter {
  @Field(() => ComplaintStageFilter, { nullable: true, description: 'By how far they have come.' })
  stage?: object;
  @Field(() => ComplaintSeverityFilter, { nullable: true, description: 'By how much is at stake.' })
  severity?: object;
  @Field(() => IdFilter, { nullable: true, description: 'By ticket.' })
  ticketId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they reached us.' })
  receivedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when something is to be done next.' })
  nextDueAt?: DateTimeFilter;
}

@ArgsType()
export class ComplaintsArgs extends PageArgs {
  @Field(() => ComplaintFilter, { nullable: true, description: 'Only these.' })
  filter?: ComplaintFilter;
  @Field(() => [ComplaintOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof ComplaintOrder>[];
}
