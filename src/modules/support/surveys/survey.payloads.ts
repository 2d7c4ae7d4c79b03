import { ObjectType } from 'type-graphql';
import { MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { Survey } from './survey.entity.js';
import { SurveyResponse } from './survey-response.entity.js';

@ObjectType({ description: 'A survey after it was changed.', simpleResolvers: true })
export class SurveyPayload extends MutationPayload {
  @Reference(() => Survey, 'surveyId', { nullable: true, description: 'The survey.' })
  survey?: Survey;
}

@ObjectType({ description: 'The ticket whose customer is asked.', simpleResolvers: true })
export class SendSurveyPayload extends MutationPayload {
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket.' })
  ticket?: Ticket;
}

@ObjectType({ description: 'An answer to a survey.', simpleResolvers: true })
export class AnswerSurveyPayload extends MutationPayload {
  @Reference(() => SurveyResponse, 'responseId', { nullable: true, description: 'The answer.' })
  response?: SurveyResponse;
}
