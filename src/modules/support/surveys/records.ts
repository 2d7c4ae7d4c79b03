import { defineRecord } from '../../../platform/schema/index.js';
import { Survey } from './survey.entity.js';
import { SurveyResponse } from './survey-response.entity.js';

defineRecord({
  type: Survey,
  name: 'surveys',
  prefix: 'survey',
  orders: { CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: {},
});

export const surveyResponseRecord = defineRecord({
  type: SurveyResponse,
  name: 'survey_responses',
  prefix: 'survey_response',
  visibility: 'OF_TICKET',
  orders: {
    ANSWERED_AT: { sql: 't.answered_at', type: 'timestamptz', nullable: false },
    SCORE: { sql: 't.score', type: 'integer', nullable: false },
  },
  defaultOrder: [{ field: 'ANSWERED_AT', direction: 'DESC' }],
  filters: {
    kind: { sql: 't.kind', type: 'text' },
    channel: { sql: 't.channel', type: 'text' },
    score: { sql: 't.score', type: 'integer' },
    surveyId: { sql: 't.survey_id', type: 'uuid', prefix: 'survey' },
    ticketId: { sql: 't.ticket_id', type: 'uuid', prefix: 'ticket' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    memberId: { sql: 't.member_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    answeredAt: { sql: 't.answered_at', type: 'timestamptz' },
  },
});
