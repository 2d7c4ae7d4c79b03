import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { columnsOf, connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { Complaint } from './complaint.entity.js';
import {
  AnswerComplaintInput,
  AppealComplaintInput,
  ComplaintInput,
  ComplaintPayload,
  ComplaintProcedurePayload,
  ComplaintsArgs,
  RegisterComplaintInput,
  SetComplaintProcedureInput,
  UpdateComplaintInput,
} from './complaint.inputs.js';
import {
  acknowledgeComplaint,
  answerAppeal,
  answerComplaint,
  appealComplaint,
  closeComplaint,
  registerComplaint,
  setComplaintProcedure,
  USUAL_PROCEDURE,
  updateComplaint,
  withdrawComplaint,
} from './complaint.service.js';
import { ComplaintProcedure } from './complaint-procedure.entity.js';
import { complaintReport } from './complaint-report.queries.js';
import { ComplaintReport } from './complaint-report.types.js';
import { ComplaintStep } from './complaint-step.entity.js';
import { complaintOfTicket, stepsOfComplaint } from './quality.loaders.js';
import { PeriodArgs } from './theme.inputs.js';

const ComplaintConnection = connectionOf(Complaint, 'Complaint');
const WHICH = { description: 'Which, and how.' };

@Resolver(() => Complaint)
export class ComplaintResolver {
  @Permit('tickets:read')
  @Query(() => Complaint, {
    nullable: true,
    description: 'One complaint, or nothing when there is none that you may see.',
  })
  complaint(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Complaint>(Complaint, id);
  }

  @Permit('tickets:read')
  @Query(() => ComplaintConnection, { description: 'The register of complaints, as far as you may see their tickets.' })
  complaints(@Args(() => ComplaintsArgs) args: ComplaintsArgs, @Ctx() context: RequestContext) {
    return context.page(Complaint, args);
  }

  @Permit('support:read')
  @Query(() => ComplaintReport, { description: 'What became of complaints that reached us in a period.' })
  complaintReport(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: RequestContext): Promise<ComplaintReport> {
    return complaintReport(context, args);
  }

  @Permit('support:read')
  @Query(() => ComplaintProcedure, { description: 'Within how many days complaints are dealt with.' })
  async complaintProcedure(@Ctx() context: RequestContext): Promise<ComplaintProcedure> {
    const [row] = await context.read<ComplaintProcedure>(
      `select ${columnsOf(ComplaintProcedure)} from complaint_procedures t`,
    );
    return row ?? { organizationId: context.viewer.organizationId, ...USUAL_PROCEDURE };
  }

  @FieldResolver(() => [ComplaintStep], { description: 'What was done about it, the first step first; for staff.' })
  steps(@Root() complaint: Complaint, @Ctx() context: RequestContext): Promise<ComplaintStep[]> | ComplaintStep[] {
    return context.viewer.may('support:read') ? context.load(stepsOfComplaint, complaint.id) : [];
  }

  @Permit('tickets:open')
  @Mutation(() => ComplaintPayload, {
    description:
      'Registers a ticket as a complaint. A customer does so with its own, up to 10 an hour and 30 a day: then RATE_LIMITED, with `retryAfter` in seconds.',
  })
  registerComplaint(
    @Arg('input', () => RegisterComplaintInput, WHICH) input: RegisterComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'registerComplaint', input, tx => registerComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => ComplaintPayload, { description: 'Changes what is known of a complaint.' })
  updateComplaint(
    @Arg('input', () => UpdateComplaintInput, WHICH) input: UpdateComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateComplaint', input, tx => updateComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => ComplaintPayload, { description: 'Notes that the customer was told that we have its complaint.' })
  acknowledgeComplaint(
    @Arg('input', () => ComplaintInput, WHICH) input: ComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'acknowledgeComplaint', input, tx => acknowledgeComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => ComplaintPayload, { description: 'Decides a complaint.' })
  answerComplaint(
    @Arg('input', () => AnswerComplaintInput, WHICH) input: AnswerComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'answerComplaint', input, tx => answerComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:open')
  @Mutation(() => ComplaintPayload, {
    description: 'Appeals the answer to a complaint; its customer may, for as long as the procedure says.',
  })
  appealComplaint(
    @Arg('input', () => AppealComplaintInput, WHICH) input: AppealComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'appealComplaint', input, tx => appealComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => ComplaintPayload, { description: 'Decides an appeal; by somebody else than the complaint was.' })
  answerAppeal(
    @Arg('input', () => AnswerComplaintInput, WHICH) input: AnswerComplaintInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'answerAppeal', input, tx => answerAppeal(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => ComplaintPayload, { description: 'Closes a complaint that was answered.' })
  closeComplaint(@Arg('input', () => ComplaintInput, WHICH) input: ComplaintInput, @Ctx() context: RequestContext) {
    return mutate(context, 'closeComplaint', input, tx => closeComplaint(tx, context.viewer, input));
  }

  @Permit('tickets:open')
  @Mutation(() => ComplaintPayload, { description: 'Takes a complaint back, as its customer wishes.' })
  withdrawComplaint(@Arg('input', () => ComplaintInput, WHICH) input: ComplaintInput, @Ctx() context: RequestContext) {
    return mutate(context, 'withdrawComplaint', input, tx => withdrawComplaint(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => ComplaintProcedurePayload, {
    description: 'Says within how many days complaints are dealt with that are registered from now on.',
  })
  setComplaintProcedure(
    @Arg('input', () => SetComplaintProcedureInput, { description: 'How many days.' })
    input: SetComplaintProcedureInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setComplaintProcedure', input, tx => setComplaintProcedure(tx, input));
  }
}

@Resolver(() => Ticket)
export class TicketComplaintResolver {
  @FieldResolver(() => Complaint, {
    nullable: true,
    description: 'The complaint that it is registered as, or that one is which became a part of it.',
  })
  complaint(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return context.load(complaintOfTicket, ticket.id);
  }
}

@Resolver(() => Customer)
export class CustomerComplaintsResolver {
  @FieldResolver(() => ComplaintConnection, { description: 'Its complaints, the latest first.' })
  complaints(
    @Root() customer: Customer,
    @Args(() => ComplaintsArgs) args: ComplaintsArgs,
    @Ctx() context: RequestContext,
  ) {
    const list = { name: 'customer.complaints', condition: 't.customer_id = k.parent' };
    return context.pageOf(Complaint, list, customer.id, args);
  }
}
