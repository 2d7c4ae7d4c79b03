import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireSize } from '../../../platform/paging/index.js';
import { connectionOf } from '../../../platform/schema/index.js';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { answerSurvey } from './answering.service.js';
import { sendSurvey } from './invitation.service.js';
import { Survey } from './survey.entity.js';
import {
  AnswerSurveyInput,
  CreateSurveyInput,
  SendSurveyInput,
  SurveyResponsesArgs,
  UpdateSurveyInput,
} from './survey.inputs.js';
import { figuresOfCustomer, figuresOfMember, openInvitation } from './survey.loaders.js';
import { AnswerSurveyPayload, SendSurveyPayload, SurveyPayload } from './survey.payloads.js';
import { createSurvey, updateSurvey } from './survey.service.js';
import { MOST_GROUPS, SurveyFigure, SurveyReportArgs, SurveyReportRow } from './survey.types.js';
import { surveyReport } from './survey-report.queries.js';
import { SurveyResponse } from './survey-response.entity.js';

const SurveyResponseConnection = connectionOf(SurveyResponse, 'SurveyResponse');

@Resolver(() => SurveyResponse)
export class SurveyResolver {
  @Permit('surveys:read')
  @Query(() => [Survey], { description: 'What customers are asked, up to 50, the oldest first.' })
  surveys(@Ctx() context: RequestContext): Promise<Survey[]> {
    return context.page(Survey, { first: 50 }).then(({ edges }) => edges.map(({ node }) => node));
  }

  @Permit('tickets:read')
  @Query(() => SurveyResponseConnection, { description: 'What customers answered about tickets you may see.' })
  surveyResponses(@Args(() => SurveyResponsesArgs) args: SurveyResponsesArgs, @Ctx() context: RequestContext) {
    return context.page(SurveyResponse, args);
  }

  @Permit('surveys:read')
  @Query(() => [SurveyReportRow], {
    description: `How content customers are, by kind of survey and group, of tickets you may see. Of each kind those groups come first of which most answered, then those of which most were asked; beyond \`first\`, ${MOST_GROUPS} at most, the others are left out: ask by CUSTOMER for a shorter period, or a customer for its \`satisfaction\`.`,
  })
  surveyReport(
    @Args(() => SurveyReportArgs) args: SurveyReportArgs,
    @Ctx() context: RequestContext,
  ): Promise<SurveyReportRow[]> {
    requireSize(args.first, MOST_GROUPS);
    return surveyReport(context, args);
  }

  @FieldResolver(() => Survey, { nullable: true, description: 'The survey that was answered; for staff.' })
  survey(@Root() response: SurveyResponse, @Ctx() context: RequestContext): Promise<Survey | null> | null {
    return context.viewer.may('surveys:read') ? context.recordById(Survey, response.surveyId) : null;
  }

  @Permit('support:manage')
  @Mutation(() => SurveyPayload, { description: 'Makes a survey.' })
  createSurvey(
    @Arg('input', () => CreateSurveyInput, { description: 'What is asked, and when.' }) input: CreateSurveyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createSurvey', input, tx => createSurvey(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => SurveyPayload, { description: 'Changes a survey, or ends it.' })
  updateSurvey(
    @Arg('input', () => UpdateSurveyInput, { description: 'Which, and how.' }) input: UpdateSurveyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateSurvey', input, tx => updateSurvey(tx, input));
  }

  @Permit('tickets:work')
  @Mutation(() => SendSurveyPayload, { description: 'Asks the customer of a ticket, on the channel it came by.' })
  sendSurvey(
    @Arg('input', () => SendSurveyInput, { description: 'Which, about which ticket.' }) input: SendSurveyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'sendSurvey', input, tx => sendSurvey(tx, context.viewer, input));
  }

  @Permit('self:manage')
  @Mutation(() => AnswerSurveyPayload, {
    description: 'Answers the survey you were asked last about a ticket of yours; again, to change the answer.',
  })
  answerSurvey(
    @Arg('input', () => AnswerSurveyInput, { description: 'What you say.' }) input: AnswerSurveyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'answerSurvey', input, tx => answerSurvey(tx, context.viewer, input));
  }
}

@Resolver(() => Ticket)
export class TicketSurveysResolver {
  @FieldResolver(() => SurveyResponseConnection, { description: 'What its customer answered about it.' })
  surveyResponses(
    @Root() ticket: Ticket,
    @Args(() => SurveyResponsesArgs) args: SurveyResponsesArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.pageOf(
      SurveyResponse,
      { name: 'ticket.surveyResponses', condition: 't.ticket_id = k.parent' },
      ticket.id,
      args,
    );
  }

  @FieldResolver(() => Boolean, { description: 'Whether its customer was asked about it and may still answer.' })
  awaitsRating(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<boolean> {
    return context.load(openInvitation, ticket.id);
  }
}

@Resolver(() => Customer)
export class CustomerSurveysResolver {
  @FieldResolver(() => SurveyResponseConnection, { description: 'What it answered to surveys.' })
  surveyResponses(
    @Root() customer: Customer,
    @Args(() => SurveyResponsesArgs) args: SurveyResponsesArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.pageOf(
      SurveyResponse,
      { name: 'customer.surveyResponses', condition: 't.customer_id = k.parent' },
      customer.id,
      args,
    );
  }

  @FieldResolver(() => [SurveyFigure], {
    description: 'How content it is, over the last year, of tickets you may see; empty for whom surveys are not.',
  })
  satisfaction(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<SurveyFigure[]> {
    return context.load(figuresOfCustomer, customer.id);
  }
}

@Resolver(() => Member)
export class MemberSurveysResolver {
  @FieldResolver(() => [SurveyFigure], {
    description: 'How content those are whom this person helped, over the last 90 days, of tickets you may see.',
  })
  satisfaction(@Root() member: Member, @Ctx() context: RequestContext): Promise<SurveyFigure[]> {
    return context.load(figuresOfMember, member.id);
  }
}
