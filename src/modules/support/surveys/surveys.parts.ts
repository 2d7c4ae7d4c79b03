import { Survey } from './survey.entity.js';
import {
  CustomerSurveysResolver,
  MemberSurveysResolver,
  SurveyResolver,
  TicketSurveysResolver,
} from './survey.resolver.js';
import { SurveyStreamResolver } from './survey.streams.js';
import { SurveyInvitation } from './survey-invitation.entity.js';
import { SurveyResponse } from './survey-response.entity.js';

import './erasure.service.js';
import './export.queries.js';
import './invitation.service.js';
import './merge.tables.js';
import './records.js';
import './timeline.entries.js';

export const surveyEntities = [Survey, SurveyInvitation, SurveyResponse];

export const surveyResolvers = (): object[] => [
  new SurveyResolver(),
  new TicketSurveysResolver(),
  new CustomerSurveysResolver(),
  new MemberSurveysResolver(),
  new SurveyStreamResolver(),
];
